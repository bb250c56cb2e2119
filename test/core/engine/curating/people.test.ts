import assert from 'node:assert/strict';
import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { personName } from '../../../../src/core/sources/person.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { openTestJournal } from '../../../support/library/journal.ts';
import { POLL } from '../../../support/engine/snippets.ts';
import { createTemporaryFolder } from '../../../support/temporaryFolder.ts';

/** What the operating system calls whoever runs the tests, in every library alike. */
const NAME = personName({});

describe('people of one name', () => {
  let benches: Bench[] = [];
  afterEach(async () => {
    for (const bench of benches) await bench.close();
    benches = [];
  });

  async function open(): Promise<{ readonly bench: Bench; readonly id: string }> {
    const bench = await openBench();
    benches.push(bench);
    const { id } = await bench.engine.curate.add({ code: POLL, path: 'poll.js' });
    return { bench, id };
  }

  const ratingsOf = async ({ engine }: Bench, id: string): Promise<readonly unknown[]> =>
    ((await engine.patterns.detail(id))?.ratings ?? []).map(({ by, rating, standing }) =>
      [by, rating, standing].join(' '),
    );

  const rateAsBefore = (bench: Bench, pattern: string, rating: 1 | 5): void => {
    const folder = createTemporaryFolder({});
    const journal = openTestJournal(folder.path);
    journal.append([{ type: 'rating', pattern, rating, session: null, task: null, by: NAME }]);
    cpSync(journal.folder, join(bench.library, 'journal'), { recursive: true });
    journal.close();
    folder.remove();
  };

  it('stay two when their libraries are merged', async () => {
    const { bench, id } = await open();
    await bench.engine.curate.rate(id, 5, {});
    const { bench: other } = await open();
    await other.engine.curate.rate(id, 1, {});
    cpSync(join(other.library, 'journal'), join(bench.library, 'journal'), { recursive: true });
    const { id: theirs } = JSON.parse(readFileSync(join(other.library, 'person.json'), 'utf8')) as {
      id: string;
    };
    assert.deepEqual((await ratingsOf(bench, id)).toSorted(), [
      `${NAME} (${theirs.slice(0, 4)}) 1 inForce`,
      `${NAME} 5 inForce`,
    ]);
    const detail = await bench.engine.patterns.detail(id);
    assert.deepEqual(detail?.row.thumbs, { up: 1, down: 1, own: 5 });
    assert.equal((await bench.engine.curate.rate(id, 4, {})).ratingCount, 2);
  });

  it('who rated before ids were made keep their ratings, and those of others do not become theirs', async () => {
    const { bench, id } = await open();
    rateAsBefore(bench, id, 1);
    assert.deepEqual((await bench.engine.patterns.detail(id))?.row.thumbs.own, 1);
    assert.equal((await bench.engine.curate.rate(id, 5, {})).ratingCount, 1);
    assert.deepEqual(await ratingsOf(bench, id), [`${NAME} 5 inForce`, `${NAME} 1 replaced`]);
    rateAsBefore(bench, id, 1);
    const detail = await bench.engine.patterns.detail(id);
    assert.deepEqual(detail?.row.thumbs, { up: 1, down: 1, own: 5 });
    assert.ok((await ratingsOf(bench, id)).includes(`${NAME} (2) 1 inForce`));
    await bench.engine.library.compact();
    await bench.engine.library.doctor('rebuild');
    assert.deepEqual((await bench.engine.patterns.detail(id))?.row.thumbs, detail.row.thumbs);
  });

  it('keep their id in a private file through processes', async () => {
    const { bench, id } = await open();
    await bench.engine.curate.rate(id, 5, {});
    const file = join(bench.library, 'person.json');
    const text = readFileSync(file, 'utf8');
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o077, 0);
    await bench.reopen();
    assert.equal((await bench.engine.curate.rate(id, 1, {})).ratingCount, 1);
    assert.equal(readFileSync(file, 'utf8'), text);
  });
});
