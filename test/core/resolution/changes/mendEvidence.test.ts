import assert from 'node:assert/strict';
import {
  type MendEvidence,
  phrasesOf,
  surenessOf,
} from '../../../../src/core/resolution/changes/mendEvidence.ts';
import { createMessageComparison } from '../../../../src/core/resolution/changes/messageLikeness.ts';

const said = (title: string, body = '') => ({
  title: title.split(' '),
  text: [...new Set(`${title} ${body}`.trim().split(' '))],
});

const NOTHING = {
  ...{ titleInMessage: 0.2, subjectInText: 0.2, rarity: 0.9, shared: 2, phrases: 0 },
  ...{ isFix: false, rank: undefined, meaning: undefined },
} satisfies MendEvidence;

describe('what speaks for a commit that mended an issue', () => {
  it('is how much of the title its message holds, and of its title the issue: each word by its rarity', () => {
    const messages = [
      ...Array.from({ length: 50 }, (_, at) => said(`cart total ${at}`)),
      said('cart total rounds cents'),
    ];
    const compare = createMessageComparison(said('cart rounds cents', 'in the shop'), messages);
    const { titleInMessage, subjectInText } = compare(said('cart total rounds cents'));
    assert.equal(titleInMessage, 1);
    assert.ok(subjectInText > 0.9 && subjectInText < 1, String(subjectInText));
    const common = compare(said('cart total 7'));
    assert.ok(common.titleInMessage < 0.1, String(common.titleInMessage));
  });

  it('is what the issue quotes, three words in a row, in the lines that changed', () => {
    assert.deepEqual(
      [...phrasesOf('total = cart.sum(x)\nfrom shop import cart\na b')],
      ['total cart sum', 'cart sum x', 'shop import cart'],
    );
    const [none, some, many, more] = [0, 3, 19, 500].map((phrases) =>
      surenessOf({ ...NOTHING, phrases }),
    );
    assert.ok(none !== undefined && some !== undefined && none < some);
    assert.ok(many !== undefined && some < many);
    assert.equal(many, more);
  });

  it('is not that both titles say the same few common words, and never all', () => {
    const same = { ...NOTHING, titleInMessage: 1, subjectInText: 1, rarity: 0.4 };
    for (const shared of [1, 2, 3]) {
      assert.ok(surenessOf({ ...same, shared }) < 0.55, String(shared));
    }
    const sure = surenessOf({ ...same, rarity: 1, shared: 7, phrases: 100 });
    assert.ok(sure > 0.9 && sure < 1, String(sure));
  });

  it('is that it mends a function the issue is likely about, says so, and means the same', () => {
    const least = surenessOf(NOTHING);
    const ranked = [1, 4, 29].map((rank) => surenessOf({ ...NOTHING, rank }));
    assert.deepEqual(
      ranked.toSorted((a, b) => b - a),
      ranked,
    );
    assert.ok((ranked[2] ?? 0) > least);
    assert.equal(surenessOf({ ...NOTHING, rank: 500 }), least);
    assert.ok(surenessOf({ ...NOTHING, isFix: true }) > least);
    const [far, near] = [0.2, 0.9].map((cosine) =>
      surenessOf({ ...NOTHING, meaning: { titles: cosine, texts: cosine } }),
    );
    assert.ok(far !== undefined && near !== undefined && far < least && least < near);
  });
});
