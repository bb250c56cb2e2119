import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real folder that goes when the test file is done. */
export interface TemporaryFolder {
  readonly path: string;
  write(files: Readonly<Record<string, string | Buffer>>): void;
  git(...args: readonly string[]): string;
  remove(): void;
}

export function createTemporaryFolder(
  files: Readonly<Record<string, string | Buffer>> = {},
): TemporaryFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'pattern-foundry-')));
  const folder: TemporaryFolder = {
    path,
    write: (written) => {
      for (const [name, content] of Object.entries(written)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), content);
      }
    },
    git: (...args) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args], {
        cwd: path,
        encoding: 'utf8',
        env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim(),
    remove: () => {
      // An editor that is being closed may still write there.
      rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  folder.write(files);
  return folder;
}
