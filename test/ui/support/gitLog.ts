import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Vscode } from './vscode.ts';

/** What a git is run with that all windows opened from then on find before that of the machine. */
export interface GitLog {
  /** The arguments of each run. */
  runs(): readonly string[];
}

export function logGit({ sandbox }: Vscode): GitLog {
  const programs = join(sandbox.folder, 'programs');
  const log = join(sandbox.folder, 'git.log');
  mkdirSync(programs);
  const script = `#!/bin/sh
echo "$*" >> '${log}'
PATH='${process.env['PATH'] ?? ''}'
exec git "$@"
`;
  writeFileSync(join(programs, 'git'), script, { mode: 0o755 });
  // Extensions have the path of a login shell.
  writeFileSync(join(sandbox.folder, 'home/.profile'), `PATH='${programs}':"$PATH"\n`);
  return {
    runs: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []),
  };
}
