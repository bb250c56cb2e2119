import type { LocalizedText } from '../localizedText.ts';
import type { ImpressionId, LeftOutReason } from '../outcomes/outcome.ts';
import type { PatternId, PatternKind, SuccessRate } from '../pattern.ts';
import type { CallTable } from './calls.ts';
import type { FindQuery, UnknownName } from './find.ts';
import type { SourceState } from './patterns.ts';
import type { Watch } from './watch.ts';

/** What patterns are put into a prompt by; settings apply where a field is absent. */
export interface InjectRequest {
  /** What is to be done, in words. */
  readonly task: string;
  /** The prompt that patterns are added to; empty for their section alone. */
  readonly prompt: string;
  /** Where the prompt goes; `inject` when absent. */
  readonly surface?: 'inject' | 'chat' | 'mcp';
  /** Of whoever works on the task. */
  readonly session?: string;
  /** As in `FindQuery.folders`. */
  readonly folders?: readonly string[];
  /** Patterns at most. */
  readonly maxPatterns?: number;
  /** Tokens of what is added, at most. */
  readonly tokenBudget?: number;
  /** 0 to 1: less relevant patterns are not added. */
  readonly minRelevance?: number;
  /** Per cent; applies to patterns of which enough became to judge them, rated or not. */
  readonly minSuccessRate?: number;
  /** Per cent of tasks to which nothing is added; as configured when absent. */
  readonly holdout?: number;
  /** Patterns that may be added although they look like instructions to a language model. */
  readonly allowed?: readonly PatternId[];
  /**
   * Whether a person is asked about what looks like an instruction: where there is any, nothing is
   * added or noted as shown, and whoever asked calls again without this.
   */
  readonly asksConsent?: boolean;
}

/** A pattern that was put into a prompt. */
export interface InjectedPattern {
  /** Under which what becomes of it is told, see `OutcomesApi`. */
  readonly impression: ImpressionId;
  readonly id: PatternId;
  readonly name: string;
  readonly kind: PatternKind;
  /** 0 to 1. */
  readonly relevance: number;
  /** Tokens that it adds. */
  readonly tokens: number;
  /** Comments and docstrings of other people were left out. */
  readonly withoutComments: boolean;
  /** What the disk says of the code it was read from; `null` where that is not at hand. */
  readonly source: SourceState | null;
}

export interface LeftOutPattern {
  readonly id: PatternId;
  readonly name: string;
  readonly reason: LeftOutReason;
  /** For a person to read. */
  readonly detail: LocalizedText;
  /** Of what looks like an instruction the stretch that does, on one line; else empty. */
  readonly excerpt: string;
}

export interface Injection {
  /** The prompt with the patterns behind it; the prompt as it was where there are none. */
  readonly text: string;
  /** In the order in which they stand. */
  readonly patterns: readonly InjectedPattern[];
  readonly leftOut: readonly LeftOutPattern[];
  /**
   * Under which is told how the task ended, whether patterns were added or held out; `null` where
   * none fits.
   */
  readonly look: ImpressionId | null;
  /** Of all that was added; 0 where nothing was. */
  readonly tokens: number;
}

export interface ContextRequest extends Omit<InjectRequest, 'prompt' | 'folders'> {
  /** Where the task is to be done: a folder of a project. */
  readonly folder: string;
}

/** A file that a task is likely to change. */
export interface ContextFile {
  /** Relative to the top of the project, with `/`. */
  readonly path: string;
  /** 0 to 1; the first one's is 1. */
  readonly score: number;
  /** Reasons for a person, the strongest first. */
  readonly why: readonly LocalizedText[];
  /** Paths of tests of it. */
  readonly tests: readonly string[];
}

/** A piece of code of the project, or an earlier change of it. */
export interface ContextCode {
  readonly id: PatternId;
  readonly name: string;
  /** What it does, on one line; of other people's patterns read from the name. */
  readonly description: string;
  readonly path: string | null;
  /** Counts from 1. */
  readonly line: number | null;
  readonly commit: string | null;
  /** 0 to 1; `null` for what was found by its place alone. */
  readonly relevance: number | null;
}

/** What helps with a task. */
export interface TaskContext {
  /** All of it that fits the budget, for a language model to read. */
  readonly text: string;
  readonly tokens: number;
  /** Best first. */
  readonly files: readonly ContextFile[];
  /** Code of the project that is most like what is wanted, best first. */
  readonly similar: readonly ContextCode[];
  /** Fixes in words like the task, then the newest in the likeliest files; one of each commit. */
  readonly fixes: readonly ContextCode[];
  readonly patterns: readonly InjectedPattern[];
  readonly leftOut: readonly LeftOutPattern[];
  /** As in `Injection`. */
  readonly look: ImpressionId | null;
  /** What is stale or contradictory, for a person to read. */
  readonly warnings: readonly LocalizedText[];
}

/** A pattern by what it is, without its code. */
export interface Offer {
  readonly impression: ImpressionId | null;
  readonly id: PatternId;
  readonly kind: PatternKind;
  readonly language: string | null;
  /** What it does, on one line; of other people's patterns read from the name. */
  readonly heading: string;
  /** Name, project, place, commit and pack, each in backticks. */
  readonly origin: string;
  readonly lines: number;
  /** 0 to 1; `null` without a text. */
  readonly relevance: number | null;
  readonly successRate: SuccessRate;
  /** Ratings in force. */
  readonly ratingCount: number;
  /** As in `InjectedPattern`. */
  readonly source: SourceState | null;
  /** Of a change: it was undone later. */
  readonly reverted: boolean;
  /** Why it may be out of date, for a language model; `null` where nothing says so. */
  readonly stale: string | null;
}

export interface OfferPage {
  /** Answers in all, whatever the window. */
  readonly total: number;
  readonly offers: readonly Offer[];
  /** All of it for a language model to read. */
  readonly text: string;
  readonly leftOut: readonly LeftOutPattern[];
  /** See `FindPage`. */
  readonly unknownName?: UnknownName;
}

export interface GuideRequest {
  /** A folder of the project. */
  readonly folder: string;
  /** Patterns at most; 32 when absent. */
  readonly maxPatterns?: number;
  /** Tokens at most; when absent 1,500, or fewer as configured. */
  readonly tokenBudget?: number;
}

/** The best patterns of a project, for a file that agents read. */
export interface Guide {
  /** Markdown, without the marks around it; empty where there is no pattern. See `withGuideSection`. */
  readonly section: string;
  /** Best first. */
  readonly patterns: readonly PatternId[];
  readonly leftOut: readonly LeftOutPattern[];
  readonly tokens: number;
}

/** Words around a pattern that is quoted, in the reader's language. */
export interface QuoteWords {
  /** Says that what is fenced is data. */
  readonly introduction: string;
  readonly before: string;
  readonly after: string;
}

/** Lines of long code are shown page by page. */
export interface QuotePage {
  /** Counts from 1. */
  readonly fromLine: number;
  /** Lines at most of the code or, of a change, of either side of it. */
  readonly lines: number;
}

/** A pattern as part of a message to a language model. */
export interface Quotation {
  /** Of the pattern. */
  readonly name: string;
  /** Empty where nothing of it may be shown. */
  readonly text: string;
  /** As in `InjectedPattern`; what is amiss is told in the text. */
  readonly source: SourceState | null;
  /** Line the next page begins with; `null` where there is none. */
  readonly nextLine: number | null;
  /** Why it should not be sent without a look at it; `undefined` as a rule. */
  readonly warning: LeftOutPattern | undefined;
}

/**
 * Puts patterns before language models, as data: fenced, with their origin, and without comments,
 * docstrings and invisible characters where other people wrote them.
 */
export interface PromptsApi {
  /** Adds the patterns that fit a task to a prompt. */
  inject(request: InjectRequest, watch?: Watch): Promise<Injection>;
  /**
   * All that helps with a task, in one call: files likely to change and their tests, code like what is
   * wanted, earlier fixes there, and the patterns that fit.
   *
   * @throws AppError `folder-not-found`, `bad-config`, `git-failed`
   */
  context(request: ContextRequest, watch?: Watch): Promise<TaskContext>;
  guide(request: GuideRequest, watch?: Watch): Promise<Guide>;
  /** One window of what `find` answers, as a language model may read it. */
  offer(query: FindQuery, watch?: Watch): Promise<OfferPage>;
  /**
   * One pattern to be quoted, whatever it is like.
   *
   * @param page all of it when absent
   * @throws AppError `pattern-not-found`
   */
  quote(id: string, words: QuoteWords, page?: QuotePage): Promise<Quotation>;
}

export const PROMPTS_CALLS: CallTable<PromptsApi> = {
  inject: 1,
  context: 1,
  guide: 1,
  offer: 1,
  quote: 3,
};
