import type { Watch } from '../../../model/api/watch.ts';
import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import type { Localization } from '../../../model/resolution/stages.ts';
import { fileSignals, type SignalTable } from '../../../resolution/localization/fileSignals.ts';
import { usedByTests } from '../../../resolution/localization/namedTests.ts';
import { toPlaces } from '../../../resolution/localization/places.ts';
import {
  rankDeclarations,
  type RankedStretch,
} from '../../../resolution/localization/rankDeclarations.ts';
import {
  HYBRID,
  lookCloser,
  MEANING,
  rankFiles,
  type RankedFile,
  type Weights,
  WORDS,
} from '../../../resolution/localization/rankFiles.ts';
import type { CodeMeaning } from './codeMeaning.ts';
import { type Code, type CodeParts, readCode, readFiles } from './readCode.ts';

export interface RankedParts extends CodeParts {
  /** `undefined` where nothing is compared by meaning. */
  readonly meaning?: CodeMeaning | undefined;
  /** Does not wait for vectors that are not there yet. */
  readonly atOnce?: boolean;
}

/** What a ranking is made by. */
export interface Way {
  readonly weights: Weights;
  /** So many of the best files are compared by meaning. */
  readonly lookedAt: number;
}

export const WAYS = {
  words: { weights: WORDS, lookedAt: 0 },
  meaning: { weights: MEANING, lookedAt: 40 },
  hybrid: { weights: HYBRID, lookedAt: 20 },
} as const satisfies Readonly<Record<string, Way>>;

/** Functions are looked for in so many of the best files. */
const FILES_LOOKED_INTO = 10;
/** Nobody reads on as far as that, and a stage hands over all it knows. */
const MOST_FILES = 50;
const MOST_FUNCTIONS = 100;

/** `words`: by words of files and of names they declare, and nothing else. */
export function createWords(parts: CodeParts): Localization {
  return createRanked('words', { ...parts, meaning: undefined });
}

/** `meaning`: the files that words find, in the order of what their declarations mean. */
export function createMeaningLocalizer(parts: RankedParts): Localization {
  return createRanked('meaning', parts);
}

/** `hybrid`: all that the text of an issue gives away, without a language model. */
export function createHybrid(parts: RankedParts): Localization {
  return createRanked('hybrid', parts);
}

/** Raised whenever a ranking answers otherwise, since answers are kept. */
export const RANKING_VERSION = 7;

function createRanked(name: keyof typeof WAYS, parts: RankedParts): Localization {
  return {
    name,
    parameters: { embedding: parts.meaning?.model ?? null, ranking: RANKING_VERSION },
    async *locate(instance, watch = {}): AsyncGenerator<CodePointer, void, undefined> {
      const code = await readCode(parts, instance, watch);
      try {
        const { files, stretches } = await rankCode(code, WAYS[name], parts, watch);
        yield* withoutModel(code, { files, stretches });
      } finally {
        await code.tree.close();
      }
    },
  };
}

export interface RankedCode {
  /** All that anything speaks for, best first. */
  readonly files: readonly RankedFile[];
  /** Of the best files. */
  readonly stretches: readonly RankedStretch[];
}

/** What a ranking alone says: the answer of who asks no model, or got no answer from one. */
export function withoutModel(code: Code, { files, stretches }: RankedCode): readonly CodePointer[] {
  return toPlaces(code, files.slice(0, MOST_FILES), stretches.slice(0, MOST_FUNCTIONS));
}

/** Ranks the files of opened code, and the functions of the best of them. */
export function rankCode(
  code: Code,
  way: Way,
  parts: Pick<RankedParts, 'meaning' | 'atOnce'>,
  watch: Watch,
): Promise<RankedCode> {
  return rankCompared(code, { way, table: compareFiles(code) }, parts, watch);
}

/** What speaks for each file, whatever it is worth. */
export function compareFiles({ issue, candidates, tests, tokenizer }: Code): SignalTable {
  return new Map([
    ...fileSignals(issue, candidates, tokenizer),
    ['tests', usedByTests(issue, tests, candidates)],
  ]);
}

export interface ComparedFiles {
  readonly way: Way;
  readonly table: SignalTable;
}

/** The second half of `rankCode`. */
export async function rankCompared(
  { issue, tree, candidates, tokenizer }: Code,
  { way: { weights, lookedAt }, table }: ComparedFiles,
  { meaning, atOnce }: Pick<RankedParts, 'meaning' | 'atOnce'>,
  watch: Watch,
): Promise<RankedCode> {
  const first = rankFiles(candidates, table, weights);
  watch.signal?.throwIfAborted();
  const files =
    meaning === undefined || weights.meaning === undefined || weights.meaning === 0
      ? first
      : lookCloser(
          first,
          await meaning.nearness(issue, first.slice(0, lookedAt), { ...watch, atOnce }),
          weights.meaning,
        );
  const best = files.slice(0, FILES_LOOKED_INTO);
  const read = await readFiles(tree, best);
  return { files, stretches: rankDeclarations(issue, read, tokenizer) };
}
