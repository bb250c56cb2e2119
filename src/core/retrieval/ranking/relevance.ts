import { DEFAULT_CONFIG } from '../../model/config.ts';

/** What is known of how well a document answers a query; each 0 to 1. */
export interface Evidence {
  /** Share of the query's words it holds, each by its rarity. */
  readonly coverage: number;
  /** 1 where the query names it, less when misspelled, else 0. */
  readonly named: number;
  /** Score beside that of a document full of every word of the query. */
  readonly fullness: number;
  /** Of the vectors; `undefined` where either is missing. */
  readonly cosine: number | undefined;
}

/** What a query brought up. */
export interface Candidates<Document extends Evidence = Evidence> {
  readonly documents: readonly Document[];
  /** See `WordMatches.asked`. */
  readonly asked: number;
  /** See `WordMatches.lacking`. */
  readonly lacking: number;
  /** Mean cosine of the query and any document, 0 to 1; `undefined` where there are no vectors. */
  readonly background: number | undefined;
}

/** What speaks for a library to answer a query at all. */
export interface Outlook {
  /** Words of the query that tell something, see `WordMatches.asked`. */
  readonly asked: number;
  /** The most of the query's words that one document holds, see `Evidence`. */
  readonly coverage: number;
  readonly fullness: number;
  /** See `WordMatches.lacking`. */
  readonly lacking: number;
  /** What vectors say; `undefined` while most of what holds the words has none, and for names. */
  readonly meaning:
    | {
        /** Coverage times cosine, the most of any document: it holds the words and means them. */
        readonly both: number;
        /** Mean cosine of all documents: whether the query is of their field. */
        readonly around: number;
      }
    | undefined;
}

/** What the log odds of an answer are made of: an intercept, and what each part counts. */
export interface Logistic {
  readonly intercept: number;
  readonly asked: number;
  readonly coverage: number;
  readonly fullness: number;
  readonly lacking: number;
  readonly both: number;
  readonly around: number;
}

/**
 * Whether a library answers a query at all: fitted on the scoreboard's questions about the repositories
 * tuned on, those that they answer against those that they do not, as many of either among questions of
 * each length. Made by `npm run scoreboard -- --only questions`, table “relevance”.
 */
export const RELEVANCE: { readonly words: Logistic; readonly both: Logistic } = {
  words: {
    intercept: -10.31,
    asked: 4.88,
    coverage: 6.09,
    fullness: 11.45,
    lacking: -7.04,
    both: 0,
    around: 0,
  },
  both: {
    intercept: -10.97,
    asked: 4.75,
    coverage: 0,
    fullness: 11.9,
    lacking: -10,
    both: 13.6,
    around: 24.01,
  },
};

/** Log odds of the least that is shown where nobody says otherwise. */
const SHOWN = logOdds(DEFAULT_CONFIG.search.minRelevance);
/** Log odds beyond which a library is as good as sure to answer: whether an answer is shown hangs on its nearness alone. */
const SURE = 2.2;
/**
 * Log odds that a document loses whose score is nothing beside the best one; a document a little
 * behind loses next to none, because the right answer is often the third or fifth.
 */
const APART = 3;
/**
 * That a library holds an answer does not put it among the first five: its odds grow by so much of what
 * those of the library do. Fitted on the questions about the repositories tuned on.
 */
const FOUND = 0.37;
/** Log odds of a library beyond which the best answer gains no more: words and meaning never make certain. */
const MOST = 7;
/** What the query names in full. */
const NAMED = 0.99;
/** Code asks with as many words as it has; beyond these they tell no more. */
const MOST_ASKED = 8;

/**
 * How well a document matches the query, 0 to 1; comparable between queries, and within one in the order
 * of the scores. Of the best one it is the chance that what is asked for is among the first five; of what
 * is behind, less, down to the least that is shown by default.
 *
 * @param nearness score of the document beside that of the best one, 0 to 1
 */
export function relevanceOf(
  { nearness, named }: { readonly nearness: number } & Pick<Evidence, 'named'>,
  outlook: Outlook,
): number {
  if (named === 1) return NAMED;
  const answered = logOddsOf(outlook);
  const behind = Math.min(SURE, answered) - APART * (1 - nearness) ** 2;
  if (behind <= SHOWN) return chance(behind);
  return chance(SHOWN + FOUND * (Math.min(MOST, answered) - SHOWN) * nearness ** 2);
}

function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}

function chance(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function logOddsOf(outlook: Outlook): number {
  const weights = outlook.meaning === undefined ? RELEVANCE.words : RELEVANCE.both;
  const parts = partsOf(outlook);
  return PARTS.reduce((sum, part) => sum + weights[part] * parts[part], weights.intercept);
}

/** Of an outlook, what log odds are made of. */
export type Part = Exclude<keyof Logistic, 'intercept'>;
const PARTS: readonly Part[] = ['asked', 'coverage', 'fullness', 'lacking', 'both', 'around'];

/** By what each part's weight is multiplied. */
export function partsOf({
  asked,
  coverage,
  fullness,
  lacking,
  meaning,
}: Outlook): Readonly<Record<Part, number>> {
  const { both = 0, around = 0 } = meaning ?? {};
  return {
    asked: Math.log(0.5 + Math.min(MOST_ASKED, asked)),
    ...{ coverage, fullness, lacking, both, around },
  };
}

export function outlookOf({ documents, asked, lacking, background }: Candidates): Outlook {
  const matching = documents.filter(({ coverage }) => coverage > 0);
  const embedded = matching.filter(({ cosine }) => cosine !== undefined);
  const isEmbedded = 2 * embedded.length >= matching.length;
  // What is named in full is asked for, whatever the name means to the model.
  const isNamed = documents.some(({ named }) => named > 0);
  return {
    asked,
    lacking,
    coverage: most(documents, coverageOf),
    fullness: most(documents, ({ fullness, named }) => Math.max(fullness, named)),
    meaning:
      background !== undefined && isEmbedded && !isNamed
        ? {
            both: most(documents, (one) => coverageOf(one) * Math.max(0, one.cosine ?? 0)),
            around: background,
          }
        : undefined,
  };
}

function most(documents: readonly Evidence[], of: (document: Evidence) => number): number {
  return documents.reduce((highest, document) => Math.max(highest, of(document)), 0);
}

/** What names a document in full asks for nothing else, though it may hold few of its words. */
function coverageOf({ coverage, named }: Evidence): number {
  return Math.max(coverage, named);
}
