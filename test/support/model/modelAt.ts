import type { ModelHost, ModelSettings } from '../../../src/core/model/ports/chatModel.ts';

/** A person whose model is at an address, may be asked to resolve issues, and who wants it. */
export function modelAt(address: string, settings: Partial<ModelSettings> = {}): ModelHost {
  return {
    settings: () =>
      Promise.resolve({
        ...{ door: 'address', address, name: 'scripted', uses: ['resolution'] },
        ...{ maxTokens: 10_000_000, maxUsd: 1 },
        ...settings,
      }),
    key: () => Promise.resolve(undefined),
    confirm: () => Promise.resolve(true),
    complete: () => Promise.reject(new Error('there is no editor')),
  };
}
