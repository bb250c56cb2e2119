import type { PatternFilter } from '../filter.ts';
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
  readonly version: string;
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
  /** Forgets what it brought. @throws AppError `pack-not-found` */
  remove(name: string): Promise<number>;
}

export const PACKS_CALLS: CallTable<PacksApi> = {
  build: 2,
  sign: 1,
  verify: 1,
  compare: 1,
  add: 2,
  list: 0,
  search: 1,
  remove: 1,
};
