import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { listed } from '../../../support/engine/found.ts';

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

  it('is kept although its file, or the folder around it, was deleted in the meantime', async () => {
    bench.write('kept/there.py', 'x = 1\n');
    const saved = async (path: string, code: string) => {
      const place = { file: join(bench.project, path), firstLine: 0, lastLine: 1 };
      const { id } = await bench.engine.curate.add({ code, path, place });
      return (await bench.engine.patterns.show(id))?.occurrences.map((one) => one.path);
    };
    const code = 'def add_all(items):\n    return sum(items)\n';
    assert.deepEqual(await saved('kept/gone.py', code), ['gone.py']);
    assert.deepEqual(await saved('lost/gone.py', code.replaceAll('add', 'count')), []);
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

  it('keeps its place, and is first of what one would use again in its project', async () => {
    bench.write('list.ts', `export class List {\n${indent(FIND, '  ')}\n}\n`);
    await bench.extract();
    const place = { file: join(bench.project, 'src/any.ts'), firstLine: 4, lastLine: 8 };
    bench.write('src/any.ts', '');
    await bench.engine.curate.add({ code: FIND.replace('find', 'seek'), path: 'any.ts', place });
    const { rows } = await bench.engine.find.patterns({
      ...{ text: '', tab: 'reuse', folders: [bench.project] },
    });
    const [first] = rows;
    assert.equal(first?.group, 'own');
    const saved = await bench.engine.patterns.show(first.id);
    assert.match(saved?.provenance.path ?? '', /any\.ts$/);
    assert.deepEqual(saved?.provenance.range?.start, { line: 4, character: 0 });
  });

  it('is proposed a name and a description, and told of what it cuts off', async () => {
    const text = `/** Finds the first of a key. */\nfunction ${FIND}\n`;
    const [code, ofLines] = [text.trimEnd(), text.split('\n').slice(1, 4).join('\n')];
    const propose = (draft: string, firstLine: number, lastLine: number) =>
      bench.engine.curate.propose(
        { code: draft, path: 'a.js', place: { file: '/a.js', firstLine, lastLine } },
        text,
      );
    const whole = await propose(code, 0, 6);
    assert.deepEqual(whole, {
      name: 'find',
      description: 'Finds the first of a key.',
      cutOff: undefined,
    });
    const part = await propose(ofLines, 1, 3);
    assert.deepEqual([part.cutOff?.name, part.cutOff?.lastLine], ['find', 6]);
    // What stands within it is a piece of code of its own.
    assert.equal((await propose('if (item.key === key) return item;', 3, 3)).cutOff, undefined);
  });
});
