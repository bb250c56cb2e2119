import type { PatternId } from '../pattern.ts';
import type { ProjectKey } from '../event.ts';

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

/** What a library knows of projects. */
export interface LibraryProjects {
  /** Key under which a project is recorded: the first of `keys` known, by itself or as an alias. */
  key(keys: readonly ProjectKey[]): ProjectKey | undefined;
  byName(name: string): ProjectKey | undefined;
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
  /** Recorded measures of a project's patterns. */
  measures(project: ProjectKey): ReadonlyMap<PatternId, { mentions: number; tests: number }>;
}
