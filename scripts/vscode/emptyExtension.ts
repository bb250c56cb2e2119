import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An extension that does nothing, in a folder of its own: VS Code runs tests only beside one, and what
 * it shows of this one is its own share of what it shows of ours.
 */
export function createEmptyExtension(place: string, activation = '*'): string {
  const folder = join(place, 'empty');
  mkdirSync(folder);
  const manifest = {
    name: 'empty',
    publisher: 'nobody',
    version: '0.0.1',
    main: './main.js',
    engines: { vscode: '^1.93.0' },
    activationEvents: [activation],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => {};\n');
  return folder;
}
