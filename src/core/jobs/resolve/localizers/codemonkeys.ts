import { z } from '../../../chat/askForShape.ts';
import { guessTokens } from '../../../chat/guessTokens.ts';
import type { Watch } from '../../../model/api/watch.ts';
import type { Localization } from '../../../model/resolution/stages.ts';
import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import { toPlaces } from '../../../resolution/localization/places.ts';
import { chosenPlace, shareOf } from './chosenPlaces.ts';
import {
  askUnlessUnusable,
  codeInPrompt,
  fencedCode,
  questionAbout,
  type ModelParts,
} from './modelReading.ts';
import { rankCode, type RankedCode, RANKING_VERSION, WAYS, withoutModel } from './ranked.ts';
import { type Code, readCode } from './readCode.ts';

export interface CodemonkeysSettings {
  /** Files that are read: the ones that words and meaning find; a model reads no whole repository. */
  readonly readFiles?: number;
  /** Times the relevant files are put in order; each is a vote. */
  readonly rankings?: number;
  /** Tokens that the files it ends with have together, by a guess that is rather too high. */
  readonly contextTokens?: number;
}

const DEFAULTS = { readFiles: 20, rankings: 3, contextTokens: 60_000 } as const;
const ANSWER_TOKENS = 600;
/** Of one file: larger ones are read to here. */
const FILE_TOKENS = 20_000;
const CHARACTERS_A_TOKEN = 3;
/** Unlike samples of one question. */
const TEMPERATURE = 0.6;

const RELEVANCE = z.object({ relevant: z.boolean(), reason: z.string() });
const RANKING = z.object({ files: z.array(z.string()) });

/** A file the model finds relevant, with what it says of it. */
interface Relevant {
  readonly path: string;
  readonly reason: string;
  readonly tokens: number;
}

/**
 * The way of CodeMonkeys: a model reads file by file, says which are relevant, puts these in order
 * several times, and the best are packed whole until the context is full; of one that does not fit
 * the likeliest functions go in. Votes are by path, so that the order files are shown in is no vote.
 *
 * Source: Ehrlich et al., “CodeMonkeys: Scaling Test-Time Compute for Software Engineering”, 2025.
 */
export function createCodemonkeys(
  parts: ModelParts,
  given: CodemonkeysSettings = {},
): Localization {
  const settings = { ...DEFAULTS, ...given };
  return {
    name: 'codemonkeys',
    parameters: {
      ...settings,
      model: parts.model.name,
      embedding: parts.meaning?.model ?? null,
      ranking: RANKING_VERSION,
    },
    async *locate(instance, watch: Watch = {}) {
      const code = await readCode(parts, instance, watch);
      try {
        const ranked = await rankCode(code, WAYS.hybrid, parts, watch);
        const steps = { ...parts, settings, code, watch };
        const relevant = await readAll(steps, ranked);
        if (relevant.length === 0) yield* withoutModel(code, ranked);
        else yield* pack(steps, await order(steps, relevant), ranked);
      } finally {
        await code.tree.close();
      }
    },
  };
}

interface Steps extends Omit<ModelParts, 'settings'> {
  readonly settings: Required<CodemonkeysSettings>;
  readonly code: Code;
  readonly watch: Watch;
}

async function readAll(steps: Steps, { files }: RankedCode): Promise<readonly Relevant[]> {
  const { model, code, watch, settings } = steps;
  const relevant: Relevant[] = [];
  for (const { path } of files.slice(0, settings.readFiles)) {
    watch.signal?.throwIfAborted();
    const text = await codeInPrompt(steps, code, path);
    if (text === undefined) continue;
    const answer = await askUnlessUnusable(
      model,
      {
        schema: RELEVANCE,
        maxTokens: ANSWER_TOKENS,
        messages: await questionAbout(steps, code, [
          fencedCode(path, text.slice(0, FILE_TOKENS * CHARACTERS_A_TOKEN)),
          'Is this file one that has to be changed, or read to understand the change? Say why in a sentence.',
        ]),
      },
      watch,
    );
    if (answer?.relevant !== true) continue;
    relevant.push({ path, reason: answer.reason, tokens: guessTokens(text) });
  }
  return relevant;
}

/** By the mean of the places each has in the rankings; one that a ranking leaves out stands last there. */
async function order(
  { gate, model, code, watch, settings }: Steps,
  relevant: readonly Relevant[],
): Promise<readonly Relevant[]> {
  if (relevant.length < 2) return relevant;
  const sums = new Map(relevant.map(({ path }) => [path, 0]));
  for (let sample = 0; sample < settings.rankings; sample += 1) {
    const answer = await askUnlessUnusable(
      model,
      {
        ...{ schema: RANKING, maxTokens: ANSWER_TOKENS, temperature: TEMPERATURE, sample },
        messages: await questionAbout({ gate }, code, [
          ...relevant.map(({ path, reason }) => fencedCode(path, reason)),
          'Put these files in order: the one that has to be changed first, the least important last. Name each exactly as it is written.',
        ]),
      },
      watch,
    );
    if (answer === undefined) continue;
    const named = [...new Set(answer.files)].filter((path) => sums.has(path));
    for (const [path, sum] of sums) {
      const at = named.indexOf(path);
      sums.set(path, sum + (at === -1 ? relevant.length : at));
    }
  }
  return [...relevant].sort((a, b) => (sums.get(a.path) ?? 0) - (sums.get(b.path) ?? 0));
}

/** Whole files as long as they fit, and of others the functions that do. */
function* pack(
  { code, settings }: Steps,
  ordered: readonly Relevant[],
  { files, stretches }: RankedCode,
): Generator<CodePointer> {
  let left = settings.contextTokens;
  const places = toPlaces(code, files, stretches);
  const declared: CodePointer[] = [];
  for (const [at, { path, reason, tokens }] of ordered.entries()) {
    const score = shareOf(at, 1);
    yield chosenPlace({ kind: 'file', path, symbol: null, range: null }, score, reason);
    const inside = places.filter((place) => place.path === path && place.kind !== 'file');
    if (tokens <= left) {
      left -= tokens;
      declared.push(...inside);
      continue;
    }
    for (const place of inside) {
      const lines = place.range === null ? 0 : place.range.end.line - place.range.start.line;
      const taken = lines * TOKENS_OF_LINE;
      if (taken > left) continue;
      left -= taken;
      declared.push(place);
    }
  }
  yield* declared
    .map((place) => ({ ...place, score: place.score / 2 }))
    .sort((a, b) => b.score - a.score);
}

const TOKENS_OF_LINE = 14;
