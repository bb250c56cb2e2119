import type { ModelResponse, Session, TokenUsage } from '../../model/session.ts';
import type { Exactness, TokenShare, TokenTotals } from '../../model/sessionReport.ts';
import { NO_TOKENS, addUsage } from '../usage.ts';
import { priceOf } from './prices.ts';

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

/** What the responses of a session took and cost, each counted once. */
export function measureTokens({ responses }: Session): TokenMetric {
  // A request that came to nothing tells nothing, and no log is free of charge.
  const measured = responses.filter((one) => one.certainty !== 'estimate' && isTelling(one));
  const estimated = responses.filter(({ certainty }) => certainty === 'estimate');
  const exactness = tokenExactness(measured);
  const costs = measured.map((response) => priceOf(response));
  const unpriced = measured.filter((one, at) => costs[at] === undefined && sum([one]).total > 0);
  return {
    tokens: sum(measured),
    byModel: shares(measured, ({ model }) => model),
    bySubagent: shares(measured, ({ subagent }) => subagent),
    estimatedSubagentTokens: sum(estimated).total,
    exactness,
    costUsd: unpriced.length === 0 && measured.length > 0 ? costOf(measured) : null,
    costExactness: costExactness(unpriced.length, costs, exactness),
    unpriced: [...new Set(unpriced.map(({ model }) => model))],
  };
}

function isTelling(response: ModelResponse): boolean {
  return sum([response]).total > 0 || (response.loggedUsd ?? 0) > 0;
}

/** A single answer that was broken off has been counted as far as it came. */
const FEW = 0.1;

function tokenExactness(measured: readonly ModelResponse[]): Exactness {
  if (measured.length === 0) return 'not-measured';
  if (measured.some(({ certainty }) => certainty === 'guessed')) return 'estimate';
  const cut = measured.filter(({ certainty }) => certainty === 'lower-bound').length;
  return cut > FEW * measured.length ? 'lower-bound' : 'exact';
}

function costExactness(
  unpriced: number,
  costs: readonly ReturnType<typeof priceOf>[],
  tokens: Exactness,
): Exactness {
  if (unpriced > 0) return 'not-measured';
  return costs.some((cost) => cost?.isEstimate === true) ? 'estimate' : tokens;
}

function sum(responses: readonly ModelResponse[]): TokenTotals {
  const all = responses.reduce<TokenUsage>((sofar, { usage }) => addUsage(sofar, usage), NO_TOKENS);
  const { input, cacheRead, cacheWrite, output, reasoning } = all;
  const total = input + cacheRead + cacheWrite + output;
  return { input, cacheRead, cacheWrite, output, reasoning, total };
}

function costOf(responses: readonly ModelResponse[]): number {
  const dollars = responses.reduce((all, one) => all + (priceOf(one)?.usd ?? 0), 0);
  return Math.round(dollars * 1e6) / 1e6;
}

function shares(
  responses: readonly ModelResponse[],
  nameOf: (response: ModelResponse) => string | undefined,
): readonly TokenShare[] {
  const groups = new Map<string, ModelResponse[]>();
  for (const response of responses) {
    const name = nameOf(response);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [response]);
    else group.push(response);
  }
  return [...groups].map(([name, group]) => {
    const isPriced = group.every((one) => priceOf(one) !== undefined);
    return {
      ...{ name, responses: group.length, ...sum(group) },
      costUsd: isPriced ? costOf(group) : null,
    };
  });
}
