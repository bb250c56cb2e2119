import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';

import type { Vectors } from '../../model/ports/vectors.ts';

import { listFolder, makePrivateFolder, PRIVATE_FILE } from '../../platform/disk.ts';
import { errorCode, nodeFileSystem, writeAll } from '../../platform/fileSystem.ts';
import { tolerate, toWriteFailure } from '../journal/lineWriter.ts';
import {
  DIMENSIONS,
  encodeBlock,
  fileHeader,
  firstBlockAt,
  isIntact,
  readBlocks,
  readVector,
  vectorPlace,
  type VectorBlock,
  type VectorEntry,
} from './file.ts';
import { nearestRows } from './nearestRows.ts';
import { createVectorScan, quantise, type VectorScan } from './scan.ts';

export interface VectorsOptions {
  /** Holds `vectors-<random>.bin` of every process; made when the first vector is added. */
  readonly folder: string;
  readonly assetsDir: string;
  /** Files of other models are passed over. */
  readonly model: string;
}

/** Vectors on disk. Nothing is read before the first question. */
export interface VectorStore extends Vectors {
  /** Takes in what other processes added or took away. */
  refresh(): void;
  /**
   * Writes all vectors but those of other texts into one file and deletes the rest, files that
   * other processes are still writing included: they notice and go on in a file of their own.
   *
   * @returns false where a file could not be deleted
   * @throws AppError `disk-full`, `library-read-only`, `library-write-failed`
   */
  keepOnly(isKept: (textHash: string) => boolean): boolean;
  /** Does the same with every vector, when there are many files. */
  compact(): void;
  /** Reads everything on disk; blocks that are not as they were written count as damaged. */
  verify(): { readonly vectors: number; readonly damagedBlocks: number };
  close(): void;
}

/** A file of vectors, open until the store closes or the file is gone. */
interface OpenFile {
  readonly name: string;
  readonly descriptor: number;
  readonly blocks: VectorBlock[];
  /** Up to where it was read. */
  end: number;
  damaged: number;
  /** Its vectors move to the next place they are met at. */
  isLeaving: boolean;
}

/** Where a vector lies on disk and in memory. */
interface Place {
  readonly file: OpenFile;
  readonly at: number;
  readonly row: number;
}

/** The int8 scan errs by 0.01 at most: this many suffice to find the best by float. */
const RESCORED = 50;
const MANY_FILES = 16;
/** A process starts another file when its own was taken by a compaction; more is not chance. */
const MAX_ATTEMPTS = 4;
const BLOCK_ENTRIES = 1024;
const NAME = /^vectors-[0-9a-f]{24}\.bin$/;

export function openVectors({ folder, assetsDir, model }: VectorsOptions): VectorStore {
  const files = new Map<string, OpenFile>();
  const places = new Map<string, Place>();
  /** Text by row of the scan; `undefined` where the vector was taken away. */
  const hashes: (string | undefined)[] = [];
  let scan: VectorScan | undefined;
  let own: OpenFile | undefined;

  function loaded(): VectorScan {
    if (scan === undefined) {
      scan = createVectorScan(assetsDir, DIMENSIONS);
      refresh(scan);
    }
    return scan;
  }

  function refresh(into: VectorScan): void {
    const names = new Set(listNames(folder));
    for (const file of files.values()) file.isLeaving = !names.has(file.name);
    for (const name of names) {
      const file = files.get(name) ?? open(name);
      if (file !== undefined) readOn(file, into);
    }
    for (const file of files.values()) if (file.isLeaving) drop(file, into);
  }

  /** `undefined` for what is no file of this model, and for one that is gone or cannot be read. */
  function open(name: string): OpenFile | undefined {
    let descriptor: number | undefined;
    let end: number | undefined;
    try {
      descriptor = fs.openSync(join(folder, name), 'r');
      end = firstBlockAt(descriptor, model);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
    }
    if (descriptor === undefined) return undefined;
    if (end === undefined) {
      fs.closeSync(descriptor);
      return undefined;
    }
    const file = { name, descriptor, blocks: [], end, damaged: 0, isLeaving: false };
    files.set(name, file);
    return file;
  }

  function readOn(file: OpenFile, into: VectorScan): void {
    const { blocks, damaged, end } = readBlocks(file.descriptor, file.end);
    file.end = end;
    file.damaged += damaged;
    for (const block of blocks) {
      file.blocks.push({ ...block, rows: new Int8Array() });
      block.textHashes.forEach((textHash, index) => {
        const row = block.rows.subarray(index * DIMENSIONS, (index + 1) * DIMENSIONS);
        hold(textHash, { file, at: vectorPlace(block, index) }, () => {
          into.add(row, block.scales[index] ?? 0);
        });
      });
    }
  }

  /** Of several places of a text the first is kept, unless its file is leaving. */
  function hold(textHash: string, place: Omit<Place, 'row'>, addRow: () => void): void {
    const known = places.get(textHash);
    if (known !== undefined) {
      if (known.file.isLeaving) places.set(textHash, { ...place, row: known.row });
      return;
    }
    places.set(textHash, { ...place, row: hashes.length });
    hashes.push(textHash);
    addRow();
  }

  function isThere(file: OpenFile): boolean {
    return fs.existsSync(join(folder, file.name));
  }

  function drop(file: OpenFile, from: VectorScan): void {
    for (const { textHashes } of file.blocks) {
      for (const textHash of textHashes) {
        const place = places.get(textHash);
        if (place?.file !== file) continue;
        places.delete(textHash);
        hashes[place.row] = undefined;
        from.clear(place.row);
      }
    }
    files.delete(file.name);
    if (own === file) own = undefined;
    fs.closeSync(file.descriptor);
  }

  /** Writes until the block stands in a file that is still there. */
  function append(entries: readonly VectorEntry[], into: VectorScan): void {
    const block = encodeBlock(entries);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      own ??= create();
      const file = own;
      try {
        writeAll(nodeFileSystem, file.descriptor, block);
        nodeFileSystem.flush(file.descriptor);
      } catch (error) {
        own = undefined;
        throw toWriteFailure(folder, error);
      }
      if (isThere(file)) {
        readOn(file, into);
        return;
      }
      drop(file, into);
    }
  }

  function create(): OpenFile {
    const name = `vectors-${randomBytes(12).toString('hex')}.bin`;
    try {
      makePrivateFolder(folder);
      const descriptor = fs.openSync(join(folder, name), 'ax+', PRIVATE_FILE);
      const header = fileHeader(model);
      writeAll(nodeFileSystem, descriptor, header);
      const file = {
        name,
        descriptor,
        blocks: [],
        end: header.length,
        damaged: 0,
        isLeaving: false,
      };
      files.set(name, file);
      return file;
    } catch (error) {
      throw toWriteFailure(folder, error);
    }
  }

  function read(place: Place): Float32Array | undefined {
    return readVector(place.file.descriptor, place.at);
  }

  function keepOnly(isKept: (textHash: string) => boolean): boolean {
    const into = loaded();
    refresh(into);
    const former = [...files.values()];
    own = undefined;
    for (const file of former) file.isLeaving = true;
    try {
      rewrite(
        [...places].filter(([textHash]) => isKept(textHash)),
        into,
      );
    } catch (error) {
      for (const file of former) file.isLeaving = false;
      throw error;
    }
    for (const file of former) {
      tolerate(() => {
        fs.unlinkSync(join(folder, file.name));
      });
      drop(file, into);
    }
    return !former.some(isThere);
  }

  function rewrite(kept: readonly (readonly [string, Place])[], into: VectorScan): void {
    for (let start = 0; start < kept.length; start += BLOCK_ENTRIES) {
      const entries = kept.slice(start, start + BLOCK_ENTRIES).flatMap(([textHash, place]) => {
        const vector = read(place);
        return vector === undefined ? [] : [{ textHash, vector, ...quantise(vector) }];
      });
      if (entries.length > 0) append(entries, into);
    }
  }

  return {
    get size() {
      loaded();
      return places.size;
    },
    has(textHash) {
      loaded();
      return places.has(textHash);
    },
    get(textHash) {
      loaded();
      const place = places.get(textHash);
      return place && read(place);
    },
    add(entries) {
      const into = loaded();
      const fresh = new Map(entries.map((entry) => [entry.textHash, entry]));
      for (const textHash of fresh.keys()) if (places.has(textHash)) fresh.delete(textHash);
      if (fresh.size === 0) return;
      append(
        [...fresh.values()].map((entry) => ({ ...entry, ...quantise(entry.vector) })),
        into,
      );
    },
    cosines(query, textHashes) {
      const from = loaded();
      const rows = textHashes.map((textHash) => places.get(textHash)?.row);
      const held = rows.filter((row) => row !== undefined);
      const found = from.scanRows(query, Uint32Array.from(held));
      let at = 0;
      return rows.map((row) => (row === undefined ? undefined : found[at++]));
    },
    nearest(query, limit, candidates) {
      const rows = nearestRows(loaded(), query, Math.max(limit, RESCORED), (row) => {
        const textHash = hashes[row];
        return textHash !== undefined && (candidates?.(textHash) ?? true);
      });
      return rows
        .map(({ row, cosine }) => {
          const textHash = hashes[row] ?? '';
          const place = places.get(textHash);
          const vector = place && read(place);
          return { textHash, cosine: vector ? dot(query, vector) : cosine };
        })
        .sort((a, b) => b.cosine - a.cosine || (a.textHash < b.textHash ? -1 : 1))
        .slice(0, limit);
    },
    refresh() {
      if (scan !== undefined) refresh(scan);
    },
    keepOnly,
    compact() {
      if (listNames(folder).length > MANY_FILES) keepOnly(() => true);
    },
    verify() {
      refresh(loaded());
      let damagedBlocks = 0;
      for (const file of files.values()) {
        damagedBlocks += file.damaged;
        for (const block of file.blocks) if (!isIntact(file.descriptor, block)) damagedBlocks++;
      }
      return { vectors: places.size, damagedBlocks };
    },
    close() {
      for (const { descriptor } of files.values()) fs.closeSync(descriptor);
      files.clear();
    },
  };
}

function listNames(folder: string): readonly string[] {
  return listFolder(folder)
    .filter((name) => NAME.test(name))
    .sort();
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
