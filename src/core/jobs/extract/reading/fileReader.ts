import { createHash } from 'node:crypto';
import type { OpenExtractor } from '../../../extraction/extractor.ts';
import type { FileFragments } from '../../../model/code.ts';
import type { Config } from '../../../model/config.ts';
import { AppError } from '../../../model/errors.ts';
import type { SecretGate } from '../../../model/ports/secretGate.ts';
import { growHeapSlowly } from '../../../platform/heap.ts';
import { hashMentions } from '../mentions.ts';
import { createStopwatch, type Timings } from '../stopwatch.ts';

/**
 * Raised whenever the same bytes would be recorded differently. 4: functions with errors in them and
 * beside them are kept, guards count. 6: what one file adds is bounded, inner functions go first.
 * 8: closures bound to names, in brackets, casts, wrappers and routes too, are found. 9: in every
 * language, with accessors. 10: so are functions beside any statement that no grammar
 * reads; what a file exports without a name is known by the file. 11: with what a
 * comment says after its first sentence. 12: a description says more than the name.
 */
const EXTRACTION_VERSION = 14;

/** What is made of a file this large and thrown away again is a hundred times as large. */
const LARGE_BYTES = 256 * 1024;

/** The bytes of a file as text, or the reason why it is passed over. */
export type ReadFile =
  | { readonly text: string; readonly contentHash: string; readonly sizeBytes: number }
  | { readonly skipped: string };

/** A file that is due, and what is known of it. */
export interface FileRequest {
  readonly path: string;
  /** Whether its path has never been looked at. */
  readonly isNew: boolean;
  /** The content that need not be parsed again. */
  readonly knownHash: string | undefined;
}

/** What there is in a file to record. */
export interface ParsedFile extends Omit<FileFragments, 'mentions'> {
  /** 32-bit hashes of the identifiers the file mentions. */
  readonly mentions: readonly number[];
  readonly sizeBytes: number;
  /** Secrets that were replaced before it was parsed. */
  readonly secrets: number;
}

export type FileReading = { readonly timings: Timings } & (
  | { readonly skipped: string; readonly isSecretName?: boolean }
  /** What the file holds is not known: whoever read it died of something. */
  | { readonly isLost: true }
  | {
      readonly contentHash: string;
      /** `undefined` where the content is the one known. */
      readonly parsed: ParsedFile | { readonly skipped: string } | undefined;
    }
);

/** Reads files: decodes, redacts and parses them, all that takes long and records nothing. */
export interface FileReader {
  /** How many requests keep it busy. */
  readonly atOnce: number;
  /** What a file does to the reader costs this file and no other. */
  read(request: FileRequest): Promise<FileReading>;
  /** What was asked for and is not there yet never comes. */
  close(): Promise<void>;
}

export interface FileReaderParts {
  readonly read: (path: string) => Promise<ReadFile>;
  readonly gate: SecretGate;
  readonly extractor: Pick<OpenExtractor, 'prepare' | 'extract'>;
  readonly settings: string;
  /** Milliseconds that only grow. */
  readonly clockMs: () => number;
}

/** All that decides how the same bytes are recorded, as part of what their content is known by. */
export function settingsOf(config: Config['extraction']): string {
  const { minComplexity, minLines, frameworks, tests } = config;
  return JSON.stringify([EXTRACTION_VERSION, minComplexity, minLines, frameworks, tests]);
}

/** Reads in this process, one file after the other. */
export function createFileReader(parts: FileReaderParts): FileReader {
  let last: Promise<unknown> = Promise.resolve();
  return {
    atOnce: 1,
    read: (request) => {
      const reading = readOne(parts, request);
      last = reading.catch(() => undefined);
      return reading;
    },
    // What it reads with may be closed then.
    close: async () => {
      await last;
    },
  };
}

async function readOne(
  { read, gate, extractor, settings, clockMs }: FileReaderParts,
  { path, isNew, knownHash }: FileRequest,
): Promise<FileReading> {
  const watch = createStopwatch(clockMs);
  const { timings } = watch;
  // The path is what a file is known by, so it can neither be recorded nor be replaced.
  const hasSecretName = async (): Promise<boolean> => (await gate.redact(path)).found.length > 0;
  if (isNew && (await watch.time('redact', hasSecretName))) {
    return { skipped: 'secret-name', isSecretName: true, timings };
  }
  const content = await watch.time('read', () => read(path));
  if ('skipped' in content) return { skipped: content.skipped, timings };
  const { text, sizeBytes } = content;
  if (sizeBytes >= LARGE_BYTES) growHeapSlowly();
  const contentHash = createHash('sha256')
    .update(settings)
    .update(content.contentHash)
    .digest('hex');
  if (contentHash === knownHash) return { contentHash, parsed: undefined, timings };
  const redaction = await watch.time('redact', () => gate.redact(text));
  await watch.time('compile', () => extractor.prepare(path));
  const extracted = await watch.time('parse', () => extract(extractor, path, redaction.text));
  if (typeof extracted === 'string') {
    return { contentHash, parsed: { skipped: extracted }, timings };
  }
  const mentions = hashMentions(extracted.mentions);
  const secrets = redaction.found.length;
  return { contentHash, parsed: { ...extracted, mentions, sizeBytes, secrets }, timings };
}

/** @returns or why it is passed over */
async function extract(
  extractor: FileReaderParts['extractor'],
  path: string,
  text: string,
): Promise<FileFragments | string> {
  try {
    const found = await extractor.extract({ path, text });
    if (found?.isGivenUp === true) return 'slow-to-parse';
    return found?.isNotCode === true ? 'syntax-errors' : (found ?? 'unreadable');
  } catch (error) {
    if (error instanceof AppError) throw error;
    return 'unreadable';
  }
}
