import {
  inverseDocumentFrequency,
  lengthNorm,
  saturate,
} from '../../../src/core/platform/text/termWeight.ts';
import { createTokenizer } from '../../../src/core/platform/text/words.ts';
import type {
  FunctionIndex,
  KnownFunction,
  WantedFunction,
} from '../../../src/core/suggestions/bodies/functionIndex.ts';

const tokenizer = createTokenizer();
const countsOf = new WeakMap<KnownFunction, ReadonlyMap<string, number>>();

/** The best function for the head and comment by BM25 over heads, comments and bodies. */
export function bestByWords(
  index: FunctionIndex,
  { head, comment }: WantedFunction,
): KnownFunction | undefined {
  const terms = new Set(tokenizer.words(`${head} ${comment}`).flatMap((word) => word.terms));
  const all = [...index.all()].map((known) => ({ known, counts: counted(known) }));
  const average = all.reduce((sum, { counts }) => sum + counts.size, 0) / Math.max(1, all.length);
  const weights = [...terms].map((term) => {
    const holding = all.filter(({ counts }) => counts.has(term)).length;
    return { term, idf: inverseDocumentFrequency(all.length, holding) };
  });
  let best: { readonly known: KnownFunction; readonly score: number } | undefined;
  for (const { known, counts } of all) {
    const norm = lengthNorm(counts.size, average, 0.75);
    let score = 0;
    for (const { term, idf } of weights) {
      score += idf * saturate((counts.get(term) ?? 0) * norm, 1.2);
    }
    if (best === undefined || score > best.score) best = { known, score };
  }
  return best?.known;
}

function counted(known: KnownFunction): ReadonlyMap<string, number> {
  let counts = countsOf.get(known);
  if (counts === undefined) {
    const fresh = new Map<string, number>();
    for (const { terms } of tokenizer.words(`${known.head} ${known.comment} ${known.body}`)) {
      for (const term of terms) fresh.set(term, (fresh.get(term) ?? 0) + 1);
    }
    counts = fresh;
    countsOf.set(known, counts);
  }
  return counts;
}
