import assert from 'node:assert/strict';

import { openGrammars } from '../../../src/core/extraction/treeSitter.ts';
import { LANGUAGES } from '../../../src/core/model/code.ts';
import { ASSETS } from '../../support/assets.ts';

describe('the grammars', () => {
  it('load with their queries for every language', async () => {
    const grammars = await openGrammars(ASSETS);
    for (const language of LANGUAGES) {
      const grammar = await grammars.load(language);
      const tree = grammar.parse('');
      assert.ok(tree);
      assert.deepEqual(grammar.captures(tree, 'all'), []);
      tree.delete();
    }
    grammars.close();
  });

  it('give up on text that takes far more work than its length, and go on with the next', async () => {
    const grammars = await openGrammars(ASSETS, { steps: 1_000, stepsPerCharacter: 0.01 });
    const grammar = await grammars.load('javascript');
    const hopeless = grammar.parse('a => b '.repeat(2_000));
    assert.equal(hopeless, undefined);
    const tree = grammar.parse('a => b');
    assert.ok(tree);
    assert.equal(tree.hasError, false);
    tree.delete();
    grammars.close();
  });
});
