import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';

import { openExperiment } from '../../../../src/core/jobs/resolve/record/openExperiment.ts';
import { experimentFolder } from '../../../../src/core/library/sequences/experiments.ts';
import type { ResolveOptions } from '../../../../src/core/model/api/resolution.ts';
import type { Sequence, SequenceStorage } from '../../../../src/core/model/resolution/sequence.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';
import { type ChatServer, startChatServer } from '../../../support/model/chatServer.ts';
import { type Bench, filesBelow, openBench } from '../../../support/engine/engine.ts';
import { modelAt } from '../../../support/model/modelAt.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import {
  CART,
  CART_TESTS,
  GOOD,
  TEST,
  USELESS,
} from '../../../support/resolution/scriptedFixes.ts';

const TOKEN = `ghp_${'a1B2'.repeat(9)}`;
const ISSUE = `the total is one too low\n\nThe log says: token ${TOKEN}`;

describe('recording how an issue was resolved', () => {
  let repository: TestRepository;
  let server: ChatServer;
  let bench: Bench;
  before(async () => {
    repository = createRepository();
    repository.commit([{ message: 'first', files: { 'shop/cart.py': CART } }]);
    repository.git('reset', '--quiet', '--hard', 'main');
    server = await startChatServer(({ body }) => {
      const said = body.messages.at(-1)?.content ?? '';
      if (said.includes('one new file of tests')) return { text: TEST };
      return { text: server.requests.length % 2 === 0 ? GOOD : USELESS };
    });
    bench = await openBench(repository.folder, Date.now, modelAt(server.address));
  });
  after(async () => {
    await bench.close();
    await server.close();
    repository.remove();
  });

  const resolve = (options: ResolveOptions) => {
    const issue = { text: ISSUE, folder: repository.folder };
    return bench.engine.resolution.resolve(issue, { localizer: 'words', ...options });
  };
  const record = (): SequenceStorage =>
    openExperiment(
      { libraryFolder: bench.library, gate: createSecretGate(), now: Date.now },
      'resolve',
    );
  const sequencesOf = (storage: SequenceStorage, run: number): readonly Sequence[] =>
    (storage.runs()[run]?.sequences ?? []).flatMap((id) => storage.read(id) ?? []);

  it('keeps nothing unless it is asked to', async () => {
    await resolve({ generator: 'agentless', candidates: 1 });
    assert.deepEqual(record().runs(), []);
  });

  it('keeps every question with its answer, tokens and step, and what each step came to', async () => {
    const tests = { command: CART_TESTS, isTrusted: true };
    const { selected } = await resolve({
      ...{ generator: 'agentless', selector: 'tests', candidates: 2, tests, isRecorded: true },
    });
    assert.equal(selected.choice.kind, 'chosen');
    const storage = record();
    assert.deepEqual(
      storage.runs().map(({ state }) => state),
      ['finished'],
    );
    const all = sequencesOf(storage, 0);
    const results = all.filter(({ name }) => name === 'result');
    assert.deepEqual(
      results.map(({ stage, parent, output }) => [stage, parent, output?.stage]),
      [
        ['localization', null, 'localization'],
        ['generation', results[0]?.id, 'generation'],
        ['testing', results[1]?.id, 'testing'],
        ['selection', results[2]?.id, 'selection'],
      ],
    );
    const samples = all.filter(({ stage, name }) => stage === 'generation' && name !== 'result');
    assert.deepEqual(
      samples.map(({ messages, output, usage }) => [
        messages.map(({ role }) => role),
        output?.stage === 'generation' && output.patches.length,
        usage.input + usage.output,
      ]),
      [
        [['system', 'user', 'user', 'assistant'], 1, 15],
        [['system', 'user', 'user', 'assistant'], 1, 15],
      ],
    );
    const ran = results[3]?.messages.flatMap((one) => ('toolCalls' in one ? one.toolCalls : []));
    assert.equal(ran?.[0]?.arguments, '{"patch":null,"test":null}');
    assert.ok(ran.some((call) => call.arguments.includes('tests/test_cart.py')));
    assert.match(results[3]?.messages.map(({ content }) => content).join('\n') ?? '', /passed/);
  });

  it('is a run of its own each time, without secrets, that nobody else may read', async () => {
    // As of several processes, none of which sees the others before it begins.
    await Promise.all(Array.from({ length: 4 }, () => resolve({ isRecorded: true })));
    const runs = record()
      .runs()
      .filter(({ hypers }) => hypers['generator'] === 'patterns');
    assert.equal(runs.length, 4);
    for (const { state, sequences } of runs) {
      assert.deepEqual([state, sequences.length], ['finished', 4]);
    }
    const folder = experimentFolder(bench.library, 'resolve');
    const files = filesBelow(folder);
    assert.ok(files.size > 0);
    for (const [path, bytes] of files) {
      assert.ok(!bytes.includes(TOKEN), path);
      assert.equal(statSync(path).mode & 0o077, 0, path);
    }
    assert.equal(statSync(join(folder, 'journal')).mode & 0o077, 0);
  });

  it('tells what did not come to an end, and why', async () => {
    const broken = { command: 'python3 check.py', isTrusted: false };
    await assert.rejects(resolve({ generator: 'codemonkeys', tests: broken, isRecorded: true }));
    const failed = record()
      .runs()
      .filter(({ state }) => state === 'failed');
    assert.deepEqual(
      failed.map(({ failure }) => failure?.code),
      ['folder-not-trusted'],
    );
  });
});
