import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { withKeptAnswers } from '../../../../../src/core/chat/keptAnswers.ts';
import { createOpenAiModel } from '../../../../../src/core/chat/openAiModel.ts';
import { createAgentlessGeneration } from '../../../../../src/core/jobs/resolve/generation/agentless.ts';
import { createCodemonkeysGeneration } from '../../../../../src/core/jobs/resolve/generation/codemonkeys.ts';
import type { ModelGenerationParts } from '../../../../../src/core/jobs/resolve/generation/modelContext.ts';
import { judgeByModel } from '../../../../../src/core/jobs/resolve/selection/modelJudge.ts';
import { openPatchTests } from '../../../../../src/core/jobs/resolve/testing/patchTests.ts';
import type { CodePointer } from '../../../../../src/core/model/resolution/codePointer.ts';
import { named } from '../../../../../src/core/model/resolution/instance.ts';
import type { Patch } from '../../../../../src/core/model/resolution/patch.ts';
import { formatPatch } from '../../../../../src/core/platform/text/patch.ts';
import { collect } from '../../../../../src/core/resolution/feed.ts';
import { createSecretGate } from '../../../../../src/core/secrets/gate.ts';
import {
  type ChatServer,
  type ScriptedReply,
  type SentRequest,
  startChatServer,
} from '../../../../support/model/chatServer.ts';
import { createRepository, type TestRepository } from '../../../../support/projects/repository.ts';
import {
  CART,
  CART_COMMAND,
  edit,
  GOOD,
  HOSTILE,
  TEST,
  USELESS,
} from '../../../../support/resolution/scriptedFixes.ts';

const PLACES: readonly CodePointer[] = [
  {
    ...{ kind: 'file', path: 'shop/cart.py', symbol: null, range: null },
    ...{ score: 1, signals: {}, why: [] },
  },
];

describe('generators that ask a model', () => {
  let repository: TestRepository;
  let server: ChatServer | undefined;
  let derived: string;

  before(() => {
    repository = createRepository();
    repository.commit([{ message: 'first', files: { 'shop/cart.py': CART } }]);
    repository.git('reset', '--quiet', '--hard', 'main');
  });
  after(() => {
    repository.remove();
  });
  beforeEach(() => {
    derived = mkdtempSync(join(tmpdir(), 'pattern-foundry-generators-'));
  });
  afterEach(async () => {
    await server?.close();
    rmSync(derived, { recursive: true });
  });

  const instance = () => named({ text: 'the total is one too low', folder: repository.folder });
  const withModel = async (
    script: readonly ScriptedReply[] | ((request: SentRequest) => ScriptedReply),
  ): Promise<ModelGenerationParts> => {
    server = await startChatServer(script);
    const { address } = server;
    const model = createOpenAiModel({ address, key: undefined, name: 'scripted', silenceMs: 2000 });
    return {
      model: withKeptAnswers(model, derived, 'loopback'),
      gate: createSecretGate(),
      tree: () => ({ exclude: [], now: () => 0 }),
    };
  };
  const openTests = () =>
    openPatchTests({
      ...{
        repository: repository.folder,
        isTrusted: true,
        command: CART_COMMAND,
        env: process.env,
      },
      ...{ gate: createSecretGate(), derived },
    });
  const addedLines = (patch: Patch): readonly string[] =>
    formatPatch(patch.files)
      .split('\n')
      .filter((line) => /^\+(?!\+)/.test(line));

  describe('agentless', () => {
    it('takes what applies of good, useless, malformed, hostile and endless answers', async () => {
      const parts = await withModel([
        { text: `First I think.\n${GOOD}` },
        { text: USELESS },
        { text: 'return sum(prices)' },
        { text: HOSTILE },
        { text: edit('tests/test_cart.py', '', 'assert True') },
        { never: 'ends' },
        { text: GOOD },
      ]);
      const generator = createAgentlessGeneration({ ...parts, samples: 7 });
      const patches = await collect(generator.generate(PLACES, instance()));
      assert.deepEqual(
        patches.map((patch) => [patch.origin.sample, ...addedLines(patch)]),
        [
          [0, '+    return sum(prices)'],
          [1, '+    return sum(prices) - 2'],
          [6, '+    return sum(prices)'],
        ],
      );
      assert.equal(patches[0]?.id, patches[2]?.id);
      assert.ok(!existsSync(join(repository.folder, '..', 'outside.py')));
      const temperatures = server?.requests.map(({ body }) => body.temperature);
      assert.deepEqual(temperatures?.slice(0, 2), [0, 0.8]);
    });

    it('takes no file in the place of a folder, below a file or over what is no text', async () => {
      writeFileSync(join(repository.folder, 'menu.py'), Buffer.from('# caf\u00e9\n', 'latin1'));
      const parts = await withModel([
        ...['shop', 'shop/cart.py/deep.py', 'menu.py'].map((path) => ({
          text: edit(path, '', 'price = 2'),
        })),
        { text: edit('shop/menu.py', '', 'price = 2') },
      ]);
      const generator = createAgentlessGeneration({ ...parts, samples: 4 });
      const patches = await collect(generator.generate(PLACES, instance()));
      rmSync(join(repository.folder, 'menu.py'));
      assert.deepEqual(
        patches.map(({ files }) => files[0]?.path),
        ['shop/menu.py'],
      );
    });

    it('shows no patch to whoever writes the tests, which change no code', async () => {
      const parts = await withModel([{ text: TEST }, { text: GOOD }, { text: TEST + GOOD }]);
      const generator = createAgentlessGeneration(parts);
      const tests = await collect(generator.generateTests(PLACES, instance()));
      assert.deepEqual(
        tests.map(({ path, isBlind }) => [path, isBlind]),
        [['tests/test_cart.py', true]],
      );
      for (const { body } of server?.requests ?? []) {
        assert.doesNotMatch(JSON.stringify(body.messages), /return sum\(prices\)\\n>/);
      }
    });

    it('goes on where it was stopped, and asks nothing twice', async () => {
      const parts = await withModel([{ text: GOOD }, { text: USELESS }, { text: GOOD }]);
      const make = () => createAgentlessGeneration({ ...parts, samples: 3 });
      const before = await collect(make().generate(PLACES, instance()), 2);
      const whole = await collect(make().generate(PLACES, instance()));
      assert.equal(server?.requests.length, 3);
      assert.deepEqual(whole.slice(0, 2), before);
      assert.equal(whole.length, 3);
    });

    it('shows no half of a secret where a long issue is cut', async () => {
      const parts = await withModel([{ text: GOOD }]);
      const generator = createAgentlessGeneration({ ...parts, samples: 1 });
      const line = 'postgres://app:Sup3rS3cretOfOurs@db.example.com/shop\n';
      const issue = { ...instance(), text: `the total is wrong\n${line.repeat(400)}` };
      await collect(generator.generate(PLACES, issue));
      assert.doesNotMatch(JSON.stringify(server?.requests), /Sup3r/);
    });

    it('stops at once when it is told to', async () => {
      const parts = await withModel(() => ({ never: 'begins' }));
      const stop = AbortSignal.timeout(50);
      const generator = createAgentlessGeneration(parts);
      await assert.rejects(collect(generator.generate(PLACES, instance(), { signal: stop })));
    });
  });

  describe('codemonkeys', () => {
    it('revises the edit by what the test says of it, until the model is done', async () => {
      const parts = await withModel([
        { text: TEST },
        { text: USELESS },
        { text: GOOD },
        { text: 'DONE' },
      ]);
      const generator = createCodemonkeysGeneration({ ...parts, openTests, samples: 1 });
      const [patch, ...others] = await collect(generator.generate(PLACES, instance()));
      assert.deepEqual(others, []);
      assert.ok(patch);
      assert.deepEqual(addedLines(patch), ['+    return sum(prices)']);
      assert.match(patch.why[0]?.text ?? '', /fails without it/);
      const said = server?.requests.map(({ body }) => body.messages.at(-1)?.content ?? '') ?? [];
      assert.match(said[1] ?? '', /Without the fix the test ended as failed[^]*AssertionError/);
      assert.match(said[2] ?? '', /With the fix the test ended as failed/);
      assert.match(said[3] ?? '', /With the fix the test passed/);
      const tests = await collect(generator.generateTests(PLACES, instance()));
      assert.deepEqual(
        tests.map(({ path, isBlind }) => [path, isBlind]),
        [['tests/test_cart.py', false]],
      );
      assert.equal(server?.requests.length, 4);
    });

    it('ends after so many rounds, whatever is answered', async () => {
      const parts = await withModel(() => ({ text: HOSTILE }));
      const generator = createCodemonkeysGeneration({ ...parts, openTests, samples: 2, rounds: 3 });
      assert.deepEqual(await collect(generator.generate(PLACES, instance())), []);
      assert.equal(server?.requests.length, 6);
      assert.ok(!existsSync(join(repository.folder, '..', 'outside.py')));
    });

    it('comes to the same when it was broken off in the middle', async () => {
      const script = [{ text: TEST }, { text: USELESS }, { text: GOOD }, { text: 'DONE' }];
      let broken = true;
      const answers: ScriptedReply[] = [...script];
      const parts = await withModel(() => {
        if (broken && answers.length === 2) return { status: 401, message: 'stopped' };
        return answers.shift() ?? { status: 500, message: 'asked again' };
      });
      const make = () => createCodemonkeysGeneration({ ...parts, openTests, samples: 1 });
      await assert.rejects(collect(make().generate(PLACES, instance())));
      broken = false;
      const [patch] = await collect(make().generate(PLACES, instance()));
      assert.ok(patch);
      assert.deepEqual(addedLines(patch), ['+    return sum(prices)']);
      assert.deepEqual(answers, []);
    });
  });

  describe('the judge', () => {
    it('has a test run that tells patches apart, and judges by what came of it', async () => {
      const [good, bad] = await patchesOf([GOOD, USELESS]);
      const parts = await withModel([
        { text: JSON.stringify({ sure: [0.5, 0.5], test: TEST }) },
        { text: JSON.stringify({ sure: [0.9, 0.1], test: '' }) },
      ]);
      const candidates = [good, bad].map((patch) => {
        return { patch, votes: 1, findings: undefined, judgement: undefined };
      });
      const sure = await judgeByModel({ ...parts, openTests }, candidates, instance(), {});
      assert.deepEqual(sure, [0.9, 0.1]);
      const told =
        server?.requests[1]?.body.messages.map(({ content }) => content).join('\n') ?? '';
      assert.match(told, /Without a patch it ended as failed/);
      assert.match(told, /With patch 0 it ended as passed/);
      assert.match(told, /With patch 1 it ended as failed/);
    });
  });

  async function patchesOf(answers: readonly string[]): Promise<readonly [Patch, Patch]> {
    const parts = await withModel(answers.map((text) => ({ text })));
    const generator = createAgentlessGeneration({ ...parts, samples: answers.length });
    const [one, other] = await collect(generator.generate(PLACES, instance()));
    await server?.close();
    assert.ok(one && other);
    return [one, other];
  }
});
