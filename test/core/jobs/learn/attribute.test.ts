import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelHost } from '../../../../src/core/model/ports/chatModel.ts';
import { NO_HOST } from '../../../../src/core/model/ports/chatModel.ts';
import {
  startChatServer,
  type ChatServer,
  type ScriptedReply,
} from '../../../support/model/chatServer.ts';
import { claudeLog, type LoggedDeed } from '../../../support/sessions/claudeLog.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

const TEST =
  'process.exit(require("node:fs").readFileSync("a.js", "utf8").includes("fixed") ? 0 : 1)';

const DEEDS: readonly LoggedDeed[] = [
  { edit: ['b.js', 'let b = 1;', 'let b = 2;'] },
  { edit: ['a.js', 'broken', 'fixed'] },
  { edit: ['c.js', 'let c = 1;', 'let c = 2;'] },
];

describe('who made the outcome of a session', () => {
  let repository: TestRepository;
  let around: string;
  let bench: Bench;
  let server: ChatServer | undefined;

  beforeEach(() => {
    repository = createRepository();
    around = mkdtempSync(join(tmpdir(), 'logs-'));
    repository.commit([
      {
        message: 'what the session led to',
        files: {
          'a.js': '// fixed\n',
          'b.js': 'let b = 2;\n',
          'c.js': 'let c = 2;\n',
          'test.js': TEST,
        },
      },
    ]);
    repository.git('reset', '--hard', '--quiet');
  });

  afterEach(async () => {
    await bench.close();
    await server?.close();
    server = undefined;
    repository.remove();
    rmSync(around, { recursive: true, force: true });
  });

  function log(deeds: readonly LoggedDeed[], id = 'session-one'): string {
    const file = join(around, `${id}.jsonl`);
    writeFileSync(file, claudeLog(id, repository.folder, deeds));
    return file;
  }

  const trial = (isTrusted = true) => ({
    ...{ folder: repository.folder, isTrusted, command: 'node test.js' },
  });

  it('is found by taking changes out and running the tests', async () => {
    bench = await openBench();
    const found = await bench.engine.learning.attribute(log(DEEDS), {
      method: 'counterfactual',
      trial: trial(),
    });
    assert.equal(found.method, 'counterfactual');
    const [first] = found.contributions;
    // The task is step 0.
    assert.deepEqual(first, [2, 1]);
    assert.ok(found.notes.some(({ text }) => /the tests ran \d+ times for 3 steps/.test(text)));
    assert.ok(found.notes.some(({ text }) => text.includes('the network')));
    assert.equal(repository.git('status', '--porcelain'), '');
  });

  it('runs nothing in a folder that nobody trusts, and tells before what it would run', async () => {
    bench = await openBench();
    assert.deepEqual(await bench.engine.learning.testCommand(trial(false)), ['node', 'test.js']);
    const asked = { method: 'counterfactual', trial: trial(false) } as const;
    await assert.rejects(bench.engine.learning.attribute(log(DEEDS), asked), {
      code: 'folder-not-trusted',
    });
    const shell = { ...trial(), command: 'node test.js && rm -rf .' };
    await assert.rejects(bench.engine.learning.testCommand(shell), { code: 'bad-argument' });
  });

  it('is estimated from like sessions where nothing can be replayed, and that is said', async () => {
    bench = await openBench();
    const runs: LoggedDeed = { run: 'make all', output: 'ok' };
    const found = await bench.engine.learning.attribute(log([runs]), {
      method: 'counterfactual',
      like: [log(DEEDS, 'session-two')],
    });
    assert.equal(found.method, 'matched-pairs');
    assert.ok(found.notes.some(({ text }) => text.startsWith('estimated from 0 like sessions')));
  });

  async function withModel(...script: readonly ScriptedReply[]): Promise<void> {
    server = await startChatServer(script);
    const { address } = server;
    const models: ModelHost = {
      ...NO_HOST,
      confirm: () => Promise.resolve(true),
      settings: () =>
        Promise.resolve({
          ...{ door: 'address', address, name: 'small', uses: ['learning'] },
          ...{ maxTokens: 100_000, maxUsd: 1 },
        }),
    };
    bench = await openBench(undefined, Date.now, models);
  }

  it('is told by a model where one is allowed, but only with steps that exist', async () => {
    await withModel(
      { text: '{"steps": [{"step": 99, "weight": 1, "why": "made up"}]}' },
      {
        text: '{"steps": [{"step": 2, "weight": 3, "why": "fixed"}, {"step": 1, "weight": 1, "why": "b"}]}',
      },
    );
    const found = await bench.engine.learning.attribute(log(DEEDS), {});
    assert.equal(found.method, 'llm');
    assert.deepEqual(found.contributions.slice(0, 2), [
      [2, 0.75],
      [1, 0.25],
    ]);
    const again = server?.requests[1]?.body.messages.at(-1)?.content ?? '';
    assert.match(again, /there is no step 99/);
  });

  it('does not take tests that the agent wrote itself for proof', async () => {
    bench = await openBench();
    const own: readonly LoggedDeed[] = [
      { edit: ['test_a.py', '', 'assert True'] },
      { run: 'pytest', output: '1 passed in 0.1s' },
    ];
    const found = await bench.engine.learning.attribute(log(own), { method: 'heuristic' });
    assert.equal(found.outcome, 'unknown');
    assert.ok(found.notes.some(({ text }) => text.includes('only the agent’s own work says so')));
    const others = await bench.engine.learning.attribute(
      log([...DEEDS, { run: 'pytest', output: '1 passed in 0.1s' }], 'session-three'),
      { method: 'heuristic' },
    );
    assert.equal(others.outcome, 'success');
    assert.equal(others.firstFault, undefined);
  });
});
