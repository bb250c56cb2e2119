import type { PatternFilter } from '../filter.ts';
import type { LocalizedText } from '../localizedText.ts';
import type { CallTable } from './calls.ts';

export interface PackRequest {
  /** As npm takes it, scope included. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string;
  /** SPDX, of the code the patterns are from. */
  readonly licenses: readonly string[];
  /** Only these; all live patterns that `filter` chooses when absent. */
  readonly ids?: readonly string[] | undefined;
  readonly filter?: PatternFilter | undefined;
  /** Where no id and no project is named: the projects of these folders; all projects without one. */
  readonly folders?: readonly string[] | undefined;
}

export interface BuiltPack extends PackInfo {
  /** Titles of the projects that its folders narrowed it to. */
  readonly projects: readonly string[];
}

/** A pack as its files say. */
export interface PackInfo {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string;
  readonly licenses: readonly string[];
  readonly patterns: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** First digits of the hash of the key it is signed by; `null` where it is not signed. */
  readonly signer: string | null;
  /** Whether that is the key which packs of this name had before; `null` where there was none. */
  readonly isKnownSigner: boolean | null;
}

/** What taking a version in comes to, beside what is here. */
export interface PackChange {
  readonly pack: PackInfo;
  /** Version that is here; `null` for a new pack. */
  readonly from: string | null;
  /** Names of patterns. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export interface InstalledPack {
  readonly name: string;
  /** `null` where it is the files of a project, which git keeps the versions of. */
  readonly version: string | null;
  readonly signer: string | null;
  readonly patterns: number;
  /** Patterns that wait to be accepted. */
  readonly waiting: number;
  /** ISO 8601, UTC. */
  readonly addedAt: string;
}

/** A pack as a registry lists it. */
export interface FoundPack {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string;
}

/** A version of a pack in a registry. */
export interface PackVersion {
  readonly version: string;
  readonly description: string;
  /** ISO 8601, UTC; `null` where the registry does not say. */
  readonly publishedAt: string | null;
}

/** Which patterns are written as files of a project. */
export interface WriteRequest {
  readonly ids?: readonly string[] | undefined;
  /** As of `PackRequest`. */
  readonly filter?: PatternFilter | undefined;
  readonly folders?: readonly string[] | undefined;
}

/**
 * Why a file of `.pattern-foundry/patterns` is passed over: git left a conflict in it, it is not what
 * a pattern is written as, another file holds the same pattern, it is a link, it is larger than any
 * pattern, or there are more files than are read.
 */
export type PatternFileCode =
  | 'pattern-file-conflict'
  | 'pattern-file-damaged'
  | 'pattern-file-duplicate'
  | 'pattern-file-linked'
  | 'pattern-file-too-large'
  | 'pattern-files-too-many';

export interface PatternFileProblem {
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly code: PatternFileCode;
  /** From 1; `null` where it is about the whole file. */
  readonly line: number | null;
  readonly reason: LocalizedText;
}

/** What writing patterns as files did. */
export interface WrittenFiles {
  /** Absolute: where they are. */
  readonly folder: string;
  /** Relative to the project, with `/`. */
  readonly written: readonly string[];
  readonly unchanged: number;
  /** Files that were left as they are, because nobody can tell what they hold. */
  readonly problems: readonly PatternFileProblem[];
  /** As of `BuiltPack`. */
  readonly projects: readonly string[];
}

/** What reading the patterns of a project's files came to; names of patterns. */
export interface ReadFiles {
  /** What they wait under, as in `accept --pack`. */
  readonly pack: string;
  /** Patterns in the files, those that were known among them. */
  readonly patterns: number;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Accepted ones whose files say something else, or are gone: they stay until they are taken in. */
  readonly differing: readonly string[];
  /** All in the files that wait to be accepted, since whenever. */
  readonly waiting: readonly string[];
  readonly problems: readonly PatternFileProblem[];
}

/** Packs: patterns as npm packages, signed by whoever made them. */
export interface PacksApi {
  /** Writes a package into a folder, which is made. @throws AppError `bad-argument`, `pattern-not-found` */
  build(request: PackRequest, folder: string): Promise<BuiltPack>;
  /** With the person's own key, made when there is none. @throws AppError `pack-damaged` */
  sign(folder: string): Promise<PackInfo>;
  /** @param spec a folder, a `.tgz`, or what npm knows a package by @throws AppError `pack-not-found`, `pack-damaged`, `pack-untrusted` */
  verify(spec: string): Promise<PackInfo>;
  /**
   * What taking it in would do; an installed one by its name is compared with the newest.
   *
   * @throws as `verify`
   */
  compare(spec: string): Promise<PackChange>;
  /**
   * Takes a version in, a later or an earlier one; what it has not, and an earlier one had, is
   * forgotten. What is new waits to be accepted.
   *
   * @param trustKey takes a key that packs of this name did not have before
   * @throws as `verify`, `pack-untrusted` for such a key
   */
  add(spec: string, trustKey: boolean): Promise<PackChange>;
  list(): Promise<readonly InstalledPack[]>;
  /** @throws AppError `pack-not-found` where the registry does not answer */
  search(words: string): Promise<readonly FoundPack[]>;
  /**
   * The versions a registry has of a pack, the newest first; `compare` and `add` take `name@version`.
   *
   * @throws AppError `pack-not-found`, `bad-argument` for what is no name
   */
  versions(name: string): Promise<readonly PackVersion[]>;
  /** Forgets what it brought. @throws AppError `pack-not-found` */
  remove(name: string): Promise<number>;
  /**
   * Writes patterns into `.pattern-foundry/patterns` of a project, a file each, for git.
   *
   * @param folder anywhere in the project
   * @throws AppError `pattern-not-found`, `bad-argument` where there is nothing to write or too much
   */
  write(request: WriteRequest, folder: string): Promise<WrittenFiles>;
  /**
   * Takes in what others wrote there: it waits to be accepted. `undefined` where there is nothing of
   * the kind.
   *
   * @param takesAccepted also what it changes of accepted patterns
   */
  read(folder: string, takesAccepted: boolean): Promise<ReadFiles | undefined>;
}

export const PACKS_CALLS: CallTable<PacksApi> = {
  build: 2,
  sign: 1,
  verify: 1,
  compare: 1,
  add: 2,
  list: 0,
  search: 1,
  versions: 1,
  remove: 1,
  write: 2,
  read: 2,
};
