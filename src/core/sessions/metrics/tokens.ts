import type { OwnPrices } from '../../model/config.ts';
import type { ModelResponse, Session, TokenUsage } from '../../model/sessions/session.ts';
import type { Exactness, TokenShare, TokenTotals } from '../../model/sessions/sessionReport.ts';
import { priceOf } from './prices.ts';
import type { Price } from './prices.ts';

export interface TokenMetric {
  readonly tokens: TokenTotals;
  readonly byModel: readonly TokenShare[];
  readonly bySubagent: readonly TokenShare[];
  readonly estimatedSubagentTokens: number;
  readonly exactness: Exactness;
  readonly costUsd: number | null;
  readonly costExactness: Exactness;
  readonly unpriced: readonly string[];
}

interface Priced {
  readonly response: ModelResponse;
  readonly price: Price | undefined;
}

/** What the responses of a session took and cost, each counted once. */
export function measureTokens({ responses }: Session, own: OwnPrices): TokenMetric {
  // A request that came to nothing tells nothing, and no log is free of charge.
  const measured = responses
    .filter((one) => one.certainty !== 'estimate' && isTelling(one))
    .map((response): Priced => ({ response, price: priceOf(response, own) }));
  const estimated = responses.filter(({ certainty }) => certainty === 'estimate');
  const exactness = tokenExactness(measured);
  const unpriced = measured.filter(
    ({ response, price }) => price === undefined && totalOf(response.usage) > 0,
  );
  return {
    tokens: sum(measured.map(({ response }) => response)),
    byModel: shares(measured, ({ model }) => model),
    bySubagent: shares(measured, ({ subagent }) => subagent),
    estimatedSubagentTokens: sum(estimated).total,
    exactness,
    costUsd: unpriced.length === 0 && measured.length > 0 ? costOf(measured) : null,
    costExactness: costExactness(unpriced.length, measured, exactness),
    unpriced: [...new Set(unpriced.map(({ response }) => response.model))],
  };
}

function isTelling({ usage, loggedUsd = 0 }: ModelResponse): boolean {
  return totalOf(usage) > 0 || loggedUsd > 0;
}

/** A single answer that was broken off has been counted as far as it came. */
const FEW = 0.1;

function tokenExactness(measured: readonly Priced[]): Exactness {
  if (measured.length === 0) return 'not-measured';
  const certain = measured.map(({ response }) => response.certainty);
  if (certain.includes('guessed')) return 'estimate';
  const cut = certain.filter((certainty) => certainty === 'lower-bound').length;
  return cut > FEW * measured.length ? 'lower-bound' : 'exact';
}

function costExactness(
  unpriced: number,
  measured: readonly Priced[],
  tokens: Exactness,
): Exactness {
  if (unpriced > 0) return 'not-measured';
  return measured.some(({ price }) => price?.isEstimate === true) ? 'estimate' : tokens;
}

function totalOf({ input, cacheRead, cacheWrite, output }: TokenUsage): number {
  return input + cacheRead + cacheWrite + output;
}

function sum(responses: readonly ModelResponse[]): TokenTotals {
  // A long session has tens of thousands of responses: no object is made for each.
  const all = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
  for (const { usage } of responses) {
    all.input += usage.input;
    all.cacheRead += usage.cacheRead;
    all.cacheWrite += usage.cacheWrite;
    all.output += usage.output;
    all.reasoning += usage.reasoning;
  }
  return { ...all, total: all.input + all.cacheRead + all.cacheWrite + all.output };
}

function costOf(priced: readonly Priced[]): number {
  const dollars = priced.reduce((all, { price }) => all + (price?.usd ?? 0), 0);
  return Math.round(dollars * 1e6) / 1e6;
}

function shares(
  measured: readonly Priced[],
  nameOf: (response: ModelResponse) => string | undefined,
): readonly TokenShare[] {
  const groups = new Map<string, Priced[]>();
  for (const priced of measured) {
    const name = nameOf(priced.response);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [priced]);
    else group.push(priced);
  }
  return [...groups].map(([name, group]) => ({
    ...{ name, responses: group.length, ...sum(group.map(({ response }) => response)) },
    costUsd: group.every(({ price }) => price !== undefined) ? costOf(group) : null,
  }));
}
