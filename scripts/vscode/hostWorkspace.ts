import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createSampleProject } from '../../test/support/projects/sampleProject.ts';

/** What the tests inside the extension host have open. */
export interface HostWorkspace {
  /** For whatever else a run needs. */
  readonly place: string;
  readonly file: string;
  remove(): void;
}

/** A workspace of one folder: another one can come and go without a new extension host. */
export function createHostWorkspace(): HostWorkspace {
  const place = mkdtempSync(join(tmpdir(), 'pattern-foundry-host-'));
  const project = createSampleProject();
  const file = join(place, 'sample.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: [{ path: project.folder }] }));
  return {
    place,
    file,
    remove: () => {
      project.remove();
      rmSync(place, { recursive: true, force: true });
    },
  };
}
