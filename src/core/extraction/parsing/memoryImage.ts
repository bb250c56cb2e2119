import type { ParserMemory } from './treeScan.ts';

/**
 * The parser's memory as it was while no tree was alive. A parse that is broken off leaves behind
 * what nothing frees any more, often so deeply nested that freeing it would use up the stack; with
 * the image, the memory is as if that parse had never been.
 */
export interface MemoryImage {
  /** A tree lives until its `delete`; while one does, the image is neither made nor restored. */
  treeMade(): void;
  treeDeleted(): void;
  /** What is loaded lies in the memory, so that an older image must not be restored. */
  loading<T>(load: () => Promise<T>): Promise<T>;
  /** To be called after a parse that was broken off; its parser must not be used before `rest`. */
  spoil(): void;
  /** How often the image was restored; what broke before is whole again after. */
  readonly restored: number;
  /**
   * How large the memory may become where each tree may take so many bytes. Counted from the image,
   * since memory that has grown never shrinks: a parse may use what another one left, and no more.
   */
  maxBytes(bytesPerTree: number): number;
  /** To be called between parses: makes the image or restores it where that is due and possible. */
  rest(): void;
}

interface Stretch {
  readonly startIndex: number;
  readonly bytes: Uint8Array;
}

/** @param stack its place in the memory, which the image leaves out; half-open, in bytes */
export function createMemoryImage(
  memory: ParserMemory,
  stack: { readonly startIndex: number; readonly endIndex: number },
): MemoryImage {
  let stretches: readonly Stretch[] = [];
  let trees = 0;
  let loads = 0;
  let isOutdated = true;
  let isSpoilt = false;
  let restored = 0;

  function copy(startIndex: number, endIndex: number): Stretch {
    return { startIndex, bytes: bytesOf(memory).slice(startIndex, endIndex) };
  }

  return {
    treeMade() {
      trees += 1;
    },
    treeDeleted() {
      trees -= 1;
    },
    async loading(load) {
      rest();
      loads += 1;
      try {
        return await load();
      } finally {
        loads -= 1;
        isOutdated = true;
      }
    },
    spoil() {
      isSpoilt = true;
    },
    get restored() {
      return restored;
    },
    maxBytes(bytesPerTree) {
      return endOfImage() + (trees + 1) * bytesPerTree;
    },
    rest,
  };

  function endOfImage(): number {
    return stretches.reduce((end, { startIndex, bytes }) => {
      return Math.max(end, startIndex + bytes.length);
    }, stack.endIndex);
  }

  function rest(): void {
    if (trees > 0 || loads > 0 || !(isOutdated || isSpoilt)) return;
    if (isOutdated) {
      stretches = [copy(0, stack.startIndex), copy(stack.endIndex, endOfUse(memory))];
    } else {
      const bytes = bytesOf(memory);
      for (const stretch of stretches) bytes.set(stretch.bytes, stretch.startIndex);
      // Or the next image would hold all that lies there.
      bytes.fill(0, endOfImage());
      restored += 1;
    }
    isOutdated = false;
    isSpoilt = false;
  }
}

/** Behind it all is zero, as where nothing was ever written. */
function endOfUse({ HEAPU32 }: ParserMemory): number {
  let words = HEAPU32.length;
  while (words > 0 && HEAPU32[words - 1] === 0) words -= 1;
  return words * HEAPU32.BYTES_PER_ELEMENT;
}

function bytesOf({ HEAPU32 }: ParserMemory): Uint8Array {
  return new Uint8Array(HEAPU32.buffer);
}
