import type { ModelResponse, TokenUsage } from '../../../model/sessions/session.ts';
import { vendorOf } from './vendor.ts';

type Rest = Partial<Omit<ModelResponse, 'key' | 'model' | 'usage'>>;

/** A response of whose circumstances a log tells little. */
export function response(
  key: string,
  model: string | undefined,
  usage: TokenUsage,
  rest: Rest = {},
): ModelResponse {
  return {
    ...{ key, usage, model: model ?? '', at: undefined, vendor: vendorOf(model ?? '') },
    ...{ subagent: undefined, certainty: 'exact', contextTokens: undefined },
    ...{ loggedUsd: undefined, isPriority: false },
    ...rest,
  };
}

/** What a log says something cost; nothing is no price, for no model is free of charge. */
export function paid(usd: number | undefined): number | undefined {
  return usd !== undefined && usd > 0 ? usd : undefined;
}
