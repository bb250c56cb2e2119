import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_HOST } from '../../../../src/core/model/ports/chatModel.ts';
import type { LearnSummary } from '../../../../src/core/model/api/learning.ts';
import {
  startChatServer,
  type ChatServer,
  type ScriptedReply,
} from '../../../support/model/chatServer.ts';
import { claudeLog } from '../../../support/sessions/claudeLog.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

describe('the model of a run over several sessions', () => {
  let bench: Bench;
  let server: ChatServer;
  let logs: string;
  let confirmations = 0;

  beforeEach(() => {
    logs = mkdtempSync(join(tmpdir(), 'logs-'));
    confirmations = 0;
    for (const module of ['shop', 'cart', 'till']) {
      const missing = `ModuleNotFoundError: No module named '${module}'`;
      const log = claudeLog(module, `/projects/${module}`, [
        { run: 'pytest tests', output: missing, fails: true },
        { run: `touch ${module}/__init__.py`, output: '' },
        { run: 'pytest tests', output: '1 passed in 0.10s' },
      ]);
      writeFileSync(join(logs, `${module}.jsonl`), log);
    }
  });
  afterEach(async () => {
    await bench.close();
    await server.close();
    rmSync(logs, { recursive: true, force: true });
  });

  async function learn(
    reply: ScriptedReply,
    { isWanted = true, maxTokens = 100_000 },
  ): Promise<LearnSummary> {
    server = await startChatServer(() => reply);
    const { address } = server;
    bench = await openBench(undefined, Date.now, {
      ...NO_HOST,
      confirm: () => {
        confirmations += 1;
        return Promise.resolve(isWanted);
      },
      settings: () =>
        Promise.resolve({
          ...{ door: 'address', address, name: 'small', uses: ['learning'] },
          ...{ maxTokens, maxUsd: 1 },
        }),
    });
    return bench.engine.learning.learn({ names: [logs] });
  }

  function assertLearned({ learned, strategies, notes }: LearnSummary, why: RegExp): void {
    assert.deepEqual([learned, strategies], [3, 1]);
    assert.equal(notes.length, 1);
    assert.match(notes[0]?.text ?? '', why);
  }

  it('is asked for once, and all is learned without it where the person says no', async () => {
    assertLearned(await learn({ text: '{}' }, { isWanted: false }), /was not confirmed$/);
    assert.equal(confirmations, 1);
    assert.equal(server.requests.length, 0);
  });

  it('is left alone once it fails, and all is learned without it', async () => {
    const summary = await learn({ status: 401, message: 'no such key' }, {});
    assertLearned(summary, /^learned without a model from here on: /);
    assert.equal(server.requests.length, 1);
  });

  it('keeps to one budget for all sessions together', async () => {
    const why = 'it created what was missing '.repeat(400);
    const text = JSON.stringify({ steps: [{ step: 2, weight: 1, why }] });
    const summary = await learn({ text, isUncounted: true }, { maxTokens: 4_000 });
    assertLearned(summary, /the budget of 4000 tokens/);
    assert.equal(server.requests.length, 1);
  });
});
