import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Settings } from '../../../scripts/vscode/sandbox.ts';

/** Gives a folder settings of its own, in place of those it had; windows that have it open follow. */
export function configureFolder(folder: string, settings: Settings): void {
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}
