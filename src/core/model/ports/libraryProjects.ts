import type { PatternId, ProjectKey } from '../pattern.ts';

/** What the library knows of one file of a project. */
export interface RecordedFile {
  readonly contentHash: string;
  readonly fragments: readonly { readonly id: PatternId; readonly qualifiedName: string }[];
}

export interface RecordedHistory {
  readonly heads: readonly string[];
  readonly sinceSeconds: number | null;
  readonly version: number;
}

/** A project as people know it. */
export interface NamedProject {
  /** The key it is recorded under. */
  readonly key: ProjectKey;
  readonly name: string;
  readonly isForgotten: boolean;
  /** What tells it from others of its name, the shortest first. */
  readonly distinctions: readonly string[];
}

/** What a library knows of projects. */
export interface LibraryProjects {
  /** Key under which a project is recorded: the first of `keys` known, by itself or as an alias. */
  key(keys: readonly ProjectKey[]): ProjectKey | undefined;
  /** Projects that a person may mean by a key, a title or a name, in order of their keys. */
  meantBy(text: string): readonly NamedProject[];
  /** Titles of those that are not forgotten, in order of their keys. */
  titles(): readonly string[];
  /** See `Listing.projectTitle`; `undefined` for a key that is not known. */
  title(key: ProjectKey): string | undefined;
  /** Whether the folder or owner around a project is recorded. */
  isPlaced(project: ProjectKey): boolean;
  isForgotten(project: ProjectKey): boolean;
  /**
   * Files recorded of a project, by path; gone files are left out.
   *
   * @param within these files, and those in these folders, alone
   */
  files(project: ProjectKey, within?: readonly string[]): ReadonlyMap<string, RecordedFile>;
  /** The last `history` event of a project. */
  history(project: ProjectKey): RecordedHistory | undefined;
  /** Commits recorded with at least one change. */
  commits(project: ProjectKey): ReadonlySet<string>;
  /** Commits recorded to undo others. */
  reverts(project: ProjectKey): ReadonlySet<string>;
  /** Last commit recorded of each path. */
  lastChanges(project: ProjectKey): ReadonlyMap<string, string>;
  /** `contentHash` of the last `idioms` event of a project. */
  idioms(project: ProjectKey): string | undefined;
  /** Recorded measures of a project's patterns. */
  measures(project: ProjectKey): ReadonlyMap<PatternId, { mentions: number; tests: number }>;
}
