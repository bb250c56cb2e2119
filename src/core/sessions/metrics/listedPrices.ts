import { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { ConditionalPrice, ModelPrice, Provider } from '@pydantic/genai-prices';
import type { EpochMs } from '../../model/epochMs.ts';
import type { TokenUsage, Vendor } from '../../model/sessions/session.ts';

/** Dollars for one token of each kind, and for a request. */
interface Rates extends Pick<TokenUsage, 'input' | 'cacheRead' | 'cacheWrite' | 'output'> {
  readonly cacheWrite1h: number;
  readonly request: number;
}

/**
 * What a price list asks for a response on its day, with the tier its own size falls into.
 *
 * @returns dollars; `undefined` for a model that is not on the list
 */
export function listedPrice(
  { model, vendor }: { readonly model: string; readonly vendor: Vendor | undefined },
  usage: TokenUsage,
  at: EpochMs | undefined,
): number | undefined {
  const asked: Asked = { model, vendor, at };
  const price = priceAt(asked);
  if (price === undefined) return undefined;
  const size = usage.input + usage.cacheRead + usage.cacheWrite;
  const rates = ratesOf(asked, price, size);
  return (
    rates.request +
    usage.input * rates.input +
    usage.cacheRead * rates.cacheRead +
    (usage.cacheWrite - usage.cacheWrite1h) * rates.cacheWrite +
    usage.cacheWrite1h * rates.cacheWrite1h +
    usage.output * rates.output
  );
}

interface Asked {
  readonly model: string;
  readonly vendor: Vendor | undefined;
  readonly at: EpochMs | undefined;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** By model, vendor and day or, of models that cost less at night, minute. */
const prices = new Map<string, ModelPrice | undefined>();
const MOST_KEPT = 50_000;
const cheaperAtNight = new Set<string>();

function priceAt(asked: Asked): ModelPrice | undefined {
  const { model, vendor = '', at } = asked;
  const name = `${model} ${vendor}`;
  const stepMs = cheaperAtNight.has(name) ? MINUTE_MS : DAY_MS;
  const key = `${name} ${at === undefined ? '' : Math.floor(at / stepMs)}`;
  if (prices.has(key)) return prices.get(key);
  if (prices.size >= MOST_KEPT) prices.clear();
  const found = ask(asked, {});
  if (stepMs === DAY_MS && hasHours(found?.model.prices)) {
    cheaperAtNight.add(name);
    return priceAt(asked);
  }
  prices.set(key, found?.model_price);
  return found?.model_price;
}

function hasHours(listed: readonly ConditionalPrice[] | ModelPrice | undefined): boolean {
  return (
    Array.isArray(listed) &&
    listed.some((one: ConditionalPrice) => one.constraint?.type === 'time_of_date')
  );
}

function ask({ model, vendor, at }: Asked, usage: Usage): ReturnType<typeof calcPrice> {
  const provider = vendorProvider(vendor);
  return calcPrice(usage, model, {
    ...(provider !== undefined && { provider }),
    ...(at !== undefined && { timestamp: new Date(at) }),
  });
}

type Usage = Readonly<Record<string, number>>;

const providers = new Map<Vendor, Provider | undefined>();

/** Looking for it takes longer than pricing a response. */
function vendorProvider(vendor: Vendor | undefined): Provider | undefined {
  if (vendor === undefined) return undefined;
  if (!providers.has(vendor)) providers.set(vendor, findProvider({ providerId: vendor }));
  return providers.get(vendor);
}

const rates = new WeakMap<ModelPrice, Map<number, Rates>>();

/**
 * A price is a sum of tokens times rates that depend on the size of the prompt alone. The list is
 * asked for each rate once, because it takes far longer than the sum.
 */
function ratesOf(asked: Asked, price: ModelPrice, size: number): Rates {
  const tier = tierOf(price, size);
  const known = rates.get(price) ?? new Map<number, Rates>();
  rates.set(price, known);
  const found = known.get(tier) ?? askRates(asked, size);
  known.set(tier, found);
  return found;
}

/** How many of the thresholds of a price lie below a size. */
function tierOf(price: ModelPrice, size: number): number {
  let passed = 0;
  for (const rate of Object.values(price)) {
    if (typeof rate !== 'object') continue;
    passed += rate.tiers.filter(({ start }) => size > start).length;
  }
  return passed;
}

function askRates(asked: Asked, size: number): Rates {
  const total = (usage: Usage): number => ask(asked, usage)?.total_price ?? 0;
  // As many tokens as fall into the tier; a prompt without any is in the lowest.
  const input_tokens = Math.max(1, size);
  const request = total({});
  const input = total({ input_tokens });
  const perToken = (usage: Usage): number => (total(usage) - request) / input_tokens;
  return {
    request,
    input: (input - request) / input_tokens,
    cacheRead: perToken({ input_tokens, cache_read_tokens: input_tokens }),
    cacheWrite: perToken({ input_tokens, cache_write_tokens: input_tokens }),
    cacheWrite1h: perToken({
      ...{ input_tokens, cache_write_tokens: input_tokens },
      cache_write_1h_tokens: input_tokens,
    }),
    output: (total({ input_tokens, output_tokens: MANY }) - input) / MANY,
  };
}

/** So many that what is left of the prompt's price after it is taken away does not matter. */
const MANY = 1e6;

/** Tokens the model takes at most, as the price list tells. */
export function listedWindow(model: string, vendor: Vendor | undefined): number | undefined {
  const provider = vendorProvider(vendor) ?? findProvider({ modelId: model });
  return provider?.models.find(({ id }) => id === model)?.context_window;
}
