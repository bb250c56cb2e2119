import type { Shell } from '../../../src/extension/shell.ts';
import { theExtension } from './theExtension.ts';

/** What the extension hands out to tests: its engine, over a library of the tests' own. */
export async function openShell(): Promise<Shell> {
  return (await theExtension().activate()) as Shell;
}
