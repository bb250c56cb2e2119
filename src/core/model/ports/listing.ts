import type { FindOrder } from '../api/find.ts';
import type { PatternFilter } from '../filter.ts';
import type { Verdict } from '../outcomes/outcome.ts';
import type { PatternId, PatternKind, PatternSource, ProjectKey, Rating } from '../pattern.ts';
import type { NamedProject } from './libraryProjects.ts';

/** What lists narrow and order one pattern by. */
export interface ListedRow {
  /** As in `SearchDocument`. */
  readonly rowId: number;
  readonly id: PatternId;
  readonly state: 'live' | 'quarantined';
  readonly kind: PatternKind;
  readonly language: string | null;
  readonly framework: string | null;
  /** Those that tell it from others of its project: what more than a tenth have is left out. */
  readonly tags: readonly string[];
  readonly source: PatternSource;
  /** Name of the pack it came with, if it did. */
  readonly pack: string | null;
  /** Projects it occurs in, forgotten ones left out. */
  readonly projects: readonly ProjectKey[];
  /** Every file it occurs in is one of tests. */
  readonly inTests: boolean;
  /** With the classes and functions around it; of what came without a file its name. */
  readonly qualifiedName: string;
  /** What a person wrote in place of its description. */
  readonly editedDescription: string | undefined;
  /** File of the text that stands for it, relative to its project; `null` without one. */
  readonly path: string | null;
  readonly lines: number;
  readonly complexity: number;
  /** Its description says more than what it is called. */
  readonly documented: boolean;
  /** The person saved it by hand, whatever else holds it. */
  readonly isSaved: boolean;
  /** A decorator or annotation gives it to whatever calls it, such as a router. */
  readonly isRegistered: boolean;
  /** It reads or sets a property. */
  readonly isAccessor: boolean;
  /** Its signature says that it takes nothing and answers nothing. */
  readonly isProcedure: boolean;
  /** Its signature leaves it to its own class or file. */
  readonly isPrivate: boolean;
  /** In a language whose files share only what is marked, its signature lacks the mark. */
  readonly isUnexported: boolean;
  /** Its signature says that it is called on its class. */
  readonly isStatic: boolean;
  /** Its signature names a class or an interface it is a kind of. */
  readonly isDerived: boolean;
  /** Files of its projects that name it, tests apart, as far as a name can tell. */
  readonly mentions: number;
  /** Rating of whoever uses the library, given without session and task. */
  readonly own: Rating | null;
  /** 0 to 1. */
  readonly value: number;
  readonly support: number;
  /** Mean of the posterior success rate. */
  readonly success: number;
  /** What that rests on, by weight. */
  readonly tried: Verdict;
  /** A change that added what was not there before. */
  readonly isAddition: boolean;
  /** Of a change, where it was made; `undefined` for what is none. */
  readonly commit: RowCommit | undefined;
  /** Of a change, that it is what its kind says; 0 to 1. */
  readonly confidence: number;
  /** Since 1970 in UTC; see `PatternRow.date`. */
  readonly dateSeconds: number | undefined;
}

export interface RowCommit {
  /** `null` for a change that came without its history. */
  readonly hash: string | null;
  /** Beginning of its message; at most 500 characters. */
  readonly message: string;
  /** Later commits undid the change wherever it was made. */
  readonly reverted: boolean;
}

/** Every pattern that can be listed, in memory. */
export interface Listing {
  /**
   * In descending order, ties by value, then id. By value, what the person saved by hand or rated up
   * stands before everything else. `relevance` is that of no text: by value. The list
   * is the same one until the library changes.
   */
  rows(state: ListedRow['state'], order: ListOrder): readonly ListedRow[];
  /** Those that pass, in the same order; all of them as `rows` gives them where every one does. */
  matching(rows: readonly ListedRow[], filter: PatternFilter): readonly ListedRow[];
  symbols(): Symbols;
  /** As in `ListedRow`; `undefined` for what can be listed no more. */
  tagsOf(id: PatternId): readonly string[] | undefined;
  /** What the projects a pattern occurs in are called; empty for what can be listed no more. */
  projectTitles(id: PatternId): readonly string[];
  /**
   * The same filter with projects by their keys: each may be given by a key, a title or a name.
   *
   * @throws AppError `project-not-found`, `project-forgotten`, `bad-argument` for a name that several
   *   projects have
   */
  resolve(filter: PatternFilter): PatternFilter;
  /**
   * What a project is called, with what tells it from others of its name in brackets where there
   * are others: the folder around it, the owner of its remote, or the commit it began with.
   *
   * @param stated how a place names it, which counts where the library has not read the project
   */
  projectTitle(key: ProjectKey, stated?: NamedProject): string;
}

export type ListOrder = FindOrder | 'confidence';

/** Which live patterns are texts of one function, class or test. */
export interface Symbols {
  /** What a change is folded into: the present text or, where there is none, its newest change. */
  leaderOf(id: PatternId): ListedRow | undefined;
  /** What is folded into a pattern, the newest first. */
  changesOf(id: PatternId): readonly ListedRow[];
  /** Whether the code that a pattern was read from, or changed, is no longer there. */
  isGone(id: PatternId): boolean;
  /**
   * The code at the place of a change as it is today, be it a row or too simple for one; `undefined` where
   * there is none, and for what is no change.
   */
  standsAs(id: PatternId): PatternId | undefined;
}
