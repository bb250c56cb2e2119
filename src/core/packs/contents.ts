import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import { canonicalJson } from './canonical.ts';
import { isSignedBy, type Signature } from './signature.ts';

export const MANIFEST = 'pack.json';
export const PATTERNS = 'patterns.jsonl';
export const SIGNATURE = 'signature.json';

/** What says that an npm package is a pack. */
export const KEYWORD = 'pattern-foundry-pack';

const FORMAT = 1;
/** Of all files of a pack together, unpacked. */
export const MOST_BYTES = 64 * 1024 * 1024;
const MOST_PATTERNS = 100_000;

/** What a pack says of itself; canonical JSON. */
export interface PackManifest {
  readonly format: typeof FORMAT;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string;
  /** SPDX, of the code the patterns are from. */
  readonly licenses: readonly string[];
  readonly patterns: number;
  /** By kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Lower-case hex SHA-256 of the patterns' bytes. */
  readonly sha256: string;
}

const text = z.string().check(z.maxLength(10_000));
const MANIFEST_SHAPE: z.ZodMiniType<PackManifest> = z.object({
  format: z.literal(FORMAT),
  name: z.string().check(z.maxLength(214)),
  version: z.string().check(z.maxLength(256)),
  description: text,
  author: text,
  licenses: z.readonly(z.array(text)),
  patterns: z.int().check(z.nonnegative(), z.maximum(MOST_PATTERNS)),
  kinds: z.record(text, z.int()),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

const SIGNATURE_SHAPE: z.ZodMiniType<Signature> = z.object({
  algorithm: z.literal('Ed25519'),
  key: text,
  signature: text,
});

/** A pack that was read and found whole. */
export interface PackContents {
  readonly manifest: PackManifest;
  /** Lines of the exchange format, in order. */
  readonly lines: readonly string[];
  /** Public key of whoever signed it; `undefined` where nobody did. */
  readonly key: string | undefined;
}

/** The files of a pack. @param lines of the exchange format, in any order */
export function packFiles(
  about: Pick<PackManifest, 'name' | 'version' | 'description' | 'author' | 'licenses'>,
  lines: readonly string[],
): Readonly<Record<typeof MANIFEST | typeof PATTERNS | 'package.json', string>> {
  const sorted = lines.map((line) => canonicalJson(JSON.parse(line))).sort();
  const patterns = sorted.map((line) => `${line}\n`).join('');
  const kinds: Record<string, number> = {};
  for (const line of sorted) {
    const { kind } = JSON.parse(line) as { readonly kind: string };
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  const counts = { patterns: sorted.length, kinds, sha256: hashOf(Buffer.from(patterns)) };
  const manifest: PackManifest = { format: FORMAT, ...about, ...counts };
  const { name, version, description, author, licenses } = about;
  const package_ = {
    ...{ name, version, description, author },
    license: licenses.length === 1 ? licenses[0] : 'SEE LICENSE IN pack.json',
    keywords: [KEYWORD],
    files: [MANIFEST, PATTERNS, SIGNATURE],
  };
  return {
    'package.json': `${JSON.stringify(package_, null, 2)}\n`,
    [MANIFEST]: canonicalJson(manifest),
    [PATTERNS]: patterns,
  };
}

/**
 * Checks the files of a pack against one another.
 *
 * @param files by name
 * @throws AppError `pack-damaged`, `pack-untrusted` where the signature is none of it
 */
export function readPack(files: ReadonlyMap<string, Buffer>): PackContents {
  const manifestBytes = files.get(MANIFEST);
  const patterns = files.get(PATTERNS);
  const manifest = manifestBytes && shaped(MANIFEST_SHAPE, manifestBytes);
  if (manifest === undefined || patterns === undefined) {
    throw new AppError('pack-damaged', localized`there is no ${MANIFEST} with its ${PATTERNS}`);
  }
  if (hashOf(patterns) !== manifest.sha256) {
    throw new AppError('pack-damaged', localized`${PATTERNS} is not what ${MANIFEST} says`);
  }
  const lines = patterns.toString('utf8').split('\n');
  // What follows the last line feed.
  lines.pop();
  if (lines.length !== manifest.patterns) {
    throw new AppError('pack-damaged', localized`${PATTERNS} is not what ${MANIFEST} says`);
  }
  return { manifest, lines, key: keyOf(files.get(SIGNATURE), manifestBytes) };
}

function keyOf(signature: Buffer | undefined, manifest: Buffer | undefined): string | undefined {
  if (signature === undefined || manifest === undefined) return undefined;
  const read = shaped(SIGNATURE_SHAPE, signature);
  if (read !== undefined && isSignedBy(read, manifest)) return read.key;
  throw new AppError('pack-untrusted', localized`the signature is not one of this pack`);
}

function shaped<Value>(shape: z.ZodMiniType<Value>, bytes: Buffer): Value | undefined {
  try {
    const read = z.safeParse(shape, JSON.parse(bytes.toString('utf8')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
