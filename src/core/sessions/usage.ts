import type { TokenUsage } from '../model/sessions/session.ts';
import { numberOf, object } from './reading/json.ts';
import type { JsonObject } from './reading/json.ts';

/** No model takes or writes more in one response: a larger number is a damaged one. */
const MOST_TOKENS = 20_000_000;

export const NO_TOKENS: TokenUsage = {
  ...{ input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0, reasoning: 0 },
};

/** A count of tokens of one response; `undefined` where the field holds none, or one that cannot be. */
export function tokens(row: JsonObject, ...names: readonly string[]): number | undefined {
  const found = numberOf(row, ...names);
  const isPossible = found !== undefined && found >= 0 && found <= MOST_TOKENS;
  return isPossible ? Math.round(found) : undefined;
}

/** As Anthropic counts: what came out of a cache is not in `input_tokens`. */
export function anthropicUsage(usage: JsonObject): TokenUsage {
  const parts = object(usage['cache_creation']);
  const hour = tokens(parts, 'ephemeral_1h_input_tokens') ?? 0;
  const minutes = tokens(parts, 'ephemeral_5m_input_tokens') ?? 0;
  const cacheWrite = tokens(usage, 'cache_creation_input_tokens') ?? hour + minutes;
  const details = object(usage['output_tokens_details']);
  return {
    input: tokens(usage, 'input_tokens') ?? 0,
    cacheRead: tokens(usage, 'cache_read_input_tokens') ?? 0,
    cacheWrite,
    cacheWrite1h: Math.min(hour, cacheWrite),
    output: tokens(usage, 'output_tokens') ?? 0,
    reasoning: tokens(details, 'thinking_tokens') ?? 0,
  };
}

/** Counts in which what came out of a cache is part of the input. */
export interface InclusiveCounts {
  readonly input: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
  readonly output: number | undefined;
  readonly reasoning?: number | undefined;
}

/** As OpenAI and Google count, the cache made a part of its own. */
export function inclusiveUsage(counts: InclusiveCounts): TokenUsage {
  const { input = 0, cacheRead = 0, cacheWrite = 0, output = 0, reasoning = 0 } = counts;
  const read = Math.min(cacheRead, input);
  const written = Math.min(cacheWrite, input - read);
  return {
    input: input - read - written,
    cacheRead: read,
    cacheWrite: written,
    cacheWrite1h: 0,
    output,
    reasoning: Math.min(reasoning, output),
  };
}
