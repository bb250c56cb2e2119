import { join } from 'node:path';
import { readIfPossible, readJsonIfPossible } from '../platform/disk.ts';
import { replacePrivateFile } from '../platform/replaceFile.ts';
import { newSigningKey } from './signature.ts';

/** A pack that was taken in. */
export interface Installed {
  readonly version: string;
  readonly addedAt: string;
  /** Names of its patterns by their ids here. */
  readonly patterns: Readonly<Record<string, string>>;
  /** What was forgotten because a version had it no more: such a pattern may come back. */
  readonly dropped: readonly string[];
  /** Hashes of what was read, by id; packs that were taken in by an earlier version of this have none. */
  readonly hashes?: Readonly<Record<string, string>>;
  /** Of a pack that is the files of a project: its key, and what tells whether a file changed since. */
  readonly files?: { readonly project: string; readonly stamp: string | null };
}

/** Packs of a library by name, and the keys that were trusted first; keys outlive their packs. */
export interface InstalledPacks {
  readonly packs: Readonly<Record<string, Installed>>;
  readonly keys: Readonly<Record<string, string>>;
  /** What was forgotten with packs that were removed: it comes back with them. */
  readonly removed: Readonly<Record<string, readonly string[]>>;
  /** What the files of each project are called, by its key: a name outlives what was removed. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** @throws AppError `library-damaged` */
export function readInstalled(library: string): InstalledPacks {
  const path = join(library, 'packs', 'installed.json');
  const known = readJsonIfPossible(path, 'library-damaged') as InstalledPacks | undefined;
  return known ?? { packs: {}, keys: {}, removed: {} };
}

export function writeInstalled(library: string, installed: InstalledPacks): void {
  replacePrivateFile(join(library, 'packs', 'installed.json'), JSON.stringify(installed));
}

/** The private key of whoever uses this library, made when there is none. */
export function signingKey(library: string): string {
  const known = readIfPossible(join(library, 'packs', 'key.pem'))?.toString('utf8');
  if (known !== undefined) return known;
  const made = newSigningKey();
  replacePrivateFile(join(library, 'packs', 'key.pem'), made);
  return made;
}
