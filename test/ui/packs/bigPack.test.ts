import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { packLineOf } from '../support/packLine.ts';
import { openVscode } from '../support/vscode.ts';

/** More than are imported in a moment. */
const PATTERNS = 20_000;

describe('a big pack', () => {
  let project: TestRepository;

  beforeEach(() => {
    project = createSampleProject();
  });
  afterEach(() => {
    project.remove();
  });

  it('tells how far its import is, and keeps what came before a stop', async () => {
    const pack = join(project.folder, 'big.pack');
    writeFileSync(pack, Array.from({ length: PATTERNS }, (_, at) => packLineOf(at)).join('\n'));
    const vscode = await openVscode();
    const workbench = await vscode.open({ folder: project.folder });
    await workbench.run('Pattern Foundry: Import Patterns…');
    // What is typed before the folder is listed is lost.
    await workbench.choices.filter({ hasText: 'big.pack' }).waitFor();
    await workbench.input.fill(pack);
    await workbench.page.keyboard.press('Enter');
    const progress = workbench.notification(/Importing patterns: [\d,]{3,} patterns/);
    await progress.waitFor();
    await workbench.screenshot('importing');
    await workbench.pressButton(progress, 'Cancel');
    await workbench.notification(/The import was stopped\. Imported patterns: [\d,]+\./).waitFor();
    await workbench.screenshot('importStopped');
  });
});
