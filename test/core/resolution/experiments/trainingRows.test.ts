import assert from 'node:assert/strict';
import {
  type RewardedSequence,
  toChatRows,
  toPreferenceRows,
  toPromptRows,
} from '../../../../src/core/resolution/experiments/trainingRows.ts';
import type { SequenceMessage } from '../../../../src/core/model/resolution/sequence.ts';
import { RUN, sequence } from '../../../support/resolution/sequences.ts';

const ASKED: readonly SequenceMessage[] = [
  { role: 'system', content: 'You mend code.' },
  { role: 'user', content: 'The total is wrong.' },
];

function answered(
  name: string,
  messages: readonly SequenceMessage[],
  rewards: Readonly<Record<string, number>> = {},
): RewardedSequence {
  return {
    sequence: { ...sequence(name, { messages }), id: name, run: RUN, at: 1 },
    rewards: new Map(Object.entries(rewards)),
  };
}

function said(content: string): SequenceMessage {
  return { role: 'assistant', content };
}

describe('rows to train on', () => {
  it('hold calls of tools and what came of them as chat models are told them', () => {
    const call = { id: 'run-0', name: 'run_tests', arguments: '{"patch":null}' };
    const [row] = toChatRows([
      answered('one', [
        ...ASKED,
        { role: 'assistant', content: '', toolCalls: [call] },
        { role: 'tool', toolCallId: 'run-0', content: 'failed' },
      ]),
    ]);
    assert.deepEqual((row?.['messages'] as readonly object[]).slice(2), [
      {
        ...{ role: 'assistant', content: '' },
        tool_calls: [
          {
            ...{ id: 'run-0', type: 'function' },
            function: { name: 'run_tests', arguments: '{"patch":null}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'run-0', content: 'failed' },
    ]);
  });

  it('part a conversation where the model answers first', () => {
    const [row, ...others] = toPromptRows([
      answered('one', [...ASKED, said('a'), { role: 'user', content: 'again' }, said('b')]),
      answered('unanswered', ASKED),
    ]);
    assert.deepEqual(row?.['prompt'], ASKED);
    assert.deepEqual(row['completion'], [said('a'), { role: 'user', content: 'again' }, said('b')]);
    assert.deepEqual(others, []);
  });

  it('set an answer against a worse one to the same prompt', () => {
    const rows = toPreferenceRows(
      [
        answered('bad', [...ASKED, said('x')], { tests: 0 }),
        answered('good', [...ASKED, said('y')], { tests: 1 }),
        answered('as good', [...ASKED, said('z')], { tests: 1 }),
        answered('fair', [...ASKED, said('w')], { tests: 0.5 }),
        answered('ungraded', [...ASKED, said('v')]),
        answered('other', [{ role: 'user', content: 'else' }, said('u')], { tests: 0 }),
      ],
      'tests',
    );
    assert.deepEqual(
      rows.map(({ prompt, chosen, rejected }) => [prompt, chosen, rejected]),
      [
        [ASKED, [said('y')], [said('w')]],
        [ASKED, [said('w')], [said('x')]],
      ],
    );
    assert.deepEqual(toPreferenceRows([], 'tests'), []);
  });

  it('say what they are of, and what it was worth', () => {
    const [row] = toChatRows([answered('one', [...ASKED, said('a')], { tests: 0.5 })]);
    assert.deepEqual(row?.['metadata'], {
      ...{ sequence: 'one', parent: null, stage: 'generation', name: 'one' },
      ...{ experiment: 'tried', hypers: RUN.hypers, instance: 'shop-1', repetition: 0 },
      ...{ tokens: { input: 12, output: 5 }, rewards: { tests: 0.5 } },
    });
  });
});
