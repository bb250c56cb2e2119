import assert from 'node:assert/strict';

import {
  outlookOf,
  relevanceOf,
  type Candidates,
  type Evidence,
} from '../../../../src/core/retrieval/ranking/relevance.ts';

const SHOWN = 0.6;

describe('relevance', () => {
  it('is low for words that stand in everything, however many documents hold them', () => {
    assert.ok(best({ asked: 0.2, documents: [found({ coverage: 1, fullness: 0.4 })] }) < SHOWN);
  });

  it('needs more of a short query than of a long one', () => {
    const half = [found({ coverage: 0.5, fullness: 0.15, cosine: 0.35 })];
    assert.ok(best({ asked: 2, documents: half }) < SHOWN);
    assert.ok(best({ asked: 7, documents: half, background: 0.1 }) > SHOWN);
  });

  it('asks for words and meaning in one document', () => {
    const apart = [found({ coverage: 0.8 }), found({ coverage: 0, cosine: 0.6 })];
    const together = [found({ coverage: 0.8, cosine: 0.6 }), found({ coverage: 0 })];
    assert.ok(best({ documents: together }) > best({ documents: apart }));
  });

  it('is higher for a query of the field that the documents are of', () => {
    const documents = [found({ coverage: 0.5, cosine: 0.4 })];
    assert.ok(best({ documents, background: 0.15 }) > best({ documents, background: 0.01 }));
  });

  it('is low where the technical name that is asked for is in nothing, whatever else fits', () => {
    for (const cosine of [0.5, undefined]) {
      const documents = [found({ coverage: 0.55, fullness: 0.3, cosine })];
      assert.ok(best({ documents, background: 0.15 }) > SHOWN);
      assert.ok(best({ documents, background: 0.15, lacking: 0.6 }) < SHOWN, `${cosine}`);
    }
  });

  it('is judged by words while few of the documents that hold them have a vector', () => {
    const documents = [
      found({ coverage: 0.9, fullness: 0.5, cosine: undefined }),
      found({ coverage: 0.8, cosine: undefined }),
      found({ coverage: 0.1, cosine: 0.1 }),
    ];
    assert.equal(outlookOf(candidates({ documents })).meaning, undefined);
  });

  it('is that of an answer where a document is named in full', () => {
    const documents = [found({ coverage: 0.1, named: 1, cosine: 0.3 })];
    assert.ok(best({ asked: 2, documents }) > SHOWN);
  });

  it('falls with the distance from the best answer and is never certain', () => {
    const outlook = outlookOf(candidates({ documents: [found({ coverage: 1, cosine: 0.9 })] }));
    const [first, middle, last] = [1, 0.5, 0].map((nearness) =>
      relevanceOf({ nearness, named: 0 }, outlook),
    );
    assert.ok(first !== undefined && middle !== undefined && last !== undefined);
    assert.ok(first < 0.99 && first > middle && middle > last);
    assert.ok(first - middle > 0.1);
  });

  it('tells good from very good answers, and what is named in full from both', () => {
    const good = best({ documents: [found({ coverage: 0.7, cosine: 0.45 })] });
    const better = best({ documents: [found({ coverage: 0.9, cosine: 0.6 })] });
    assert.ok(good > SHOWN && better - good > 0.05, `${good}, ${better}`);
    const documents = [found({ named: 1 }), found({})];
    const outlook = outlookOf(candidates({ documents }));
    const named = relevanceOf({ nearness: 0.8, named: 1 }, outlook);
    assert.ok(named > better && named > relevanceOf({ nearness: 1, named: 0 }, outlook));
  });
});

function found(fields: Partial<Evidence>): Evidence {
  return { coverage: 0.5, named: 0, fullness: 0.1, cosine: 0.2, ...fields };
}

function candidates(fields: Partial<Candidates>): Candidates {
  return { documents: [], asked: 3, lacking: 0, background: 0.05, ...fields };
}

function best(fields: Partial<Candidates>): number {
  return relevanceOf({ nearness: 1, named: 0 }, outlookOf(candidates(fields)));
}
