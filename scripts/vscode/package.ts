/**
 * `npm run package [-- [--target PLATFORM] [FILE]]` makes `pattern-foundry-<version>.vsix`, or FILE, of
 * the last build. It runs on any platform; one made for a PLATFORM also has the native ONNX runtime,
 * which embeds several times as fast.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { NATIVE_TARGETS, isNativeTarget } from './nativeRuntime.ts';
import { pack, readManifest } from './pack.ts';

const { values, positionals } = parseArgs({
  options: { target: { type: 'string' } },
  allowPositionals: true,
});
const { target } = values;
if (target !== undefined && !isNativeTarget(target)) {
  console.error(
    `There is no native runtime for ${target}, only for ${NATIVE_TARGETS.join(', ')}: ` +
      'elsewhere the package for all platforms serves.',
  );
  process.exit(2);
}
const name = ['pattern-foundry', target, readManifest().version].filter(
  (part) => part !== undefined,
);
console.log(pack(resolve(positionals[0] ?? `${name.join('-')}.vsix`), target));
