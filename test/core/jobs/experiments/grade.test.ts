import assert from 'node:assert/strict';

import type { TrainingOrder } from '../../../../src/core/model/api/experiments.ts';
import { type ChatServer, startChatServer } from '../../../support/model/chatServer.ts';
import { type Bench, openBench } from '../../../support/engine/engine.ts';
import { modelAt } from '../../../support/model/modelAt.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { CART, GOOD, USELESS } from '../../../support/resolution/scriptedFixes.ts';

const FIXED = CART.replace(' - 1', '');
const TEST_OF_FIX =
  'import sys\nsys.path.insert(0, ".")\nfrom shop.cart import total\nassert total([1]) == 1\n';
/** Runs the tests, or the one that is named behind `pytest`, and says that they ran the second line of the cart. */
const COMMAND = [
  'import glob, os, runpy, sys',
  'os.makedirs("coverage")',
  'report = "SF:%s/shop/cart.py\\nDA:1,1\\nDA:2,3\\nend_of_record\\n" % os.getcwd()',
  'open("coverage/lcov.info", "w").write(report)',
  '[runpy.run_path(name) for name in sys.argv[2:] or glob.glob("tests/test_*.py")]',
].join('; ');

/** Answers each question of where the mistake is. */
const LOCATED = JSON.stringify({
  files: ['shop/cart.py'],
  elements: [{ path: 'shop/cart.py', symbol: 'total' }],
  places: [{ path: 'shop/cart.py', first: 1, last: 2 }],
});

interface TrainedOn {
  readonly metadata: {
    readonly stage: string;
    readonly rewards: Readonly<Record<string, number>>;
  };
}

describe('grading patches by what is known to resolve an issue', () => {
  let repository: TestRepository;
  let server: ChatServer;
  let bench: Bench;
  let answers = 0;
  before(async () => {
    repository = createRepository();
    repository.commit([
      { message: 'first', files: { 'shop/cart.py': CART, 'shop/names.py': 'NAMES = []\n' } },
      {
        message: 'fix: the total of a cart is one too low\n\nIt took one off for no reason.',
        files: {
          ...{ 'shop/cart.py': FIXED, 'tests/test_cart.py': TEST_OF_FIX },
          'tests/data/rows.json': '{"isEmpty": true}\n',
          'tests/test_prices.py': 'import a_package_that_nobody_installed\n',
        },
      },
    ]);
    repository.git('reset', '--quiet', '--hard', 'main');
    // The first answer is the likeliest, and right.
    server = await startChatServer(({ body }) => {
      const asked = body.messages.map(({ content }) => content).join('\n');
      const patches = asked.match(/^Patch \d+/gm) ?? [];
      if (patches.length > 0) {
        return { text: JSON.stringify({ sure: patches.map(() => 1), test: '' }) };
      }
      if (!asked.includes('SEARCH')) return { text: LOCATED };
      if (body.temperature === 0) return { text: GOOD };
      answers += 1;
      return { text: answers % 3 === 0 ? 'I cannot help with that.' : USELESS };
    });
    bench = await openBench(repository.folder, Date.now, modelAt(server.address));
  });
  after(async () => {
    await bench.close();
    await server.close();
    repository.remove();
  });

  it('compares lines and syntax trees, and tells what its tests pass and run', async () => {
    const { notes } = await bench.engine.experiments.run({
      name: 'graded',
      source: { kind: 'fixes', repository: repository.folder },
      grid: { localizers: ['words'], generators: ['agentless'], candidates: [3] },
      tests: { command: `python3 -c '${COMMAND}' pytest`, isTrusted: true },
    });
    assert.deepEqual(
      notes.map(({ text }) => text.replace(/^\S+: /, '')),
      ['tests that fail here with the right patch, too, are not counted: tests/test_prices.py'],
    );
    const [point] = (await bench.engine.experiments.show('graded')).points;
    const measures = new Map(
      point?.measures.map(({ stage, measure, mean }) => [`${stage} ${measure}`, mean]),
    );
    for (const measure of ['similarity', 'edit-similarity', 'pass-rate', 'coverage']) {
      assert.equal(measures.get(`generation ${measure}-best`), 1, measure);
    }
    const alike = measures.get('generation edit-similarity-mean') ?? NaN;
    assert.ok(alike > 0 && alike < 1, String(alike));
    const passed = measures.get('generation pass-rate-mean') ?? NaN;
    assert.ok(passed > 0 && passed < 1, String(passed));
  });

  it('is what is trained on: an answer that passes its tests before one that does not', async () => {
    const training = async (format: TrainingOrder['format']) => {
      const lines = await bench.engine.experiments.training({ name: 'graded', format });
      return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    };
    const [pair, ...others] = await training('preferences');
    assert.deepEqual(others, []);
    assert.deepEqual(pair?.['chosen'], [{ role: 'assistant', content: GOOD }]);
    assert.deepEqual(pair['rejected'], [{ role: 'assistant', content: USELESS }]);
    assert.equal((await training('sft')).length, 3);
    assert.equal((await training('chat')).length, 3);
    const [trajectory] = await training('atif');
    assert.match(String(trajectory?.['schema_version']), /^ATIF-/);
    const steps = trajectory?.['steps'] as readonly { readonly source: string }[];
    assert.equal(steps.at(-1)?.source, 'agent');
  });

  it('counts an answer of no use as worth nothing, and each question as what its step came to', async () => {
    await bench.engine.experiments.run({
      name: 'useless',
      source: { kind: 'fixes', repository: repository.folder },
      grid: {
        ...{ localizers: ['agentless'], generators: ['agentless'], selectors: ['model'] },
        candidates: [4],
      },
      tests: { command: `python3 -c '${COMMAND}' pytest`, isTrusted: true },
    });
    const order = { name: 'useless', format: 'chat' } as const;
    const rows = (await bench.engine.experiments.training(order)).map(
      (line) => JSON.parse(line) as TrainedOn,
    );
    const worthOf = (stage: string, measure: string): readonly (number | undefined)[] =>
      rows.flatMap(({ metadata }) => (metadata.stage === stage ? [metadata.rewards[measure]] : []));
    assert.deepEqual(worthOf('generation', 'pass-rate-best').toSorted(), [0, 0, 0, 1]);
    assert.deepEqual(worthOf('generation', 'proposed').toSorted(), [0, 1, 1, 1]);
    const located = worthOf('localization', 'file-recall@1');
    assert.ok(located.length > 0 && located.every((worth) => worth === 1), String(located));
    const chosen = worthOf('selection', 'similarity-of-choice');
    assert.ok(chosen.length > 0 && chosen.every((worth) => worth !== undefined), String(chosen));
  });

  it('says so where no commit fixed anything', async () => {
    const other = createRepository();
    other.commit([{ message: 'first', files: { 'a.py': 'x = 1\n' } }]);
    other.git('reset', '--quiet', '--hard', 'main');
    const { instances, notes } = await bench.engine.experiments.run({
      name: 'nothing',
      source: { kind: 'fixes', repository: other.folder },
      grid: { localizers: ['words'] },
    });
    other.remove();
    assert.equal(instances, 0);
    assert.match(notes.map(({ text }) => text).join(), /^no commit of .* fixed something$/);
  });

  it('says so where there is no such experiment', async () => {
    const empty = { name: 'nowhere', format: 'chat' } as const;
    await assert.rejects(bench.engine.experiments.training(empty), {
      code: 'experiment-not-found',
    });
  });
});
