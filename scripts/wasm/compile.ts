import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import wabt from 'wabt';

/** Path of the kernel's text and bytes, without their extensions. */
export const VECTOR_SCAN = resolve(
  import.meta.dirname,
  '../../src/core/library/vectors/vectorScan',
);

/** The vector kernel as its text compiles; the committed bytes must equal these. */
export async function compileVectorScan(): Promise<Uint8Array> {
  const tools = await wabt();
  const text = await readFile(`${VECTOR_SCAN}.wat`, 'utf8');
  const module = tools.parseWat('vectorScan.wat', text, { simd: true });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}
