import assert from 'node:assert/strict';
import { heuristicCredit } from '../../../src/core/learning/credit/credit.ts';
import { contradict } from '../../../src/core/learning/lessons/abstractable.ts';
import { deedsOf } from '../../../src/core/learning/lessons/deeds.ts';
import { mendingStrategy } from '../../../src/core/learning/lessons/mendingStrategy.ts';
import { readStrategy, strategyText } from '../../../src/core/learning/lessons/strategy.ts';
import type { LoggedDeed } from '../../support/sessions/claudeLog.ts';
import { claudeSession } from '../../support/sessions/claudeSession.ts';

const PASSES: LoggedDeed = { run: 'pytest tests', output: '1 passed in 0.10s' };
const fails = (output: string): LoggedDeed => ({ run: 'pytest tests', output, fails: true });

async function drafted(...deeds: readonly LoggedDeed[]) {
  const session = await claudeSession(deeds);
  return mendingStrategy(session, deedsOf(session, heuristicCredit(session)));
}

describe('a strategy that a mended error teaches', () => {
  it('leaves names open that the error and what mended it have in common', async () => {
    const { strategy } = await drafted(
      fails("ModuleNotFoundError: No module named 'till'"),
      { edit: ['till/__init__.py', '', 'OPEN = True'] },
      PASSES,
    );
    assert.equal(strategy?.situation, 'ModuleNotFoundError: No module named <name>');
    assert.deepEqual(strategy.suggestion, ['add `<name>/__init__.py`', 'try again']);
    assert.deepEqual(strategy.parameters, ['name']);
    assert.deepEqual(strategy.steps, [1, 2, 3]);
  });

  it('knows a file again that the error names from where it stands', async () => {
    const { strategy } = await drafted(
      fails("Error: Cannot find module './till.js'"),
      { edit: ['till.js', '', 'exports.open = () => true;'] },
      PASSES,
    );
    assert.deepEqual(strategy?.suggestion, ['add `<name>`', 'try again']);
  });

  it('says which program was run instead of one that is missing', async () => {
    const { strategy } = await drafted(fails('bash: pytest: command not found'), {
      run: 'bin/test tests',
      output: '4 passed in 0.10s',
    });
    assert.deepEqual(strategy?.suggestion, ['run the tests by `bin/test` instead']);
  });

  it('is none where code of the project was changed: that helps nobody else', async () => {
    const found = await drafted(
      fails('AssertionError: 90 is not 81'),
      { edit: ['shop/cart.py', 'return 1', 'return 0.9'] },
      PASSES,
    );
    assert.equal(found.strategy, undefined);
    assert.match(found.why, /of this project alone: change the code in `shop\/cart\.py`/);
  });

  it('is none where nothing was changed, or what failed only looked for something', async () => {
    assert.equal((await drafted(fails('KeyError: 3'), PASSES)).strategy, undefined);
    const looked = await drafted(
      { run: 'ls src', output: "ls: cannot access 'src': No such file or directory", fails: true },
      { run: 'npm install src', output: 'done' },
      { run: 'ls src', output: 'a.js' },
    );
    assert.equal(looked.strategy, undefined);
  });

  it('contradicts one that says to do something else of the same error', async () => {
    const missing = fails("ModuleNotFoundError: No module named 'till'");
    const [one, other] = await Promise.all([
      drafted(missing, { edit: ['till/__init__.py', '', 'OPEN = True'] }, PASSES),
      drafted(missing, { run: 'pip install till', output: 'done' }, PASSES),
    ]);
    assert.ok(one.strategy !== undefined && other.strategy !== undefined);
    assert.ok(contradict(one.strategy, other.strategy));
    assert.ok(!contradict(one.strategy, one.strategy));
  });

  it('is read from its text as it was', async () => {
    const { strategy } = await drafted(
      fails("ModuleNotFoundError: No module named 'till'"),
      { run: 'pip install till', output: 'done' },
      PASSES,
    );
    assert.ok(strategy !== undefined);
    const { situation, suggestion } = strategy;
    assert.deepEqual(readStrategy(strategyText(strategy).code), { situation, suggestion });
    assert.equal(readStrategy('what a person wrote'), undefined);
  });
});
