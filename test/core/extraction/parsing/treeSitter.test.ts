import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { DEFAULT_BUDGET } from '../../../../src/core/extraction/parsing/parseBudget.ts';
import {
  openGrammars,
  type Capture,
  type Grammar,
  type SyntaxTree,
} from '../../../../src/core/extraction/parsing/treeSitter.ts';
import { LANGUAGES } from '../../../../src/core/model/code.ts';
import { ASSETS } from '../../../support/assets.ts';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/code');

describe('the grammars', () => {
  it('load with their queries for every language', async () => {
    const grammars = await openGrammars(ASSETS);
    for (const language of LANGUAGES) {
      const grammar = await grammars.load(language);
      const tree = parse(grammar, '');
      assert.ok(tree);
      assert.deepEqual(grammar.captures(tree, 'all'), []);
      tree.delete();
    }
    grammars.close();
  });

  it('give up on text that takes far more work than its length, and go on with the next', async () => {
    const grammars = await openGrammars(ASSETS, {
      ...DEFAULT_BUDGET,
      steps: 1_000,
      stepsPerCharacter: 0.01,
    });
    const grammar = await grammars.load('javascript');
    const hopeless = parse(grammar, 'a => b '.repeat(2_000));
    assert.equal(hopeless, undefined);
    const tree = parse(grammar, 'a => b');
    assert.ok(tree);
    assert.equal(tree.hasError, false);
    tree.delete();
    grammars.close();
  });

  for (const language of LANGUAGES) {
    it(`find in all of a ${language} file what they find stretch by stretch`, async () => {
      const grammars = await openGrammars(ASSETS);
      const grammar = await grammars.load(language);
      const texts = readdirSync(join(FIXTURES, language))
        .filter((file) => file.includes('.in.'))
        .map((file) => readFileSync(join(FIXTURES, language, file), 'utf8'));
      let found = 0;
      // Code that is broken off has nodes of errors and missing ones.
      for (const text of texts.flatMap((whole) => [whole, whole.slice(0, whole.length * 0.7)])) {
        const tree = parse(grammar, text);
        assert.ok(tree);
        for (const what of ['all', 'outline'] as const) {
          const scanned: readonly string[] = grammar.captures(tree, what).map(show);
          const whole = { startIndex: 0, endIndex: text.length };
          assert.deepEqual(scanned, grammar.captures(tree, what, whole).map(show));
          found += scanned.length;
        }
        tree.delete();
      }
      assert.ok(found > 20);
      grammars.close();
    });
  }
});

function parse(grammar: Grammar, text: string): SyntaxTree | undefined {
  return grammar.parse(text, grammar.startMeter(text.length));
}

/** All that may be asked of the node of a capture. */
function show({ name, startIndex, endIndex, node }: Capture): string {
  const around: unknown[] = [];
  for (let outer = node.parent; outer !== null && around.length < 5; outer = outer.parent) {
    around.push([outer.type, outer.startIndex, outer.endIndex, outer.hasError]);
  }
  return JSON.stringify([
    [name, startIndex, endIndex],
    [node.type, node.startIndex, node.endIndex, node.hasError, node.childCount],
    [node.child(0)?.startIndex, node.namedChild(0)?.endIndex],
    node.childForFieldName('name')?.startIndex,
    around,
  ]);
}
