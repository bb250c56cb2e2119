import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

import type { Vscode } from './vscode.ts';

const CLI = resolve(import.meta.dirname, '../../../dist/cli.js');

/** Fills the library that the windows of a VS Code read, from the command line. */
export function learn(vscode: Vscode, folder: string): void {
  runCommandLine(vscode, 'extract', folder, '--no-embed');
}

/**
 * Runs a command over the library that the windows of a VS Code read.
 *
 * @returns what it printed
 */
export function runCommandLine({ sandbox }: Vscode, ...args: readonly string[]): string {
  return execFileSync(process.execPath, [CLI, ...args], {
    env: { ...process.env, PATTERN_FOUNDRY_LIBRARY: sandbox.library },
    stdio: 'pipe',
    encoding: 'utf8',
  });
}

/** What a library lists of a pattern. */
export interface ListedPattern {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly ratingCount: number;
  readonly avgRating: number;
}

export function listPatterns(vscode: Vscode): readonly ListedPattern[] {
  const { patterns } = JSON.parse(runCommandLine(vscode, 'list', '--json')) as {
    readonly patterns: readonly ListedPattern[];
  };
  return patterns;
}
