import assert from 'node:assert/strict';

import type { Idiom } from '../../../../src/core/model/code.ts';
import { noise, strangers, useMining, type Files } from '../../../support/engine/idioms.ts';

/** Where the shape stands that is planted, and what its places fill in. */
const PLANTED = [
  { file: 'store/orders.py', table: 'orders', row: 'order' },
  { file: 'store/tickets.py', table: 'tickets', row: 'ticket' },
  { file: 'store/labels.py', table: 'labels', row: 'label' },
  { file: 'store/parcels.py', table: 'parcels', row: 'parcel' },
  { file: 'store/vouchers.py', table: 'vouchers', row: 'voucher' },
];

function planted(table: string, row: string): string {
  return `from store.session import open_session, audit_log


def load_${row}(key):
    ${row} = open_session().lookup("${table}", key)
    if ${row} is None:
        audit_log.record_missing("${table}", key)
        raise MissingRow(key)
    return ${row}
`;
}

function project(): Files {
  return {
    ...noise('misc'),
    ...Object.fromEntries(PLANTED.map(({ file, table, row }) => [file, planted(table, row)])),
  };
}

function inFile(idioms: readonly Idiom[], part: string): readonly Idiom[] {
  return idioms.filter(({ template }) => template.includes(part));
}

describe('mining idioms', () => {
  const { mine } = useMining();

  it('finds a shape that was planted in five places, with exactly these places', async () => {
    const [idiom, ...others] = inFile(await mine(project()), 'record_missing');
    assert.deepEqual(others, []);
    assert.equal(
      idiom?.template,
      [
        '$1 = open_session().lookup($2, key)',
        'if $1 is None:',
        '    audit_log.record_missing($2, key)',
        '    raise MissingRow(key)',
        'return $1',
      ].join('\n'),
    );
    assert.deepEqual(
      idiom.places.map(({ path, range }) => `${path}:${String(range.start.line)}`),
      PLANTED.map(({ file }) => `${file}:4`).sort(),
    );
  });

  it('tells which values a hole takes and how often, and links holes that are equal everywhere', async () => {
    const files = project();
    const [idiom] = inFile(await mine(files), 'record_missing');
    assert.equal(idiom?.holes.length, 2);
    assert.deepEqual(
      idiom.holes[1]?.values,
      ['"labels"', '"orders"', '"parcels"', '"tickets"', '"vouchers"'].map((text) => ({
        text,
        count: 1,
      })),
    );
  });

  it('shows as example a place as it stands in its file', async () => {
    const files = project();
    const [idiom] = inFile(await mine(files), 'record_missing');
    const first = idiom?.code.split('\n')[0] ?? '';
    assert.ok(files[idiom?.example.path ?? '']?.includes(`    ${first}\n`), first);
    assert.ok(idiom?.places.includes(idiom.example));
  });

  it('tells the places that begin as it does and go on otherwise, and none where statements stand between', async () => {
    const lookup = 'from store.session import open_session, audit_log\n\n\ndef peek(key):\n';
    const found = '    found = open_session().lookup("lost", key)\n';
    const [idiom] = inFile(
      await mine({
        ...project(),
        'store/lost.py': `${lookup}${found}    return found.weight\n`,
        'store/late.py': `${lookup}${found}    audit_log.count(key)\n    if found is None:\n        audit_log.record_missing("lost", key)\n        raise MissingRow(key)\n    return found.size\n`,
      }),
      'record_missing',
    );
    assert.deepEqual(
      idiom?.deviations.map(({ path, range }) => `${path}:${String(range.start.line)}`),
      ['store/lost.py:4'],
    );
  });

  it('gives the same whatever the order of the files', async () => {
    const files = project();
    const sorted = await mine(files);
    const shuffled = Object.fromEntries(
      Object.entries(files).sort(
        ([a], [b]) => ((a.length * 7) % 5) - ((b.length * 7) % 5) || (a < b ? 1 : -1),
      ),
    );
    assert.notDeepEqual(Object.keys(shuffled), Object.keys(files));
    assert.deepEqual(await mine(shuffled), sorted);
  });

  it('keeps the key when a place is added that differs in what it fills in', async () => {
    const files = project();
    const more = { ...files, 'store/invoices.py': planted('invoices', 'invoice') };
    const [idiom] = inFile(await mine(files), 'record_missing');
    const [grown] = inFile(await mine(more), 'record_missing');
    assert.equal(grown?.places.length, 6);
    assert.equal(grown.key, idiom?.key);
  });

  it('finds none in two copies of a file', async () => {
    const text = PLANTED.map(({ table, row }) => planted(table, row)).join('\n');
    const copies = { ...noise('misc'), 'one/all.py': text, 'two/all.py': text };
    assert.deepEqual(inFile(await mine(copies), 'record_missing'), []);
  });

  it('finds none in a project whose files share nothing', async () => {
    assert.deepEqual(await mine(noise('misc')), []);
  });

  it('finds none in methods that only hand on what they are given', async () => {
    const files = Object.fromEntries(
      [...PLANTED, ...PLANTED, ...PLANTED].map(({ table, row }, at) => [
        `render/${row}${at}.go`,
        `package render\n\nfunc (r ${row}Page${at}) AnnounceContent(w wire.ResponseWriter) {\n\tannounceContent(w, ${table}Mime)\n}\n`,
      ]),
    );
    assert.deepEqual(inFile(await mine({ ...noise('misc'), ...files }), 'announceContent'), []);
  });

  it('keeps tests apart from other code', async () => {
    const files = project();
    const tests = Object.fromEntries(
      PLANTED.map(({ table, row }) => [`tests/test_${row}.py`, planted(table, row)]),
    );
    const idioms = inFile(await mine({ ...files, ...noise('tests'), ...tests }), 'record_missing');
    assert.deepEqual(
      idioms.map(({ isTest, places }) => [isTest, places.length]),
      [
        [false, 5],
        [true, 5],
      ],
    );
    assert.notEqual(idioms[0]?.key, idioms[1]?.key);
  });

  it('counts the tests that Rust keeps in files of code as tests', async () => {
    const body = (name: string): string => `
pub fn ${name}(a: u8) -> u8 { a }

#[cfg(test)]
mod tests {
    fn checks_${name}() {
        let store = TempStore::create("${name}").expect("a store");
        let ledger = Ledger::open(&store).unwrap();
        ledger.verify_balance("${name}");
    }
}
`;
    const names = strangers(12);
    const idioms = await mine(
      Object.fromEntries(names.map((name) => [`src/${name}.rs`, body(name)])),
    );
    assert.ok(idioms.some(({ template }) => template.includes('TempStore')));
    assert.deepEqual(
      idioms.filter(({ isTest }) => !isTest),
      [],
    );
  });

  it('leaves comments out of the template and keeps them in the example', async () => {
    const files = Object.fromEntries(
      Object.entries(project()).map(([path, text]) => [
        path,
        text.replace('    if ', '    # nothing there\n    if '),
      ]),
    );
    const [idiom] = inFile(await mine(files), 'record_missing');
    assert.match(idiom?.code ?? '', /# nothing there/);
    assert.doesNotMatch(idiom?.template ?? '#', /#/);
  });

  it('ends as soon as it is told to', async () => {
    const stop = new Error('stopped');
    await assert.rejects(
      mine(project(), () => Promise.reject(stop)),
      stop,
    );
  });

  it('takes no more for deep nesting than its size warrants', async () => {
    const deep = `x = ${'('.repeat(3_000)}1${')'.repeat(3_000)}\n`;
    const files = { 'a.py': deep, 'b.py': deep, 'c.py': deep, 'd.py': 'y = 1\n' };
    assert.deepEqual(await mine(files), []);
  });
});
