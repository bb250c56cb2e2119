import assert from 'node:assert/strict';
import { calcPrice } from '@pydantic/genai-prices';
import fc from 'fast-check';
import type { ModelResponse, TokenUsage } from '../../../src/core/model/sessions/session.ts';
import { priceOf } from '../../../src/core/sessions/metrics/prices.ts';

const NONE = { input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0, reasoning: 0 };

function answer(model: string, usage: Partial<TokenUsage>, at: number | undefined): ModelResponse {
  return {
    ...{
      key: 'k',
      at,
      model,
      vendor: undefined,
      subagent: undefined,
      usage: { ...NONE, ...usage },
    },
    ...{ certainty: 'exact', contextTokens: undefined, loggedUsd: undefined, isPriority: false },
  };
}

const MODELS = [
  ...['claude-sonnet-4-5', 'claude-opus-4-6', 'gpt-5.4', 'gemini-2.5-pro', 'gemini-3-pro-preview'],
  ...['deepseek-chat', 'grok-4', 'o3', 'claude-haiku-4-5'],
];

const usages = fc
  .record({
    input: fc.nat(400_000),
    cacheRead: fc.nat(400_000),
    cacheWrite: fc.nat(50_000),
    hour: fc.double({ min: 0, max: 1, noNaN: true }),
    output: fc.nat(60_000),
  })
  .map(({ hour, ...usage }): TokenUsage => {
    const cacheWrite1h = Math.floor(hour * usage.cacheWrite);
    return { ...NONE, ...usage, cacheWrite1h };
  });

describe('prices of responses', () => {
  it('are those of the list: of their day and hour, and of the tier their size falls into', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS),
        usages,
        fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 10, 1) }),
        (model, usage, at) => {
          const listed = calcPrice(
            {
              input_tokens: usage.input + usage.cacheRead + usage.cacheWrite,
              cache_read_tokens: usage.cacheRead,
              cache_write_tokens: usage.cacheWrite,
              cache_write_1h_tokens: usage.cacheWrite1h,
              output_tokens: usage.output,
            },
            model,
            { timestamp: new Date(at) },
          )?.total_price;
          const told = priceOf(answer(model, usage, at), {})?.usd;
          assert.ok(listed !== undefined && told !== undefined);
          assert.ok(Math.abs(told - listed) <= 1e-9 + 1e-6 * listed, `${told} for ${listed}`);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of a model that is on no list are none', () => {
    assert.equal(priceOf(answer('made-up-model', { input: 5 }, undefined), {}), undefined);
  });

  it('are a person’s own where there are some, which also log and list do not beat', () => {
    const own = {
      'my-model': { input: 2, output: 8, cacheRead: 0.5 },
      'gpt-5.4': { input: 1, output: 1 },
    };
    const usage = { input: 1e6, cacheRead: 2e6, cacheWrite: 1e6, cacheWrite1h: 5e5, output: 1e6 };
    assert.equal(priceOf(answer('openrouter/my-model', usage, undefined), own)?.usd, 2 + 1 + 2 + 8);
    const logged = { ...answer('gpt-5.4', { input: 3e6 }, undefined), loggedUsd: 99 };
    assert.equal(priceOf(logged, own)?.usd, 3);
    assert.equal(priceOf(logged, {})?.usd, 99);
  });
});
