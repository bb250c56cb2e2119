import assert from 'node:assert/strict';

import type { FindPage } from '../../../../src/core/model/api/find.ts';
import type { Pattern } from '../../../../src/core/model/pattern.ts';
import { findHoles } from '../../../../src/extension/insert/holes.ts';
import { toSnippet } from '../../../../src/extension/insert/snippet.ts';
import { filesBelow, openBench, type Bench } from '../../../support/engine/engine.ts';
import { noise } from '../../../support/engine/idioms.ts';

const TABLES = ['orders', 'tickets', 'labels', 'parcels', 'vouchers'];

/** In a secret's form, though nobody's key. */
const KEY = 'AKIAYTREWQZXCVBNMLKJ';

function loading(table: string, note = ''): string {
  return `from store.session import open_session, audit_log


def load_${table}(key):
    row = open_session().lookup("${table}", key)
    if row is None:
        audit_log.record_missing("${table}", key)
        raise MissingRow(key)
    return row${note}
`;
}

describe('idioms of a project', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
    for (const [path, text] of Object.entries(noise('misc'))) bench.write(path, text);
  });
  afterEach(() => bench.close());

  function plant(tables: readonly string[]): void {
    for (const table of tables) bench.write(`store/${table}.py`, loading(table));
  }

  function list(
    query: Partial<Parameters<typeof bench.engine.find.patterns>[0]> = {},
  ): Promise<FindPage> {
    return bench.engine.find.patterns({ text: '', filter: { kind: { any: ['idiom'] } }, ...query });
  }

  async function shown(): Promise<readonly Pattern[]> {
    const { rows } = await list();
    const patterns = await Promise.all(rows.map(({ id }) => bench.engine.patterns.show(id)));
    return patterns.filter((pattern) => pattern !== undefined);
  }

  it('are the same when they come back, and stay forgotten', async () => {
    plant(TABLES);
    await bench.extract();
    const [idiom] = await shown();
    const id = idiom?.id ?? '';
    const { jobs, curate, packs } = bench.engine;
    const { text } = await jobs.export({ format: 'pack', ids: [id] }, undefined);
    const comeBack = async (): Promise<readonly unknown[]> => {
      const { imported, unchanged } = await jobs.import({ text }, 'back');
      return [imported, unchanged];
    };
    assert.deepEqual(await comeBack(), [0, 1]);
    await packs.write({ ids: [id] }, bench.project);
    const read = await packs.read(bench.project, false);
    assert.deepEqual([read?.patterns, read?.added, read?.waiting], [1, [], []]);
    await curate.forget({ pattern: id }, false);
    assert.deepEqual(await comeBack(), [0, 1]);
  });

  it('keep their file when they are written again under another name', async () => {
    plant(TABLES);
    await bench.extract();
    const [idiom] = await shown();
    const id = idiom?.id ?? '';
    const { curate, packs } = bench.engine;
    const first = await packs.write({ ids: [id] }, bench.project);
    await curate.edit(id, { name: 'row or missing' });
    const second = await packs.write({ ids: [id] }, bench.project);
    assert.deepEqual(second.written, first.written);
    const read = await packs.read(bench.project, false);
    assert.deepEqual([read?.patterns, read?.problems], [1, []]);
  });

  it('are listed from five places on, with places, files, holes and an example', async () => {
    plant(TABLES);
    await bench.extract();
    const [idiom, ...others] = await shown();
    assert.deepEqual(others, []);
    assert.equal(idiom?.support, 5);
    assert.deepEqual(
      idiom.occurrences.map(({ path, range }) => `${path ?? ''}:${String(range?.start.line)}`),
      TABLES.map((table) => `store/${table}.py:4`).sort(),
    );
    assert.ok('code' in idiom);
    assert.equal(idiom.template.split('\n')[0], 'row = open_session().lookup($1, key)');
    assert.equal(idiom.holes?.[0]?.values.length, 5);
    assert.match(idiom.code, /lookup\("\w+", key\)/);
    assert.ok(TABLES.some((table) => idiom.provenance.path === `store/${table}.py`));
  });

  it('are found again in the folder: as they were, in a file that changed, or gone with it', async () => {
    plant(TABLES);
    await bench.extract();
    const [idiom] = await shown();
    assert.ok(idiom !== undefined);
    const states = async (): Promise<readonly string[]> => {
      const places = await bench.engine.patterns.locate(idiom.id, [bench.project]);
      return places.map(({ state }) => state);
    };
    assert.deepEqual(
      await states(),
      Array.from(TABLES, () => 'unchanged'),
    );
    bench.write('store/labels.py', loading('labels').replace('record_missing', 'forget'));
    bench.write('store/orders.py', undefined);
    assert.deepEqual(await states(), ['changed', 'gone', 'unchanged', 'unchanged', 'unchanged']);
  });

  it('of three or four places are candidates, which only all versions list', async () => {
    plant(TABLES.slice(0, 4));
    await bench.extract();
    const page = await list();
    assert.deepEqual(page.rows, []);
    assert.match(page.emptyReason?.text ?? '', /--all-versions lists 1 /);
    assert.equal((await list({ versions: 'all' })).rows.length, 1);
  });

  it('that there are none of are explained in one line', async () => {
    await bench.extract();
    const { emptyReason } = await list();
    assert.match(emptyReason?.text ?? '', /usual for small projects/);
    assert.equal((await list({ filter: { kind: { any: ['fix'] } } })).emptyReason, undefined);
  });

  it('keep their id and their rating when a place is added, and go with their places', async () => {
    plant(TABLES);
    await bench.extract();
    const [before] = await shown();
    await bench.engine.curate.rate(before?.id ?? '', 5, {});
    plant(['invoices']);
    await bench.extract();
    const [after] = await shown();
    assert.equal(after?.id, before?.id);
    assert.deepEqual([after?.support, after?.ratingCount], [6, 1]);
    for (const table of [...TABLES.slice(1), 'invoices']) {
      bench.write(`store/${table}.py`, undefined);
    }
    await bench.extract();
    assert.deepEqual(
      (await list()).rows.map(({ support }) => support).filter((n) => n > 1),
      [],
    );
  });

  it('are not recorded again while nothing changes', async () => {
    plant(TABLES);
    await bench.extract();
    const size = (): number =>
      [...filesBelow(`${bench.library}/journal`).values()].reduce(
        (sum, { length }) => sum + length,
        0,
      );
    const before = size();
    await bench.extract();
    assert.equal(size(), before);
  });

  it('wait for the next full run when single files are saved', async () => {
    plant(TABLES);
    await bench.extract();
    plant(['invoices']);
    await bench.extract({ paths: ['store/invoices.py'] });
    assert.equal((await shown())[0]?.support, 5);
    await bench.extract();
    assert.equal((await shown())[0]?.support, 6);
  });

  it('are found by their words', async () => {
    plant(TABLES);
    await bench.extract();
    const { rows } = await list({ text: 'record missing row audit log' });
    assert.equal(rows[0]?.kind, 'idiom');
  });

  it('are inserted with their holes as tab stops, equal ones linked', async () => {
    plant(TABLES);
    await bench.extract();
    const [idiom] = await shown();
    assert.ok(idiom !== undefined && 'code' in idiom);
    const indented = idiom.code.replaceAll('\n', '\n        ');
    const snippet = toSnippet(indented, findHoles(idiom, indented));
    const value = /lookup\(("\w+"), key\)/.exec(idiom.code)?.[1] ?? '';
    assert.equal(snippet.split(`\${1:${value}}`).length, 3, snippet);
  });

  it('hold no secret of what they were mined from', async () => {
    for (const table of TABLES) {
      bench.write(
        `store/${table}.py`,
        loading(table, `\n\n\naws_key = "${KEY}"`).replace(
          'row = open_session()',
          `row = open_session("${KEY}")`,
        ),
      );
    }
    await bench.extract();
    assert.equal((await shown()).length, 1);
    await bench.reopen();
    for (const [path, bytes] of filesBelow(bench.library)) {
      assert.ok(!bytes.includes(KEY), path);
    }
  });

  it('show nothing any more of code that is purged, also when they are mined anew', async () => {
    plant(TABLES);
    await bench.extract();
    const { rows } = await list({ filter: { kind: { any: ['function'] } } });
    const id = rows.find(({ name }) => name.startsWith('load_'))?.id ?? '';
    await bench.engine.curate.forget({ pattern: id }, true);
    await bench.reopen();
    assert.deepEqual(await shown(), []);
    await bench.extract();
    assert.deepEqual(await shown(), []);
  });
});
