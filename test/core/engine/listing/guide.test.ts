import assert from 'node:assert/strict';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository } from '../../../support/projects/repository.ts';

function functionNamed(name: string, word: string): string {
  return `def ${name}(items):\n    """Keeps items that are ${word}."""\n    kept = []\n    for item in items:\n        if item.${word} and item.ready:\n            kept.append(item)\n    return kept\n`;
}

/** Two functions that are not alike. */
const CODE = [
  'def keep_shop(items):\n    if not items:\n        return []\n    for one in items:\n        if one.is_open:\n            one.visit()\n    return items\n',
  'def keep_till(coins):\n    total = 0\n    while coins and total < 100:\n        total += coins.pop() if coins[-1] else 1\n    return total\n',
];

describe('the best patterns of a project for a file', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
    bench.write('a.py', functionNamed('keep_new', 'fresh'));
    bench.write('b.py', functionNamed('keep_old', 'stale').replace('and', 'or'));
    await bench.extract();
  });
  afterEach(() => bench.close());

  it('are its own, the most valuable first, with place and code, within the budget', async () => {
    const { engine, project: folder } = bench;
    const { rows } = await engine.find.patterns({ text: 'stale items', minRelevance: 0 });
    await engine.curate.rate(rows[0]?.id ?? '', 5, {});
    const { section, patterns, tokens } = await engine.prompts.guide({ folder });
    assert.equal(patterns.length, 2);
    assert.equal(patterns[0], rows[0]?.id);
    assert.match(section, /^## Patterns of this project\n/);
    assert.match(
      section,
      /\n- `keep_old` in `b\.py:1`.*: Keeps items that are stale\.:\n\n```python\ndef keep_old/,
    );
    const less = await engine.prompts.guide({ folder, tokenBudget: tokens - 1 });
    assert.equal(less.patterns.length, 1);
    assert.equal((await engine.prompts.guide({ folder, maxPatterns: 1 })).patterns.length, 1);
  });

  it('teach what recurs, what others call and what went wrong, and never what only hands out a value', async () => {
    const { engine, project: folder } = bench;
    const names = ['color', 'weight', 'maker', 'shelf', 'origin', 'owner'];
    for (const name of names) {
      bench.write(
        `parts/${name}.py`,
        `class ${name}_part:\n    def get_${name}(self):\n        """Return the ${name} this one was made with."""\n        return self.${name}\n`,
      );
      bench.write(
        `tests/test_${name}.py`,
        `from a import keep_new\n\n\ndef test_it():\n    assert keep_new([]) == ${name}_part().get_${name}()\n`,
      );
      bench.write(
        `users/${name}.py`,
        `from a import keep_new\nfrom parts.${name} import ${name}_part\n\n\ndef show_${name}(items):\n    return [keep_new(items), ${name}_part().get_${name}()]\n`,
      );
    }
    await bench.extract();
    const { section } = await engine.prompts.guide({ folder });
    const [, helpers = ''] = section.split('### Call these instead of writing them again\n');
    assert.match(helpers, /^\n- `keep_new\(items\)` in `a\.py:1`: Keeps items that are fresh\.\n/);
    assert.doesNotMatch(helpers, /get_color\(|```python\ndef keep_new/);
  });

  it('say how tests are built, with one of them', async () => {
    const { engine, project: folder } = bench;
    for (const name of ['new', 'old']) {
      bench.write(
        `checks/unit/test_${name}.py`,
        `import pytest\nfrom a import keep_${name}\n\n\ndef test_keeps_${name}():\n    with pytest.raises(ValueError):\n        keep_${name}(None)\n    for items in [[], [1]]:\n        assert ${name === 'new' ? 'keep_new(items) == []' : 'not keep_old(items + [2])'}\n`,
      );
    }
    await bench.extract();
    const { section } = await engine.prompts.guide({ folder });
    const [, tests = ''] = section.split('### How tests are built here\n');
    const facts = '\n- Tests run with `pytest`; they lie in `checks/unit/`.\n';
    assert.ok(tests.startsWith(`${facts}- For example \`test_keeps_`), section);
    assert.match(tests, /```python\ndef test_keeps_/);
  });

  for (const { files, told } of [
    {
      files: ['shop/test_a.py', 'till/test_b.py'],
      told: /^\n- Tests run with `pytest`; they lie beside what they test, as in `(?:shop|till)\/test_/,
    },
    {
      files: ['tests/unit/test_a.py', 'integration/test_b.py'],
      told: /^\n- Tests run with `pytest`; they lie in folders such as `\S+\/` and `\S+\/`\.\n/,
    },
  ]) {
    it(`say where tests lie: ${files.join(' and ')}`, async () => {
      const { engine, project: folder } = bench;
      for (const [at, name] of ['shop', 'till'].entries()) {
        bench.write(`${name}/code.py`, CODE[at] ?? '');
        bench.write(
          files[at] ?? '',
          `import pytest\nfrom ${name}.code import keep_${name}\n\n\ndef test_keeps_${name}():\n    with pytest.raises(ValueError):\n        keep_${name}(None)\n    for items in [[], [1]]:\n        assert ${at === 0 ? 'keep_shop(items) == []' : 'not keep_till(items + [2])'}\n`,
        );
      }
      await bench.extract();
      const { section } = await engine.prompts.guide({ folder });
      assert.match(section.split('### How tests are built here\n')[1] ?? section, told);
    });
  }

  it('tell what was mended in a sentence, with the commit, the reason and the line that changed', async () => {
    const repository = createRepository();
    const before = functionNamed('keep_new', 'fresh');
    const message =
      'Fix crash on missing items\n\nCallers hand in None where a shop has nothing to sell. More of it.\n\nReviewed-by: Jo';
    const [, commit = ''] = repository.commit([
      { message: 'Begin', files: { 'a.py': before } },
      { message, files: { 'a.py': before.replace('in items', 'in items or []') } },
    ]);
    repository.git('reset', '--hard');
    const other = await openBench(repository.folder);
    await other.extract();
    const { section } = await other.engine.prompts.guide({ folder: repository.folder });
    const [, lessons = ''] = section.split('### Mistakes made here before\n');
    const line = `- \`keep_new\` in \`a.py:1\` (\`${commit.slice(0, 10)}\`): Fix crash on missing items. Callers hand in None where a shop has nothing to sell. It was \`for item in items:\` and is \`for item in items or []:\`.`;
    assert.ok(lessons.includes(line), section);
    await other.close();
    repository.remove();
  });

  it('are none of a folder that nobody learned from', async () => {
    const other = await openBench();
    const { section, patterns } = await bench.engine.prompts.guide({ folder: other.project });
    assert.deepEqual([section, patterns], ['', []]);
    await other.close();
  });
});
