import type { Embedder } from '../../../src/core/model/ports/embedder.ts';

const DIMENSIONS = 384;

/**
 * An embedder without weights: texts with words or word beginnings in common are near one another.
 * It passes the contract of the real one (test/contracts/embedder.ts).
 */
export function createHashEmbedder(): Embedder {
  let runtime: Embedder['runtime'] = 'none';
  return {
    model: 'word-hash',
    get runtime() {
      return runtime;
    },
    embed: async (texts, signal) => {
      if (texts.length > 0) runtime = 'native';
      signal?.throwIfAborted();
      // Between here and the answer a caller can change its mind, as with the real one.
      await Promise.resolve();
      signal?.throwIfAborted();
      return texts.map(toVector);
    },
    close: () => Promise.resolve(),
  };
}

function toVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const part of words.flatMap((word) => [word, `${word.slice(0, 4)}…`])) {
    const hash = toHash(part);
    const index = (hash >>> 1) % DIMENSIONS;
    vector[index] = (vector[index] ?? 0) + (hash % 2 === 0 ? 1 : -1);
  }
  if (vector.every((value) => value === 0)) vector[0] = 1;
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** FNV-1a, 32 bits. */
function toHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}
