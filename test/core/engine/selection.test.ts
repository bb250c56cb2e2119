import assert from 'node:assert/strict';
import { openBench, type Bench } from '../../support/engine.ts';
import { listed } from '../../support/found.ts';

const FIND = `find(list, key) {
  for (const item of list) {
    if (item.key === key) return item;
  }
  return undefined;
}`;
const indent = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);

describe('what is kept of a selection', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    await bench.close();
  });
  const kept = async (code: string, path: string) =>
    (await bench.engine.curate.addFragments({ code, path })).map(({ kind, name }) => [kind, name]);

  it('is every outermost function, class and test, however small', async () => {
    const code = `const one = (a) => a + 1;
class Two { three() { return () => 4; } }
it('five', () => { six(); });`;
    assert.deepEqual(await kept(code, 'a.js'), [
      ['function', 'one'],
      ['class', 'Two'],
      ['test', 'five'],
    ]);
  });

  it('is the same pattern as its occurrences, be it indented or begun in the middle of a line', async () => {
    const method = indent(FIND, '  ');
    bench.write('list.ts', `export class List {\n${method}\n}\n`);
    await bench.extract();
    const known = (await listed(bench.engine, { kind: { any: ['function'] } }, 5)).patterns[0]?.id;
    assert.notEqual(known, undefined);
    for (const code of [FIND, method, method.trimStart(), indent(method, '\t')]) {
      const [pattern] = await bench.engine.curate.addFragments({ code, path: 'list.ts' });
      assert.equal(pattern?.id, known, code);
    }
  });

  it('is what the selection holds whole', async () => {
    const code = `  return 1;\n}\n\nfunction whole(a) {\n  return a;\n}\n\nfunction cut(b) {\n  if (b) {`;
    assert.deepEqual(await kept(code, 'a.js'), [['function', 'whole']]);
  });

  it('is methods without their class in languages that have no others', async () => {
    const java = 'int add(int a, int b) {\n    return a + b;\n}';
    assert.deepEqual(await kept(indent(java, '    '), 'A.java'), [['function', 'add']]);
    const php = 'public function add($a, $b) {\n    return $a + $b;\n}';
    assert.deepEqual(await kept(php, 'a.php'), [['function', 'add']]);
  });

  it('is nothing where there is neither function nor class nor test', async () => {
    assert.deepEqual(await kept('const a = 1;', 'a.js'), []);
    assert.deepEqual(await kept('', 'a.js'), []);
  });

  it('is refused where no grammar reads it', async () => {
    await assert.rejects(kept('# title', 'a.md'), { code: 'unsupported-language' });
  });
});
