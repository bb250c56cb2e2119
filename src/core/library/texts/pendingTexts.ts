/** Texts that are in no file yet, in blocks of memory. */
export interface PendingTexts {
  /** Where they begin, and where the next one will. */
  readonly first: number;
  readonly end: number;
  /** All of them, one after the other. */
  readonly blocks: readonly Uint8Array[];
  /** Puts the parts of a text one after the other; returns the size of each, in bytes. */
  add(parts: readonly string[]): readonly number[];
  /** A part of one text. */
  bytes(at: number, sizeBytes: number): Uint8Array;
}

interface Block {
  readonly first: number;
  readonly memory: Buffer;
  used: number;
}

const BLOCK_BYTES = 1 << 18;
/** Each text begins at a multiple of this, so that its checksum is made without copying it. */
const ALIGNMENT = 4;

export function createPendingTexts(first: number): PendingTexts {
  const blocks: Block[] = [];

  /** Room for a text, which never lies in two blocks. */
  function roomFor(sizeBytes: number): Block {
    const last = blocks.at(-1);
    if (last !== undefined && last.memory.length - last.used >= sizeBytes) return last;
    // Filled with zeros: what lies between the texts goes to the disk with them.
    const memory = Buffer.alloc(Math.max(BLOCK_BYTES, sizeBytes));
    const block = { first: endOf(last), memory, used: 0 };
    blocks.push(block);
    return block;
  }

  const endOf = (last: Block | undefined): number =>
    last === undefined ? first : last.first + last.used;

  return {
    first,
    get end() {
      return endOf(blocks.at(-1));
    },
    get blocks() {
      return blocks.map(({ memory, used }) => memory.subarray(0, used));
    },
    add(parts) {
      const sizes = parts.map((part) => Buffer.byteLength(part));
      const sizeBytes = aligned(sizes.reduce((sum, size) => sum + size, 0));
      const block = roomFor(sizeBytes);
      let at = block.used;
      for (const part of parts) at += block.memory.write(part, at);
      block.used += sizeBytes;
      return sizes;
    },
    bytes(at, sizeBytes) {
      const block = blockAt(blocks, at);
      if (block === undefined) return new Uint8Array();
      return block.memory.subarray(at - block.first, at - block.first + sizeBytes);
    },
  };
}

/** The next multiple of the alignment, also of numbers beyond 32 bits. */
export function aligned(sizeBytes: number): number {
  return Math.ceil(sizeBytes / ALIGNMENT) * ALIGNMENT;
}

/** The last block that begins at `at` or before. */
function blockAt(blocks: readonly Block[], at: number): Block | undefined {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((blocks[middle]?.first ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return blocks[low - 1];
}
