import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { openEngine } from '../../../../src/core/engine/open.ts';
import { openExperiment } from '../../../../src/core/jobs/resolve/record/openExperiment.ts';
import { experimentFolder } from '../../../../src/core/library/sequences/experiments.ts';
import type {
  ExperimentOrder,
  ExperimentSummary,
} from '../../../../src/core/model/api/experiments.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';
import { ASSETS } from '../../../support/assets.ts';
import { type ChatServer, startChatServer } from '../../../support/model/chatServer.ts';
import { modelAt } from '../../../support/model/modelAt.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { CART, CART_TESTS } from '../../../support/resolution/scriptedFixes.ts';
import { KINDS, scriptedModel } from '../../../support/model/scriptedModel.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const CHILD = resolve(import.meta.dirname, '../../../support/resolution/experimentRun.ts');
const GOLD = `diff --git a/shop/cart.py b/shop/cart.py
--- a/shop/cart.py
+++ b/shop/cart.py
@@ -1,2 +1,2 @@
 def total(prices):
-    return sum(prices) - 1
+    return sum(prices)
`;
const GOLD_TESTS = `diff --git a/tests/test_gold.py b/tests/test_gold.py
new file mode 100644
--- /dev/null
+++ b/tests/test_gold.py
@@ -0,0 +1,4 @@
+import sys
+sys.path.insert(0, ".")
+from shop.cart import total
+assert total([2, 3]) == 5
`;

describe('an experiment with a model', () => {
  let repository: TestRepository;
  let folder: TemporaryFolder;
  let server: ChatServer;
  let onRequest: () => void = () => undefined;
  before(async () => {
    repository = createRepository();
    repository.commit([
      {
        message: 'first',
        files: { 'shop/cart.py': CART, 'shop/names.py': 'def name(item):\n    return item\n' },
      },
    ]);
    repository.git('reset', '--quiet', '--hard', 'main');
    folder = createTemporaryFolder();
    const rows = KINDS.map((kind) => ({
      ...{ instance_id: kind, base_commit: repository.git('rev-parse', 'HEAD').trim() },
      problem_statement: `the total of the cart is one too low\n\nkind: ${kind}`,
      ...{ patch: GOLD, test_patch: GOLD_TESTS },
    }));
    folder.write({ 'issues.jsonl': rows.map((row) => JSON.stringify(row)).join('\n') });
    server = await startChatServer((request) => {
      onRequest();
      return scriptedModel(request);
    });
  });
  after(async () => {
    await server.close();
    folder.remove();
    repository.remove();
  });

  const orderOf = (way: 'agentless' | 'codemonkeys'): ExperimentOrder => ({
    name: way,
    source: {
      ...{ kind: 'instances', file: join(folder.path, 'issues.jsonl') },
      repository: repository.folder,
    },
    grid: { localizers: [way], generators: [way], selectors: ['model'], candidates: [2] },
    tests: { command: CART_TESTS, isTrusted: true },
  });
  const start = (library: string, order: ExperimentOrder) => {
    const argv = ['--import', 'tsx', CHILD, library, server.address, JSON.stringify(order)];
    return spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'inherit'] });
  };
  const whole = async (library: string, order: ExperimentOrder): Promise<ExperimentSummary> => {
    const engine = await openEngine({
      ...{ library, assetsDir: ASSETS, folder: undefined, env: { PATH: process.env['PATH'] } },
      ...{ models: modelAt(server.address), now: Date.now, clockMs: () => performance.now() },
    });
    try {
      return await engine.experiments.run(order);
    } finally {
      await engine.close();
    }
  };
  const killed = async (library: string, order: ExperimentOrder, after: number) => {
    const child: ChildProcess = start(library, order);
    let requests = 0;
    onRequest = () => {
      requests += 1;
      if (requests === after) child.kill('SIGKILL');
    };
    await once(child, 'close');
    onRequest = () => undefined;
    assert.equal(child.signalCode, 'SIGKILL');
  };

  for (const way of ['agentless', 'codemonkeys'] as const) {
    it(`by ${way} comes to the same, nothing twice, when it is killed again and again`, async () => {
      const [straight, broken] = ['straight', 'broken'].map((name) =>
        join(folder.path, `${way}-${name}`),
      ) as [string, string];
      const order = orderOf(way);
      const summary = await whole(straight, order);
      assert.deepEqual(
        [summary.finished, summary.known, summary.failed, summary.notes],
        [KINDS.length, 0, 0, []],
      );
      for (const requests of [3, 8]) await killed(broken, order, requests);
      await whole(broken, order);
      assert.deepEqual(contentOf(broken, way), contentOf(straight, way));
      const ids = linesOf(broken, way);
      assert.ok(ids.length > 5 * KINDS.length);
      assert.equal(new Set(ids).size, ids.length, 'nothing is recorded twice');
      const other = { ...order, name: `${way}-places`, grid: { localizers: [way] } };
      await whole(broken, other);
      assert.deepEqual(questionsOf(broken, other.name), questionsOf(broken, way));
      const again = await whole(broken, order);
      assert.deepEqual([again.finished, again.known], [0, KINDS.length]);
      const grades = gradesOf(straight, way);
      assert.deepEqual(grades['good'], { chosen: 1, best: 1 });
      assert.equal(grades['useless']?.chosen, 0);
      for (const kind of ['malformed', 'endless', 'hostile']) {
        assert.deepEqual(grades[kind], { chosen: undefined, best: undefined }, kind);
      }
      assert.ok(!existsSync(join(repository.folder, '..', 'outside.py')));
    });
  }
});

function open(library: string, experiment: string) {
  return openExperiment(
    { libraryFolder: library, gate: createSecretGate(), now: Date.now },
    experiment,
  );
}

/** All that is on record, without what tells one run of the program from another. */
function contentOf(library: string, experiment: string): unknown {
  const storage = open(library, experiment);
  const runs = storage.runs().map(({ key, hypers, state, sequences }) => {
    const recorded = sequences.map((id) => {
      const sequence = storage.read(id) ?? assert.fail(`${id} cannot be read`);
      return { ...sequence, at: 0, rewards: [...storage.rewardsOf(id)].sort() };
    });
    return {
      ...{ key, hypers, state },
      sequences: recorded.sort((a, b) => (a.id < b.id ? -1 : 1)),
    };
  });
  return runs.sort((a, b) => (a.key.instance < b.key.instance ? -1 : 1));
}

/** Questions that localizers asked, by instance. */
function questionsOf(library: string, experiment: string): unknown {
  const storage = open(library, experiment);
  const asked = storage.runs().map(({ key, sequences }): readonly [string, number] => {
    const outlines = sequences.map((id) => storage.outline(id));
    const own = outlines.filter((one) => one?.stage === 'localization' && one.name !== 'result');
    return [key.instance, own.length];
  });
  return Object.fromEntries(asked);
}

/** Ids of the sequences, as often as they are written. */
function linesOf(library: string, experiment: string): readonly string[] {
  const journal = join(experimentFolder(library, experiment), 'journal');
  return readdirSync(journal)
    .flatMap((name) => readFileSync(join(journal, name), 'utf8').split('\n'))
    .flatMap((line) => /"type":"sequence","id":"(\w+)"/.exec(line)?.[1] ?? []);
}

type Graded = Readonly<Record<'chosen' | 'best', number | undefined>>;

function gradesOf(library: string, experiment: string): Readonly<Record<string, Graded>> {
  const storage = open(library, experiment);
  return Object.fromEntries(
    storage.runs().map(({ key, sequences }) => {
      const rewards = new Map(sequences.flatMap((id) => [...storage.rewardsOf(id)]));
      const graded = {
        chosen: rewards.get('pass-rate-of-choice'),
        best: rewards.get('pass-rate-of-oracle'),
      };
      return [key.instance, graded];
    }),
  );
}
