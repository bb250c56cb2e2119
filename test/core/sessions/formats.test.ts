import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../../../src/core/model/sessions/session.ts';
import { WHOLE } from '../../../src/core/sessions/draft.ts';
import { mergeSessions } from '../../../src/core/sessions/merge.ts';
import { openLog } from '../../../src/core/sessions/readLog.ts';
import { toAtif } from '../../../src/core/sessions/report/atifDocument.ts';
import { reportSession } from '../../../src/core/sessions/report/sessionReport.ts';
import { createTemporaryFolder } from '../../support/temporaryFolder.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/sessions');

/** Each folder holds a log, or is one itself, and what must be told of it. */
describe('logs of agents', () => {
  for (const name of readdirSync(FIXTURES)) {
    it(`${name}: figures are those of the log`, async () => {
      const folder = join(FIXTURES, name);
      const expected: unknown = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
      const sessions = mergeSessions((await openLog(logIn(folder))?.read('')) ?? []);
      assert.ok(sessions.length > 0, 'no session was found');
      const reports = sessions.map((session) => reportSession(session));
      const [only] = reports;
      assert.deepEqual(pick(Array.isArray(expected) ? reports : only, expected), expected);
    });
  }
});

describe('a session as a trajectory of the interchange format', () => {
  for (const name of readdirSync(FIXTURES)) {
    it(`${name}: is read again with the same steps and tokens`, async () => {
      const folder = createTemporaryFolder();
      try {
        const [session] = mergeSessions(
          (await openLog(logIn(join(FIXTURES, name)))?.read('', WHOLE)) ?? [],
        );
        assert.ok(session !== undefined);
        const path = join(folder.path, 'trajectory.json');
        writeFileSync(path, JSON.stringify(toAtif(session, {})));
        const [again] = (await openLog(path)?.read('', WHOLE)) ?? [];
        assert.equal(again?.agent, 'atif');
        const said = ({ steps }: Session): readonly string[] => steps.map(({ text }) => text);
        assert.deepEqual(said(again), said(session));
        const counted = {
          ...session,
          responses: session.responses.filter(({ certainty }) => certainty !== 'estimate'),
        };
        assert.deepEqual(reportSession(again).tokens, reportSession(counted).tokens);
      } finally {
        folder.remove();
      }
    });
  }
});

/** The outermost path that is a log, be it a file or a folder. */
function logIn(folder: string): string {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => a.split(/[/\\]/).length - b.split(/[/\\]/).length || a.localeCompare(b));
  return paths.find((path) => openLog(path) !== undefined) ?? folder;
}

/** As much of a value as is expected of it. */
function pick(value: unknown, expected: unknown): unknown {
  if (Array.isArray(expected) && Array.isArray(value)) {
    return value.map((item, at) => pick(item, (expected as unknown[])[at]));
  }
  if (!isRecord(expected) || !isRecord(value)) return value;
  const names = Object.keys(expected);
  return Object.fromEntries(names.map((name) => [name, pick(value[name], expected[name])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
