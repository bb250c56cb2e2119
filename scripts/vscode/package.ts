/** `npm run package [-- FILE]` makes `pattern-foundry-<version>.vsix`, or FILE, of the last build. */
import { resolve } from 'node:path';

import { pack, readManifest } from './pack.ts';

const vsix = resolve(process.argv[2] ?? `pattern-foundry-${readManifest().version}.vsix`);
console.log(pack(vsix));
