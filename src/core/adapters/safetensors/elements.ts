import type { ElementType } from '../../model/api/adapters.ts';

/** Types of elements that can be read and written, by their names in the file format. */
export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = { F32: 4, F16: 2, BF16: 2 };

export function isElementType(name: string): name is ElementType {
  return Object.hasOwn(ELEMENT_BYTES, name);
}

const F32_EXPONENT = 0x7f800000;
/** Added to an exponent it reaches the sign only where all bits of the exponent are set. */
const ONE_EXPONENT = 0x00800000;
const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);

/**
 * Reads little-endian elements as float32.
 *
 * @param bytes a whole number of elements; `into` has room for as many, and may be these very bytes
 * @returns the index of the first element that is infinite or not a number, or -1
 */
export function decode(type: ElementType, bytes: Uint8Array, into: Float32Array): number {
  const count = bytes.byteLength / ELEMENT_BYTES[type];
  const target = new Uint32Array(into.buffer, into.byteOffset, count);
  if (type === 'F32') {
    const isSame = bytes.buffer === into.buffer && bytes.byteOffset === into.byteOffset;
    if (!isSame) new Uint8Array(into.buffer, into.byteOffset, bytes.byteLength).set(bytes);
  } else {
    const source = halves(bytes);
    if (type === 'BF16') for (let i = 0; i < count; i++) target[i] = (source[i] ?? 0) << 16;
    else {
      const toF32 = (f16ToF32 ??= tabulateF16());
      for (let i = 0; i < count; i++) target[i] = toF32[source[i] ?? 0] ?? 0;
    }
  }
  return areFinite(target, count)
    ? -1
    : target.findIndex((bits) => (bits & F32_EXPONENT) === F32_EXPONENT);
}

/** Without a branch in the loop: this is asked of every number of files of gigabytes. */
function areFinite(bits: Uint32Array, count: number): boolean {
  let signs = 0;
  for (let i = 0; i < count; i++) {
    signs |= ((bits[i] ?? 0) & F32_EXPONENT) + ONE_EXPONENT;
  }
  return signs >= 0;
}

/** Writes float32 as little-endian elements, rounded to the nearest, ties to even. */
export function encode(type: ElementType, values: Float32Array): Uint8Array {
  if (type === 'F32') return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const toHalf = type === 'F16' ? toF16Bits : toBf16Bits;
  const halved = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) halved[i] = toHalf(bits[i] ?? 0);
  return new Uint8Array(halved.buffer);
}

/** The bits of a float32 as those of the nearest float16; what is too large becomes infinite. */
export function toF16Bits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= F32_EXPONENT) return sign | (magnitude > F32_EXPONENT ? 0x7e00 : 0x7c00);
  // From here on it rounds to more than 65,504.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    const rebased = magnitude - 0x38000000;
    return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
  }
  // Subnormal: adding a number whose last bit is the last bit of the result rounds to it.
  scratchBits[0] = magnitude;
  scratch[0] = valueOfScratch() + 0.5;
  return sign | (bitsOfScratch() - 0x3f000000);
}

/** The bits of a float32 as those of the nearest bfloat16. */
export function toBf16Bits(bits: number): number {
  if ((bits & 0x7fffffff) > F32_EXPONENT) return ((bits >>> 16) | 0x40) & 0xffff;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

function valueOfScratch(): number {
  return scratch[0] ?? 0;
}

function bitsOfScratch(): number {
  return scratchBits[0] ?? 0;
}

/** Made at its first use: most runs of the program read no adapter. */
let f16ToF32: Uint32Array | undefined;

/** The float32 bits of each of the 65,536 float16 values. */
function tabulateF16(): Uint32Array {
  const table = new Uint32Array(0x10000);
  for (let half = 0; half < table.length; half++) {
    const sign = (half & 0x8000) << 16;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) {
      scratch[0] = fraction * 2 ** -24;
      table[half] = sign | bitsOfScratch();
    } else {
      const rebased = exponent === 0x1f ? 0xff : exponent + 112;
      table[half] = sign | (rebased << 23) | (fraction << 13);
    }
  }
  return table;
}

/** Two bytes at a time, wherever the bytes begin. */
function halves(bytes: Uint8Array): Uint16Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2);
}
