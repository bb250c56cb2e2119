import assert from 'node:assert/strict';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

function functionNamed(name: string, word: string): string {
  return `def ${name}(items):\n    """Keeps items that are ${word}."""\n    kept = []\n    for item in items:\n        if item.${word} and item.ready:\n            kept.append(item)\n    return kept\n`;
}

describe('the best patterns of a project for a file', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
    bench.write('a.py', functionNamed('keep_new', 'fresh'));
    bench.write('b.py', functionNamed('keep_old', 'stale').replace('and', 'or'));
    await bench.extract();
  });
  afterEach(() => bench.close());

  it('are its own, the most valuable first, with origin and code, within the budget', async () => {
    const { engine, project: folder } = bench;
    const { rows } = await engine.find.patterns({ text: 'stale items', minRelevance: 0 });
    await engine.curate.rate(rows[0]?.id ?? '', 5, {});
    const { section, patterns, tokens } = await engine.prompts.guide({ folder });
    assert.equal(patterns.length, 2);
    assert.equal(patterns[0], rows[0]?.id);
    assert.match(section, /^## Patterns of this project\n[^]*### Keeps items that are stale\./);
    assert.match(section, /```python\ndef keep_old/);
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
    assert.match(section, /### Call these instead of writing them again\n[^]*def keep_new/);
    assert.doesNotMatch(section, /get_color|get_owner/);
  });

  it('are none of a folder that nobody learned from', async () => {
    const other = await openBench();
    const { section, patterns } = await bench.engine.prompts.guide({ folder: other.project });
    assert.deepEqual([section, patterns], ['', []]);
    await other.close();
  });
});
