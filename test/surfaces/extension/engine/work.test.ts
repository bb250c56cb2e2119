import assert from 'node:assert/strict';
import { mergeWork, type Work } from '../../../../src/extension/jobs/work.ts';

const saved: Work = { folder: 'a', paths: ['one.ts'], history: false, origin: 'automatic' };

describe('merging requests', () => {
  it('leaves those of two folders apart', () => {
    assert.equal(mergeWork(saved, { ...saved, folder: 'b' }), undefined);
  });

  it('unites files, and all files take in any', () => {
    assert.deepEqual(mergeWork(saved, { ...saved, paths: ['two.ts', 'one.ts'] }), {
      ...saved,
      paths: ['one.ts', 'two.ts'],
    });
    const everything: Work = { folder: 'a', history: false, origin: 'automatic' };
    assert.deepEqual(mergeWork(saved, everything), everything);
    assert.deepEqual(mergeWork(everything, saved), everything);
  });

  it('reads history from the earlier day, and all of it where one asks for all', () => {
    const month: Work = { ...saved, history: true, sinceDate: '2024-05-01' };
    const year: Work = { ...saved, history: true, sinceDate: '2023-05-01' };
    assert.equal(mergeWork(month, year)?.sinceDate, '2023-05-01');
    assert.equal(mergeWork(saved, month)?.sinceDate, '2024-05-01');
    assert.equal(mergeWork(saved, month)?.history, true);
    assert.equal(mergeWork({ ...saved, history: true }, month)?.sinceDate, undefined);
  });

  it('is asked for by a person where either is', () => {
    assert.equal(mergeWork(saved, { ...saved, origin: 'person' })?.origin, 'person');
    assert.equal(mergeWork({ ...saved, origin: 'person' }, saved)?.origin, 'person');
  });
});
