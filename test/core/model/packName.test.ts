import assert from 'node:assert/strict';
import { toPackName } from '../../../src/core/model/packName.ts';

describe('the name of a pack', () => {
  it('is that of its file without the ending, and never empty', () => {
    const names = ['team.pack', 'our.team.jsonl', 'team', '.pack', '.team.pack'];
    assert.deepEqual(names.map(toPackName), ['team', 'our.team', 'team', '.pack', '.team']);
  });
});
