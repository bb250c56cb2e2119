import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder } from '../temporaryFolder.ts';
import { claudeLog, type LoggedDeed } from './claudeLog.ts';

/** Logs of sessions as Claude Code keeps them, in a folder of their own. */
export interface LogFolder {
  readonly path: string;
  /**
   * @param id of the session: the name of its project, a hyphen and a number
   * @returns its file
   */
  write(id: string, deeds: readonly LoggedDeed[], startMs?: number): string;
  remove(): void;
}

export function createLogFolder(): LogFolder {
  const folder = createTemporaryFolder();
  const { path } = folder;
  return {
    path,
    write(id, deeds, startMs) {
      mkdirSync(path, { recursive: true });
      const file = join(path, `${id}.jsonl`);
      writeFileSync(file, claudeLog(id, `/work/${id.split('-')[0] ?? ''}`, deeds, startMs));
      return file;
    },
    remove: () => {
      folder.remove();
    },
  };
}
