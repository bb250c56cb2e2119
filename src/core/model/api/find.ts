import type { Range } from '../code.ts';
import type { Facet, PatternFilter } from '../filter.ts';
import type { LocalizedText } from '../localizedText.ts';
import type { ImpressionId, Surface } from '../outcomes/outcome.ts';
import type { PatternRow } from '../patternRow.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

/**
 * `relevance` only orders answers to a text; without one it is `value`. All are descending; by value,
 * what the person saved by hand or rated up comes first.
 */
export const FIND_ORDERS = ['value', 'relevance', 'support', 'success', 'newest'] as const;
export type FindOrder = (typeof FIND_ORDERS)[number];

/** `reuse`: what one would use again here; `lessons`: what went wrong here before. */
export const TABS = ['reuse', 'lessons'] as const;
export type Tab = (typeof TABS)[number];

/** What somebody looks for, whoever asks: one window of the answers. */
export interface FindQuery {
  /** Words, identifiers or code; without it and `at` all that passes is listed. */
  readonly text: string;
  /** A place whose surrounding code is the query; the line counts from 1 as people write it. */
  readonly at?: FindPlace;
  /** Only what has a name that begins so, or stands in something that has; in any case of letters. */
  readonly named?: string;
  readonly filter?: PatternFilter;
  /**
   * Lists in groups what is worth a look; see `FindPage.groups`. With a text, `reuse` leaves nothing
   * out, and `lessons` is every fix that stayed. All live patterns when absent.
   */
  readonly tab?: Tab;
  /**
   * Only patterns of the projects these folders belong to. Where they have no answer to a text, a place
   * or a name, or nothing was learned of them, those of all projects are given; see `FindPage.scope`.
   */
  readonly folders?: readonly string[];
  /** `relevance` when absent. */
  readonly order?: FindOrder;
  /** `quarantined` is what was imported and waits to be accepted; `live` when absent. */
  readonly state?: 'live' | 'quarantined';
  /**
   * `folded`, the default: a row a function, its former changes counted in it, unless the query asks
   * for changes. `all`: each change is a row of its own.
   */
  readonly versions?: 'folded' | 'all';
  /** Rows before the window; 0 when absent. */
  readonly offset?: number;
  /** Rows of the window; as configured when absent. */
  readonly limit?: number;
  /** 0 to 1: what is less relevant to the text is left out; as configured when absent. */
  readonly minRelevance?: number;
  /**
   * Whether to answer at once, by words alone, where meaning would take longer than a person waits
   * for a letter; the library counts as changed when it can join.
   */
  readonly atOnce?: boolean;
  /**
   * Whether a name that no pattern has is looked for in the sources of the folders as well; see
   * `UnknownName`. The answer waits for git then, so not while somebody types.
   */
  readonly seeksName?: boolean;
  /**
   * As what the answers are noted as shown, a list when absent; `null` where whoever asks notes what
   * is shown of them, see `OutcomesApi`.
   */
  readonly surface?: Surface | null;
  /** Of whoever asks, where several ask the same engine. */
  readonly session?: string;
  /** Whether facets are counted. */
  readonly facets?: boolean;
}

export interface FindPlace {
  readonly file: string;
  readonly line: number;
  /** The file as an editor holds it; as it lies on the disk when absent. */
  readonly text?: string;
  /**
   * Whether something is to be written there: only what stands up to the line counts, and answers
   * are code that can be inserted: never what the line is in, nor what is in that, nor what is
   * gone; another file's before its own, then by how like they are to what is begun.
   */
  readonly inserting?: boolean;
}

/** The function, class or test around a place. */
export interface AroundPlace {
  /** With the classes and functions around it. */
  readonly name: string;
  readonly range: Range;
}

/**
 * Why a declaration is in no library: it is a `value`, `too-small` by the settings, in a file that they
 * or its kind leave out, `forgotten` by the person, a near copy that a `twin` stands for, `new` since the
 * last extraction, or its code ends where nobody can tell (`unread`).
 */
export type Absence = 'value' | 'too-small' | 'left-out' | 'forgotten' | 'twin' | 'new' | 'unread';

/** A function, class or value of the source as it is now, which the library does not hold. */
export interface DeclaredName {
  /** With the classes and functions around it; of a value, as it was asked for. */
  readonly name: string;
  readonly kind: 'function' | 'class' | 'value';
  readonly language: string | null;
  /** Relative to the top of its repository, with `/`. */
  readonly path: string;
  /** The same file, absolute, in the notation of this machine. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /**
   * The declaration up to its body, on one line; of a value the line that sets it. Like description and
   * code without secrets, and empty where only the place is told: of what is `left-out` or `forgotten`,
   * and to a language model of what looks like an instruction to it.
   */
  readonly signature: string;
  /** First sentence of its doc comment; empty where it has none that says more than the name. */
  readonly description: string;
  /** All of it; of a value the line that sets it. */
  readonly code: string;
  readonly absence: Absence;
  /** The same in words, with the figures it was decided by. */
  readonly why: LocalizedText;
}

/** A name that was asked for and that no pattern has. */
export interface UnknownName {
  /** As it was asked for. */
  readonly name: string;
  /**
   * One that exists and is a slip or two from it; the rows, and what is declared, are those of this
   * one. Only where it was looked for, see `FindQuery.seeksName`.
   */
  readonly meant?: string;
  /**
   * What the folders hold of that name, such as functions too small for a pattern; empty unless it was
   * looked for, see `FindQuery.seeksName`.
   */
  readonly declared: readonly DeclaredName[];
}

export interface FindPage {
  /** Answers in all, whatever the window; at most 1,000 for a text. */
  readonly total: number;
  readonly rows: readonly Found[];
  /** What would remain if one more value of a facet were asked for, most first; empty unless asked. */
  readonly facets: Facets;
  /** `undefined` where no folder was named. */
  readonly scope: Scope | undefined;
  /**
   * What the rows of a tab stand in, in their order, each with all rows it has; empty without a tab,
   * with a text and in another order than by value. Of `reuse` the keys are those of `ReuseGroup`;
   * those of `lessons` have a title: the area of the code that was mended, a file or, with a `/` at
   * the end, a folder; behind the newest and surest, with the years they are of. The last of them is
   * `GONE_LESSONS`.
   */
  readonly groups: readonly FacetValue[];
  /** What the place of the query is in; `undefined` without a place and where it is in none. */
  readonly around?: AroundPlace | undefined;
  /** Set where the text is a name that no answer has: a plain word only where it was found. */
  readonly unknownName?: UnknownName;
  /** Why there is no answer, where more can be said than that nothing matches. */
  readonly emptyReason?: LocalizedText;
  /** What the library holds, whatever the query. */
  readonly library: {
    readonly live: number;
    readonly quarantined: number;
    /** Packs with patterns in quarantine, by name, and how many of each. */
    readonly packs: readonly FacetValue[];
  };
}

/** Which projects were looked in. */
export interface Scope {
  /** What the folders' projects are called; empty where nothing was learned of them. */
  readonly projects: readonly string[];
  /** They had no answer to what was looked for, and so all projects were looked in. */
  readonly widened: boolean;
}

/** One answer. */
export interface Found extends PatternRow {
  /** Under which what becomes of it is told, see `OutcomesApi`; `null` where it is not noted. */
  readonly impression: ImpressionId | null;
  /** Orders the answers; the sum of `signals`. 0 without a text. */
  readonly score: number;
  /**
   * The named parts of `score`: `words`, `meaning`, `value` and, where they count, `success` (what
   * outcomes added or took) and `kind`.
   */
  readonly signals: Readonly<Record<string, number>>;
  /** How sure it is that it has to do with the text, 0 to 1; `null` without a text. */
  readonly relevance: number | null;
  /** Key of its group; `undefined` where there are none. */
  readonly group?: string;
  /** Of a lesson, what was wrong or was put right; otherwise the description tells what it is. */
  readonly lesson?: string;
  /** Other fixes of the same commit, which this one stands for; the detail lists them. */
  readonly siblings?: number;
  /** Of a change, where the code it changed stands now; absent where nothing more than its file is known. */
  readonly now?: CodePlace;
}

export interface CodePlace {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly range: Range | null;
}

/**
 * In this order: saved by hand or liked; shapes that recur in the code; what other files use; what
 * was written several times; from packs; shapes of tests and, where asked for, tests; and, where few
 * idioms, helpers and recurring code are found, as in a small project, a few functions and classes that
 * stand by themselves.
 */
export const REUSE_GROUPS = [
  'own',
  'idioms',
  'helpers',
  'recurring',
  'packs',
  'tests',
  'others',
] as const;
export type ReuseGroup = (typeof REUSE_GROUPS)[number];

/** Key of the last group of lessons: those of code that is no longer there. */
export const GONE_LESSONS = 'gone';

export type Facets = Readonly<Record<Facet, readonly FacetValue[]>>;

export interface FacetValue {
  /** What a filter takes; of a project its key. */
  readonly value: string;
  /** What people read, where that is something else. */
  readonly title?: string;
  readonly count: number;
}

/** Finds patterns by what they are about. */
export interface FindApi {
  /**
   * One window of what answers a text or, without one, of all that passes a filter, best first. What
   * it shows counts as shown.
   *
   * @throws AppError `bad-argument` for a place in a file that cannot be read
   */
  patterns(query: FindQuery, watch?: Watch): Promise<FindPage>;
}

export const FIND_CALLS: CallTable<FindApi> = { patterns: 1 };
