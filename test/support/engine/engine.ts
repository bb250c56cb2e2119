import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openEngine } from '../../../src/core/engine/open.ts';
import type { CloseOptions, Engine } from '../../../src/core/model/engine.ts';
import type { ModelHost } from '../../../src/core/model/ports/chatModel.ts';
import type { ExtractionSummary, JobsApi } from '../../../src/core/model/api/jobs.ts';
import { ASSETS } from '../assets.ts';

/** A library and a project in temporary folders, with the engine over them. */
export interface Bench {
  readonly library: string;
  readonly project: string;
  readonly engine: Engine;
  write(path: string, text: string | undefined): void;
  /** Files alone, without meaning, unless asked otherwise. */
  extract(options?: Partial<Parameters<JobsApi['extract']>[0]>): Promise<ExtractionSummary>;
  /** Closes the engine and opens another one over the same library, as another process would. */
  reopen(how?: CloseOptions): Promise<Engine>;
  close(): Promise<void>;
}

/**
 * @param now Date.now when absent
 * @param home where logs of agents lie; nowhere when absent
 */
export async function openBench(
  project?: string,
  now: () => number = Date.now,
  models?: ModelHost,
  home?: string,
): Promise<Bench> {
  const root = mkdtempSync(join(tmpdir(), 'pattern-foundry-'));
  const library = join(root, 'library');
  const folder = project ?? join(root, 'project');
  mkdirSync(folder, { recursive: true });
  const open = (): Promise<Engine> =>
    openEngine({
      library,
      assetsDir: ASSETS,
      folder,
      env: { PATH: process.env['PATH'], ...(home !== undefined && { HOME: home }) },
      ...(models && { models }),
      now,
      clockMs: () => performance.now(),
    });
  let engine = await open();
  return {
    library,
    project: folder,
    get engine() {
      return engine;
    },
    write: (path, text) => {
      const file = join(folder, path);
      if (text === undefined) {
        rmSync(file);
        return;
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    extract: (options = {}) => engine.jobs.extract({ folder, git: true, embed: false, ...options }),
    reopen: async (how) => {
      await engine.close(how);
      engine = await open();
      return engine;
    },
    close: async () => {
      await engine.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Every file below a folder as raw bytes, by path. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path, readFileSync(path));
  }
  return files;
}
