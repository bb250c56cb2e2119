import { randomBytes } from 'node:crypto';
import {
  openSequences,
  type SequenceOptions,
} from '../../../src/core/library/sequences/sequences.ts';
import type {
  NewSequence,
  RunKey,
  SequenceStorage,
} from '../../../src/core/model/resolution/sequence.ts';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';

export const RUN = {
  ...{ experiment: 'tried', hypers: '0123456789abcdef', instance: 'shop-1', repetition: 0 },
} satisfies RunKey;

export function openTestSequences(
  options: Partial<SequenceOptions> & { readonly folder: string },
): SequenceStorage {
  return openSequences({
    ...{ gate: createSecretGate(), random: randomBytes, now: () => 1_700_000_000_000 },
    ...options,
  });
}

export function sequence(name: string, changes: Partial<NewSequence> = {}): NewSequence {
  return {
    ...{ stage: 'generation', name, parent: null },
    messages: [
      { role: 'user', content: `Mend the total, please (${name}).` },
      { role: 'assistant', content: 'return price * count;' },
    ],
    usage: { input: 12, output: 5, isGuessed: false },
    output: null,
    ...changes,
  };
}
