import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Makes a library of so many patterns that resemble those of real code. */
export function fillLibrary(library: string, patterns: number): void {
  const script = join(ROOT, 'scripts/bench/libraryProcess.ts');
  const values = [library, 'fill', String(patterns), join(ROOT, 'dist/assets')];
  mkdirSync(library, { recursive: true });
  execFileSync(process.execPath, ['--import', 'tsx', script, ...values], { stdio: 'pipe' });
}
