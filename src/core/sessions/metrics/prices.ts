import { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { ModelResponse, TokenUsage } from '../../model/session.ts';

export interface Price {
  readonly usd: number;
  /** A factor for speed, which no price list holds, is in it. */
  readonly isEstimate: boolean;
}

/**
 * What a response cost on its day, with the tier its own size falls into; what a log tells itself
 * comes first.
 *
 * @returns `undefined` where nobody knows a price
 */
export function priceOf(response: ModelResponse): Price | undefined {
  const { model, loggedUsd } = response;
  if (loggedUsd !== undefined) return { usd: loggedUsd, isEstimate: false };
  const listed = listedPrice(response);
  if (listed === undefined) return undefined;
  const factor = response.isPriority ? speedFactor(model) : 1;
  return { usd: listed * factor, isEstimate: response.isPriority };
}

function listedPrice({ at, model, vendor, usage }: ModelResponse): number | undefined {
  const name = model.replace(/^[\w.-]+\//, '').replace(/\[1m\]$/, '');
  const found = calcPrice(
    {
      input_tokens: usage.input + usage.cacheRead + usage.cacheWrite,
      cache_read_tokens: usage.cacheRead,
      cache_write_tokens: usage.cacheWrite,
      cache_write_1h_tokens: usage.cacheWrite1h,
      output_tokens: usage.output,
    },
    name,
    {
      ...(vendor !== undefined && { providerId: vendor }),
      ...(at !== undefined && { timestamp: new Date(at) }),
    },
  );
  return found?.total_price;
}

/** US dollars that tokens of a model cost today, by the price list; `undefined` where it lacks it. */
export function listedUsd(
  model: string,
  { input, output }: Pick<TokenUsage, 'input' | 'output'>,
): number | undefined {
  const usage = { input_tokens: input, output_tokens: output };
  return calcPrice(usage, model.replace(/^[\w.-]+\//, ''))?.total_price;
}

/** Where a session ran faster for more: what the vendors ask for it, against the listed price. */
function speedFactor(model: string): number {
  if (model.startsWith('claude-')) return 6;
  return model.startsWith('gpt-5.5') ? 2.5 : 2;
}

/** Tokens the model takes at most, as the price list tells. */
export function listedWindow({ model, vendor }: ModelResponse): number | undefined {
  const provider = findProvider(vendor === undefined ? { modelId: model } : { providerId: vendor });
  const name = model.replace(/^[\w.-]+\//, '');
  return provider?.models.find(({ id }) => id === name)?.context_window;
}
