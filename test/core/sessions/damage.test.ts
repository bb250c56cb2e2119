import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readLog } from '../../../src/core/sessions/readLog.ts';
import { reportSession } from '../../../src/core/sessions/report/sessionReport.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/sessions');
const LOGS = {
  'claude-code': '11111111-2222-4333-8444-555555555555.jsonl',
  codex: 'rollout-2026-03-01T10-00-00-019d0000-1111-7222-8333-444444444444.jsonl',
  'codex-fork': 'rollout-2026-03-01T10-00-00-019d9999-1111-7222-8333-444444444444.jsonl',
  'gemini-cli': 'session-2026-03-01.jsonl',
  'gemini-cli-json': 'session-old.json',
  'copilot-chat': 'chat.jsonl',
  'copilot-cli': 'events.jsonl',
  openhands: 'output.jsonl',
  aider: 'history.md',
  atif: 'trajectory.json',
  'swe-agent': 'fix__it-1.traj',
} as const;

describe('damaged logs of agents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'damaged-logs-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function totalOf(name: string, bytes: Buffer): Promise<number> {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const sessions = (await readLog(path, '')) ?? [];
    return sessions.reduce((sum, session) => sum + reportSession(session).tokens.total, 0);
  }

  for (const [fixture, name] of Object.entries(LOGS)) {
    const bytes = readFileSync(join(FIXTURES, fixture, name));

    it(`${fixture}: no prefix tells more than the whole`, async () => {
      const whole = await totalOf(name, bytes);
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length), async (end) => {
          assert.ok((await totalOf(name, bytes.subarray(0, end))) <= whole);
        }),
        { numRuns: 20 },
      );
    });

    it(`${fixture}: bytes that are no text cost what they stand in, and no more`, async () => {
      const whole = await totalOf(name, bytes);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(bytes.length - 1), { maxLength: 8 }), async (places) => {
          const damaged = Buffer.from(bytes);
          for (const at of places) damaged[at] = 0xff;
          assert.ok((await totalOf(name, damaged)) <= whole);
        }),
        { numRuns: 20 },
      );
    });
  }

  for (const fixture of ['claude-code', 'codex', 'codex-fork', 'copilot-cli'] as const) {
    const name = LOGS[fixture];
    const rows = readFileSync(join(FIXTURES, fixture, name), 'utf8')
      .trimEnd()
      .split('\n');

    it(`${fixture}: rows that are shuffled or repeated change no total`, async () => {
      const whole = await totalOf(name, Buffer.from(rows.join('\n')));
      const order = fc.shuffledSubarray(rows, { minLength: rows.length });
      await fc.assert(
        fc.asyncProperty(order, fc.subarray(rows), async (shuffled, repeated) => {
          const log = [...shuffled, ...repeated].join('\n');
          assert.equal(await totalOf(name, Buffer.from(log)), whole);
        }),
        { numRuns: 20 },
      );
    });
  }
});
