import { availableParallelism } from 'node:os';
import { openProcessPool } from '../../../platform/processPool.ts';
import type { FileReader, FileReading, FileRequest } from './fileReader.ts';
import type { ReadingSettings } from './readingSettings.ts';

/** Starting the processes takes as long as reading so many files. */
const FEW_FILES = 500;
/** Files asked for ahead: how far the others get while one takes long, and what is held meanwhile. */
const AT_ONCE = 16;
/** Of the heap of a process; the memory of the parser, bounded by itself, is beside it. */
const HEAP_MB = 512;

export interface ReaderPoolOptions extends ReadingSettings {
  /** The bundled entry of the reading process. */
  readonly entry: string;
  /** Reads in this process: few files, and where no other process starts. */
  readonly here: FileReader;
}

/** A reader for so many files, in one process or in several. */
export function openReader(due: number, options: ReaderPoolOptions): FileReader {
  const isWorthIt = due > FEW_FILES && availableParallelism() > 1;
  return isWorthIt ? openReaderPool(options) : options.here;
}

/** Reads in processes of their own; a file that costs two of them their lives is lost. */
export function openReaderPool({ entry, here, ...settings }: ReaderPoolOptions): FileReader {
  const pool = openProcessPool<FileRequest, FileReading>({
    ...{ entry, settings, heapMb: HEAP_MB },
    here: (request) => here.read(request),
    lost: () => ({ isLost: true, timings: {} }),
  });
  return {
    atOnce: AT_ONCE,
    read: (request) => pool.run(request),
    close: async () => {
      await pool.close();
      await here.close();
    },
  };
}
