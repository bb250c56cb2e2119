import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { mergeSessions, withoutCopies } from '../../../src/core/sessions/merge.ts';
import { openLog } from '../../../src/core/sessions/readLog.ts';
import { reportSession } from '../../../src/core/sessions/report/sessionReport.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/sessions');

interface DamagedLog {
  /** The file that is damaged, in the fixture. */
  readonly file: string;
  /** The log, where it is another file or a folder. */
  readonly log?: string;
}

const LOGS: Readonly<Record<string, DamagedLog>> = {
  'claude-code': { file: '11111111-2222-4333-8444-555555555555.jsonl' },
  codex: { file: 'rollout-2026-03-01T10-00-00-019d0000-1111-7222-8333-444444444444.jsonl' },
  'codex-fork': { file: 'rollout-2026-03-01T10-00-00-019d9999-1111-7222-8333-444444444444.jsonl' },
  'gemini-cli': { file: 'session-2026-03-01.jsonl' },
  'gemini-cli-json': { file: 'session-old.json' },
  'copilot-chat': { file: 'chat.jsonl' },
  'copilot-chat-uncounted': { file: 'chat.json' },
  'copilot-cli': { file: 'events.jsonl' },
  openhands: { file: 'output.jsonl' },
  aider: { file: 'history.md' },
  atif: { file: 'trajectory.json' },
  'swe-agent': { file: 'fix__it-1.traj' },
  'mini-swe-agent': { file: 'local.traj.json' },
  teamChat: { file: 'bakery.json' },
  vscode: { file: '6f1d2c3b-0a1b-4c2d-8e3f-112233445566.jsonl' },
  cline: { file: 'tasks/1772359200000/ui_messages.json', log: 'tasks/1772359200000' },
  'roo-code': { file: 'tasks/ab/ui_messages.json', log: 'tasks/ab' },
  opencode: { file: 'storage/message/ses_1/msg_1.json', log: 'storage/session/p/ses_1.json' },
  'context-foundry': { file: 'build_1/state.json', log: 'build_1' },
};

describe('damaged logs of agents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'damaged-logs-'));
  before(() => {
    for (const name of Object.keys(LOGS)) {
      cpSync(join(FIXTURES, name), join(folder, name), { recursive: true });
    }
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function totalOf(name: string, bytes: Buffer): Promise<number> {
    const { file, log = file } = LOGS[name] ?? assert.fail();
    writeFileSync(join(folder, name, file), bytes);
    const sessions = (await openLog(join(folder, name, log))?.read('')) ?? [];
    return withoutCopies(mergeSessions(sessions)).reduce(
      (sum, session) => sum + reportSession(session).tokens.total,
      0,
    );
  }

  for (const [name, { file }] of Object.entries(LOGS)) {
    const bytes = readFileSync(join(FIXTURES, name, file));

    it(`${name}: no prefix tells more than the whole`, async () => {
      const whole = await totalOf(name, bytes);
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length), async (end) => {
          assert.ok((await totalOf(name, bytes.subarray(0, end))) <= whole);
        }),
        { numRuns: 20 },
      );
    });

    it(`${name}: bytes that are no text cost what they stand in, and no more`, async () => {
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

    it(`${name}: any bytes in place of others are read without an error`, async () => {
      const damage = fc.tuple(fc.nat(bytes.length - 1), fc.uint8Array({ maxLength: 6 }));
      await fc.assert(
        fc.asyncProperty(fc.array(damage, { maxLength: 4 }), async (places) => {
          const damaged = Buffer.from(bytes);
          for (const [at, others] of places) damaged.set(others.slice(0, bytes.length - at), at);
          assert.ok(Number.isFinite(await totalOf(name, damaged)));
        }),
        { numRuns: 20 },
      );
    });
  }

  /** Rows in any order, some of them again. */
  function mixed(name: string): { readonly rows: fc.Arbitrary<Buffer>; readonly all: Buffer } {
    const { file } = LOGS[name] ?? assert.fail();
    const rows = readFileSync(join(FIXTURES, name, file), 'utf8')
      .trimEnd()
      .split('\n');
    const shuffled = fc.shuffledSubarray(rows, { minLength: rows.length });
    const joined = fc
      .tuple(shuffled, fc.subarray(rows))
      .map(([once, again]) => Buffer.from([...once, ...again].join('\n')));
    return { rows: joined, all: Buffer.from(rows.join('\n')) };
  }

  for (const name of ['claude-code', 'codex', 'codex-fork', 'copilot-cli', 'vscode']) {
    it(`${name}: rows that are shuffled or repeated change no total`, async () => {
      const { rows, all } = mixed(name);
      const whole = await totalOf(name, all);
      await fc.assert(
        fc.asyncProperty(rows, async (log) => {
          assert.equal(await totalOf(name, log), whole);
        }),
        { numRuns: 20 },
      );
    });
  }

  // What a row of these does depends on those before it.
  for (const name of ['gemini-cli', 'copilot-chat', 'openhands']) {
    it(`${name}: rows that are shuffled or repeated raise no total`, async () => {
      const { rows, all } = mixed(name);
      const whole = await totalOf(name, all);
      await fc.assert(
        fc.asyncProperty(rows, async (log) => {
          assert.ok((await totalOf(name, log)) <= whole);
        }),
        { numRuns: 20 },
      );
    });
  }

  it('aider: a history that is there twice is counted once', async () => {
    const bytes = readFileSync(join(FIXTURES, 'aider', 'history.md'));
    const whole = await totalOf('aider', bytes);
    assert.equal(await totalOf('aider', Buffer.concat([bytes, Buffer.from('\n'), bytes])), whole);
  });
});
