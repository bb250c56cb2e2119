import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';

import { openEngine } from '../../../../src/core/engine/open.ts';
import type { Journal } from '../../../../src/core/library/journal/journal.ts';
import type { FindPage, FindQuery } from '../../../../src/core/model/api/find.ts';
import type { Engine } from '../../../../src/core/model/engine.ts';
import type { PatternId, Rating } from '../../../../src/core/model/pattern.ts';
import { personName } from '../../../../src/core/sources/person.ts';
import { ASSETS } from '../../../support/assets.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import {
  newJournalFolder,
  openTestJournal,
  removeLibraries,
} from '../../../support/library/journal.ts';

const CODE = {
  clamp:
    'function clampRange(value, low, high) {\n  return Math.min(high, Math.max(low, value));\n}',
  retry: 'async function retryRequest(send) {\n  for (;;) {\n    await send();\n  }\n}',
  parse: 'def parse_header(line):\n    return line.split(":", 1)\n',
};

/** A pack of one pattern, as somebody else would share it. */
async function packOf(code: string, name: string): Promise<string> {
  const other = await openBench();
  try {
    await other.engine.curate.add({ code, name, path: 'a.py' });
    return (await other.engine.jobs.export({ format: 'pack' }, undefined)).text;
  } finally {
    await other.close();
  }
}

describe('browsing', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
    const { engine } = bench;
    await engine.curate.add({ code: CODE.clamp, name: 'clampRange', path: 'a.js', tags: ['math'] });
    await engine.curate.add({
      code: CODE.retry,
      name: 'retryRequest',
      path: 'a.js',
      tags: ['net', 'slow'],
    });
    await engine.curate.add({
      code: CODE.parse,
      name: 'parse_header',
      path: 'a.py',
      tags: ['net'],
    });
  });
  afterEach(() => bench.close());

  const browse = (query: Partial<FindQuery> = {}): Promise<FindPage> =>
    bench.engine.find.patterns({
      ...{ text: '', order: 'value', limit: 50, atOnce: true, facets: true },
      ...query,
    });
  const names = ({ rows }: FindPage): readonly string[] => rows.map(({ name }) => name).sort();
  const only = async (text: string): Promise<string> => {
    const [row] = (await browse({ text, order: 'relevance' })).rows;
    assert.ok(row);
    return row.id;
  };

  it('gives one window and the total of all', async () => {
    const all = await browse();
    assert.equal(all.total, 3);
    const pages = [await browse({ limit: 2 }), await browse({ offset: 2, limit: 2 })];
    assert.deepEqual(
      pages.flatMap(({ rows }) => rows),
      all.rows,
    );
    assert.deepEqual(
      pages.map(({ total }) => total),
      [3, 3],
    );
    assert.deepEqual([...new Set(all.rows.map(({ path }) => path))], [null]);
    assert.deepEqual(all.library, { live: 3, quarantined: 0, packs: [] });
  });

  it('counts what would remain under one more value, and the alternatives of what is asked', async () => {
    const { facets, total } = await browse({ filter: { language: { any: ['javascript'] } } });
    assert.equal(total, 2);
    assert.deepEqual(facets.language, [
      { value: 'javascript', count: 2 },
      { value: 'python', count: 1 },
    ]);
    assert.deepEqual(
      facets.tag.filter(({ value }) => ['math', 'net', 'slow'].includes(value)),
      ['math', 'net', 'slow'].map((value) => ({ value, count: 1 })),
    );
    for (const { value, count } of facets.tag) {
      assert.equal(
        (
          await browse({
            filter: { language: { any: ['javascript'] }, tag: { any: [value] } },
          })
        ).total,
        count,
      );
    }
    const none = await browse({
      filter: { language: { any: ['javascript'] }, tag: { any: ['absent'] } },
    });
    assert.equal(none.total, 0);
    assert.deepEqual(none.facets.language, [{ value: 'javascript', count: 0 }]);
  });

  it('answers a text by words, and counts only what answers it', async () => {
    const page = await browse({ text: 'retry request', order: 'relevance' });
    assert.deepEqual(names(page), ['retryRequest']);
    assert.deepEqual(page.facets.language, [{ value: 'javascript', count: 1 }]);
    assert.equal(
      (await browse({ text: 'retry request', filter: { language: { any: ['python'] } } })).total,
      0,
    );
    assert.equal((await browse({ text: 'nothing of that kind' })).total, 0);
  });

  it('lists what is quarantined by itself, and finds it by its words', async () => {
    const pack = await packOf('def read_token(text):\n    return text.strip()\n', 'read_token');
    await bench.engine.jobs.import({ text: pack }, 'theirs');
    const page = await browse({ state: 'quarantined' });
    assert.deepEqual(names(page), ['read_token']);
    assert.equal(page.rows[0]?.pack, 'theirs');
    assert.deepEqual(page.library, {
      live: 3,
      quarantined: 1,
      packs: [{ value: 'theirs', count: 1 }],
    });
    assert.equal((await browse({ state: 'quarantined', text: 'TOKEN read' })).total, 1);
    assert.equal((await browse({ state: 'quarantined', text: 'token write' })).total, 0);
    assert.equal((await browse()).total, 3);
  });

  it('names each pack that waits, whatever part of the list is asked for', async () => {
    const { engine } = bench;
    const theirs = await packOf('def read_token(text):\n    return text.strip()\n', 'read_token');
    const ours = await packOf('def count_words(text):\n    return len(text.split())\n', 'count');
    const more = await packOf('def last_word(text):\n    return text.split()[-1]\n', 'last');
    await engine.jobs.import({ text: theirs }, 'theirs');
    await engine.jobs.import({ text: ours }, 'ours');
    await engine.jobs.import({ text: more }, 'theirs');
    const packs = [
      { value: 'ours', count: 1 },
      { value: 'theirs', count: 2 },
    ];
    for (const query of [{}, { limit: 0 }, { state: 'quarantined', text: 'token' }] as const) {
      assert.deepEqual((await browse(query)).library.packs, packs);
    }
    await engine.curate.accept({ pack: 'theirs' });
    assert.deepEqual((await browse()).library.packs, packs.slice(0, 1));
  });

  it('changes its order at once when something is rated, and back', async () => {
    const [, , last] = (await browse()).rows;
    assert.ok(last);
    const first = async (): Promise<unknown> => {
      const [row] = (await browse({ order: 'success' })).rows;
      return [row?.id === last.id, row?.thumbs];
    };
    await bench.engine.curate.rate(last.id, 5, {});
    assert.deepEqual(await first(), [true, { up: 1, down: 0, own: 5 }]);
    await bench.engine.curate.rate(last.id, 1, {});
    assert.deepEqual(await first(), [false, { up: 0, down: 0, own: null }]);
    await bench.engine.curate.rate(last.id, undefined, {});
    assert.deepEqual(await browse(), await browse());
    assert.deepEqual(
      (await browse()).rows.map(({ thumbs }) => thumbs.own),
      [null, null, null],
    );
  });

  it('counts each use, which lasts, apart from how often it was shown', async () => {
    const { id } = await bench.engine.curate.add({ code: CODE.clamp, name: 'again', path: 'a.js' });
    assert.equal((await bench.engine.patterns.detail(id))?.uses, 0);
    await bench.engine.outcomes.recordUse(id, 'inserted');
    await bench.engine.outcomes.recordUse(id, 'chat');
    await bench.reopen();
    assert.equal((await bench.engine.patterns.detail(id))?.uses, 2);
    assert.equal((await bench.engine.library.stats()).uses, 2);
    await assert.rejects(bench.engine.outcomes.recordUse('0000000000000000', 'copied'), {
      code: 'pattern-not-found',
    });
  });

  it('tells everything of one pattern', async () => {
    const id = await only('parse header');
    await bench.engine.curate.rate(id, 2, { session: 's', task: 't' });
    await bench.engine.curate.rate(id, 4, {});
    const detail = await bench.engine.patterns.detail(id);
    assert.equal(detail?.pattern.name, 'parse_header');
    assert.deepEqual(detail.row.thumbs, { up: 1, down: 1, own: 4 });
    assert.deepEqual(
      detail.ratings.map(({ rating, session, task }) => [rating, session, task]),
      [
        [4, null, null],
        [2, 's', 't'],
      ],
    );
    assert.deepEqual(detail.variants, []);
    assert.equal(await bench.engine.patterns.detail('0000000000000000'), undefined);
  });
});

describe('two people with one library', () => {
  let bench: Bench;
  let theirs: Journal;
  beforeEach(async () => {
    bench = await openBench();
    theirs = openTestJournal(newJournalFolder());
  });
  afterEach(async () => {
    theirs.close();
    await bench.close();
    removeLibraries();
  });

  /** Bob says it in a library of his own, whose journal then joins this one. */
  function hearFromBob(pattern: PatternId, rating: Rating | null): void {
    const said = { pattern, rating, session: null, task: null, by: 'bob' } as const;
    theirs.append([{ type: 'rating', ...said }]);
    cpSync(theirs.folder, join(bench.library, 'journal'), { recursive: true });
  }

  it('do not replace each other’s ratings', async () => {
    const { id } = await bench.engine.curate.add({ code: CODE.clamp, path: 'a.js' });
    const thumbs = async (): Promise<unknown> =>
      (await bench.engine.patterns.detail(id))?.row.thumbs;
    hearFromBob(id, 1);
    assert.deepEqual(await thumbs(), { up: 0, down: 1, own: null });
    assert.equal((await bench.engine.curate.rate(id, 5, {})).ratingCount, 2);
    assert.deepEqual(await thumbs(), { up: 1, down: 1, own: 5 });
    assert.deepEqual(
      (await bench.engine.patterns.detail(id))?.ratings.map(({ by }) => by).sort(),
      ['bob', personName({})].sort(),
    );
    hearFromBob(id, null);
    assert.deepEqual(await thumbs(), { up: 1, down: 0, own: 5 });
    assert.equal((await bench.engine.curate.rate(id, undefined, {})).ratingCount, 0);
  });
});

describe('two processes with one library', () => {
  let bench: Bench;
  let beside: Engine;
  beforeEach(async () => {
    bench = await openBench();
    beside = await openEngine({
      library: bench.library,
      assetsDir: ASSETS,
      folder: undefined,
      env: {},
      now: () => Date.now(),
      clockMs: () => performance.now(),
    });
  });
  afterEach(async () => {
    await beside.close();
    await bench.close();
  });

  it('are told of what the other and they themselves change, until they stop listening', async () => {
    let calls = 0;
    let onCall: () => void = () => undefined;
    const watching = bench.engine.watch(() => {
      calls++;
      onCall();
    });
    const told = async (change: () => Promise<unknown>): Promise<void> => {
      const called = new Promise<void>((resolve) => (onCall = resolve));
      await Promise.all([called, change()]);
    };
    await told(() => beside.curate.add({ code: CODE.clamp, path: 'a.js' }));
    await told(() => bench.engine.curate.add({ code: CODE.retry, path: 'a.js' }));
    watching.close();
    const before = calls;
    await beside.curate.add({ code: CODE.parse, path: 'a.py' });
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(calls, before);
  });
});
