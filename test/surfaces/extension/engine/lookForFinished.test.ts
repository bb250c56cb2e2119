import assert from 'node:assert/strict';
import {
  beginLooking,
  lookForFinished,
  type LookParts,
} from '../../../../src/extension/recording/lookForFinished.ts';

const MINUTE = 60_000;
const BEGIN = Date.UTC(2026, 0, 5, 10);
const FOLDERS = [
  { address: 'file:///bakery', path: '/bakery' },
  { address: 'file:///broken', path: '/broken' },
  { address: 'file:///shop', path: '/shop' },
];

type Listed = Awaited<ReturnType<LookParts['list']>>[number];

function session(id: string, folder: string, endedMs: number, agent = 'codex'): Listed {
  const outcome = { label: 'success' } as Listed['outcome'];
  return {
    id,
    folder,
    agent: agent as Listed['agent'],
    endedAt: new Date(endedMs).toISOString(),
    outcome,
  };
}

describe('looking for sessions that have ended', () => {
  const memory = new Map<string, number>();
  const noted: string[] = [];
  const logged: unknown[] = [];
  let all: readonly Listed[] = [];
  let broken: Error | undefined;
  const parts: LookParts = {
    memory: {
      get: (key) => memory.get(key),
      update: (key, value) => {
        memory.set(key, value);
        return Promise.resolve();
      },
    },
    list: ({ path }) =>
      path === '/broken' && broken !== undefined
        ? Promise.reject(broken)
        : Promise.resolve(all.filter(({ folder }) => folder === path)),
    note: ({ id }) => noted.push(id),
    logFailure: (error) => logged.push(error),
  };
  const look = (minute: number) => lookForFinished(parts, FOLDERS, BEGIN + minute * MINUTE);

  beforeEach(async () => {
    memory.clear();
    noted.length = 0;
    logged.length = 0;
    broken = undefined;
    await beginLooking(parts, BEGIN);
  });

  it('tells of each once, and of none of before the first look', async () => {
    all = [
      session('before', '/shop', BEGIN - 1),
      session('ended', '/shop', BEGIN + 2 * MINUTE),
      session('of this editor', '/shop', BEGIN + 2 * MINUTE, 'vscode'),
      session('goes on', '/shop', BEGIN + 15 * MINUTE),
    ];
    await look(20);
    assert.deepEqual(noted, ['ended']);
    await look(30);
    assert.deepEqual(noted, ['ended', 'goes on']);
    await beginLooking(parts, BEGIN + 40 * MINUTE);
    await look(40);
    assert.deepEqual(noted, ['ended', 'goes on']);
  });

  it('goes on in the other folders where one fails, and comes back to that one', async () => {
    all = ['/bakery', '/broken', '/shop'].map((path) => session(path, path, BEGIN + MINUTE));
    broken = new Error('no log can be read there');
    await look(20);
    assert.deepEqual([noted, logged], [['/bakery', '/shop'], [broken]]);
    broken = undefined;
    await look(30);
    assert.deepEqual(noted, ['/bakery', '/shop', '/broken']);
  });
});
