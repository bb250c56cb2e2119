import assert from 'node:assert/strict';
import type { Run } from '../../../src/server/database/database.ts';
import { createLists } from '../../../src/server/store/list.ts';

describe('a list of patterns', () => {
  it('goes by words where a replica has no table of vectors yet', async () => {
    const empty = { patterns: '[]', due: 0, shown: 0, total: null, last_id: null, last_key: null };
    const run: Run = <Row>({ text }: { readonly text: string }) => {
      if (text.includes('pattern_vectors')) {
        return Promise.reject(
          Object.assign(new Error('relation "pattern_vectors" does not exist'), { code: '42P01' }),
        );
      }
      return Promise.resolve([
        { ...empty, ...(text.includes('AS patterns') ? {} : { total: 3 }) },
      ] as Row[]);
    };
    const list = createLists(
      run,
      () => 0,
      () => Promise.resolve('[1]'),
    );
    const answer = JSON.parse(await list({ text: 'retry', sort: 'meaning' })) as object;
    assert.deepEqual(answer, { patterns: [], total: 3, page: 1, per_page: 20, sort: 'relevance' });
  });
});
