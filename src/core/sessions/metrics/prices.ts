import type { OwnPrices } from '../../model/config.ts';
import type { ModelResponse, TokenUsage } from '../../model/sessions/session.ts';
import { NO_TOKENS } from '../usage.ts';
import { listedPrice } from './listedPrices.ts';

export interface Price {
  readonly usd: number;
  /** A factor for speed, which no price list holds, is in it. */
  readonly isEstimate: boolean;
}

const MILLION = 1e6;

/**
 * What a response cost: by the person's own prices, else as its log tells it, else as the price list
 * has it on its day, with the tier its own size falls into.
 *
 * @returns `undefined` where nobody knows a price
 */
export function priceOf(response: ModelResponse, own: OwnPrices): Price | undefined {
  const { loggedUsd, vendor, usage, at } = response;
  const owned = ownPrice(response, own);
  if (owned !== undefined) return { usd: owned, isEstimate: false };
  if (loggedUsd !== undefined) return { usd: loggedUsd, isEstimate: false };
  const listed = listedPrice({ model: plainName(response.model), vendor }, usage, at);
  if (listed === undefined) return undefined;
  const factor = response.isPriority ? speedFactor(response.model) : 1;
  return { usd: listed * factor, isEstimate: response.isPriority };
}

/** A cache costs what the input costs where nothing else is said. */
function ownPrice({ model, usage }: ModelResponse, own: OwnPrices): number | undefined {
  const price = own[model] ?? own[plainName(model)];
  if (price === undefined) return undefined;
  const { input, output, cacheRead = input, cacheWrite = input, cacheWrite1h = cacheWrite } = price;
  const sum =
    usage.input * input +
    usage.output * output +
    usage.cacheRead * cacheRead +
    (usage.cacheWrite - usage.cacheWrite1h) * cacheWrite +
    usage.cacheWrite1h * cacheWrite1h;
  return sum / MILLION;
}

/** Without what stands before it for a provider, and after it for a size of the window. */
export function plainName(model: string): string {
  return model.replace(/^[\w.-]+\//, '').replace(/\[1m\]$/, '');
}

/** US dollars that tokens of a model cost today, by the price list; `undefined` where it lacks it. */
export function listedUsd(
  model: string,
  { input, output }: Pick<TokenUsage, 'input' | 'output'>,
): number | undefined {
  const asked = { model: plainName(model), vendor: undefined };
  return listedPrice(asked, { ...NO_TOKENS, input, output }, undefined);
}

/** Where a session ran faster for more: what the vendors ask for it, against the listed price. */
function speedFactor(model: string): number {
  if (model.startsWith('claude-')) return 6;
  return model.startsWith('gpt-5.5') ? 2.5 : 2;
}
