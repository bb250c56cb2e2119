import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Patch } from '../../../../src/core/model/resolution/patch.ts';
import type { Choice } from '../../../../src/core/model/resolution/stages.ts';
import { findsGold, selectionWorth } from '../../../../src/core/resolution/rewards/selection.ts';

const patch = (id: string): Patch => ({
  id,
  files: [],
  origin: { by: 'test', sample: 0 },
  why: [],
});
const valueOf = ({ id }: Patch): number => Number(id);
const chosen = (id: string): { readonly choice: Choice } => ({
  choice: { kind: 'chosen', patch: patch(id) },
});

describe('rewards of a selection', () => {
  it('set the choice beside chance and an oracle', () => {
    const candidates = ['0', '0', '1', '0.5'].map(patch);
    assert.deepEqual(selectionWorth(chosen('1'), candidates, valueOf), {
      ...{ chosen: 1, random: 0.375, oracle: 1, gain: 1 },
    });
    assert.equal(selectionWorth(chosen('0'), candidates, valueOf)?.gain, -0.6);
    const tie = { choice: { kind: 'tie', patches: [patch('1'), patch('0')] } } as const;
    assert.equal(selectionWorth(tie, candidates, valueOf)?.chosen, 0.5);
    assert.equal(selectionWorth({ choice: { kind: 'none' } }, candidates, valueOf)?.chosen, 0);
    assert.equal(selectionWorth(chosen('0'), [], valueOf), undefined);
  });

  it('are 0 on average for who chooses by chance, and at most 1', () => {
    const values = fc.array(fc.constantFrom('0', '0.1', '0.5', '1'), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(values, (ids) => {
        const candidates = ids.map(patch);
        const gains = ids.map((id) => selectionWorth(chosen(id), candidates, valueOf)?.gain);
        if (new Set(ids).size === 1) {
          assert.deepEqual(new Set(gains), new Set([undefined]));
          return;
        }
        const sum = gains.reduce<number>((all, gain) => all + (gain ?? NaN), 0);
        assert.ok(Math.abs(sum) < 1e-9, String(sum));
        assert.ok(gains.every((gain) => gain !== undefined && gain <= 1 + 1e-9));
      }),
    );
  });

  it('tell whether the gold patch was found', () => {
    const isGold = ({ id }: Patch): boolean => id === '1';
    assert.equal(findsGold(chosen('1'), isGold), 1);
    assert.equal(findsGold(chosen('0'), isGold), 0);
    const tie = { choice: { kind: 'tie', patches: ['0', '1', '2'].map(patch) } } as const;
    assert.equal(findsGold(tie, isGold), 1 / 3);
    assert.equal(findsGold({ choice: { kind: 'none' } }, isGold), 0);
  });
});
