import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Makes a library of so many patterns that resemble those of real code; most are worth listing. */
export function fillLibrary(library: string, patterns: number): void {
  const script = join(ROOT, 'scripts/bench/libraryProcess.ts');
  mkdirSync(library, { recursive: true });
  for (const task of ['fill', 'mention']) {
    const values = [library, task, String(patterns), join(ROOT, 'dist/assets')];
    execFileSync(process.execPath, ['--import', 'tsx', script, ...values], { stdio: 'pipe' });
  }
}
