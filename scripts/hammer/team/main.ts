import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChangePage } from '../../../src/core/model/team/wire.ts';
import { postgresFolder, startPostgres } from '../../../test/support/team/postgres.ts';
import { ADMIN_KEY, pair } from '../../../test/support/team/teamServer.ts';
import { createServers, type Servers } from './servers.ts';

const WRITERS = 8;
const CLIENTS = 4;
const SERVERS = 2;
const VOTED = 20;
const CLI = resolve(import.meta.dirname, '../../../dist/cli.js');

/**
 * Writers, voters and clients on two servers of one PostgreSQL, all of which are killed at random;
 * then counts what was acknowledged and is not there.
 *
 * @returns faults
 */
export async function hammerTeam(seconds: number): Promise<number> {
  const bin = postgresFolder();
  if (bin === undefined) throw new Error('PostgreSQL is not installed');
  const home = mkdtempSync(join(tmpdir(), 'hammer-team-'));
  const postgres = await startPostgres(bin, {});
  const servers = createServers(SERVERS, { cli: CLI, home, databaseUrl: postgres.url });
  const keys = await issueKeys(servers);
  const votes = await createVotes(servers, keys);
  const acknowledged = new Set<string>();
  const counts = { syncs: 0, clientsKilled: 0, serversKilled: 0, databaseCrashes: 0, refused: 0 };
  const untilMs = Date.now() + seconds * 1000;
  const isOver = (): boolean => Date.now() > untilMs;

  const write = async (person: number): Promise<void> => {
    for (let at = 0; !isOver(); at += 1) {
      const body = JSON.stringify(pair(`written_${person}_${at}`));
      const reply = await servers.ask('POST', '/patterns', keys[person] ?? '', body);
      const { id } = (reply ?? {}) as { readonly id?: string };
      if (id === undefined) counts.refused += 1;
      else acknowledged.add(id);
      await votes.cast(person, Math.random() < 0.5);
    }
  };
  const follow = async (person: number): Promise<void> => {
    const library = join(home, `library-${person}`);
    while (!isOver()) {
      const child = sync(library, keys[person] ?? '', servers.url());
      const isDoomed = Math.random() < 0.3;
      if (isDoomed) {
        setTimeout(() => {
          child.kill('SIGKILL');
        }, Math.random() * 1500);
      }
      await child.done;
      counts.syncs += 1;
      if (isDoomed) counts.clientsKilled += 1;
    }
  };
  const disturb = async (): Promise<void> => {
    for (let turn = 1; !isOver(); turn += 1) {
      await delay(4000 + Math.random() * 4000);
      if (turn % 4 === 0) {
        await postgres.crash();
        counts.databaseCrashes += 1;
      } else {
        await servers.kill();
        counts.serversKilled += 1;
      }
    }
  };
  const people = Array.from({ length: WRITERS }, (_, person) => person);
  await Promise.all([...people.map(write), ...people.slice(0, CLIENTS).map(follow), disturb()]);

  const told = await readAll(servers);
  const missing = [...acknowledged].filter((id) => !told.has(id)).length;
  const wrongVotes = votes.wrong(told);
  let differing = 0;
  for (const person of people.slice(0, CLIENTS)) {
    const library = join(home, `library-${person}`);
    await sync(library, keys[person] ?? '', servers.url()).done;
    differing += differences(library, told);
  }
  await servers.stop();
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
  const rows: readonly (readonly [string, number])[] = [
    ['seconds', seconds],
    ['patterns acknowledged', acknowledged.size],
    ['votes acknowledged', votes.count()],
    ['requests that failed and were not counted', counts.refused],
    ['syncs of clients', counts.syncs],
    ['clients killed', counts.clientsKilled],
    ['servers killed', counts.serversKilled],
    ['crashes of PostgreSQL', counts.databaseCrashes],
    ['acknowledged patterns lost', missing],
    ['patterns whose votes are not as cast', wrongVotes],
    ['patterns that a client has otherwise than the server', differing],
  ];
  for (const [name, value] of rows) {
    console.log(`${name.padEnd(56)}${value.toLocaleString('en').padStart(12)}`);
  }
  return missing + wrongVotes + differing;
}

async function issueKeys(servers: Servers): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let person = 0; person < WRITERS; person += 1) {
    const body = JSON.stringify({ user: `person ${person}`, role: 'writer' });
    const issued = (await servers.insist('POST', '/keys', ADMIN_KEY, body)) as { key: string };
    keys.push(issued.key);
  }
  return keys;
}

interface Votes {
  cast(person: number, helpful: boolean): Promise<void>;
  count(): number;
  /** Patterns that count other votes than were cast last. */
  wrong(told: ReadonlyMap<string, Told>): number;
}

async function createVotes(servers: Servers, keys: readonly string[]): Promise<Votes> {
  const ids: string[] = [];
  for (let at = 0; at < VOTED; at += 1) {
    const body = JSON.stringify(pair(`voted_${at}`));
    const { id } = (await servers.insist('POST', '/patterns', ADMIN_KEY, body)) as { id: string };
    ids.push(id);
  }
  const cast = ids.map(() => new Map<number, boolean>());
  let acknowledged = 0;
  return {
    async cast(person, helpful) {
      const at = Math.floor(Math.random() * VOTED);
      // Tried until it is confirmed, so that what counts in the end is known.
      const path = `/patterns/${ids[at] ?? ''}/feedback`;
      await servers.insist('POST', path, keys[person] ?? '', JSON.stringify({ helpful }));
      cast[at]?.set(person, helpful);
      acknowledged += 1;
    },
    count: () => acknowledged,
    wrong: (told) =>
      ids.filter((id, at) => {
        const all = [...(cast[at]?.values() ?? [])];
        const shown = told.get(id);
        const good = all.filter(Boolean).length;
        return shown?.helpful !== good || shown.votes !== all.length;
      }).length,
  };
}

interface Told {
  readonly helpful: number;
  readonly votes: number;
}

async function readAll(servers: Servers): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  for (let cursor = '', more = true; more;) {
    const path = `/changes?limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const page = (await servers.insist('GET', path, ADMIN_KEY)) as ChangePage;
    for (const change of page.changes) {
      if (change.deleted) continue;
      told.set(change.id, { helpful: change.success_count, votes: change.feedback_count });
    }
    ({ cursor, more } = page);
  }
  return told;
}

function differences(library: string, told: ReadonlyMap<string, Told>): number {
  const { known } = JSON.parse(readFileSync(join(library, 'team/state.json'), 'utf8')) as {
    readonly known: Readonly<Record<string, Told>>;
  };
  const ids = new Set([...told.keys(), ...Object.keys(known)]);
  return [...ids].filter((id) => {
    const [here, there] = [known[id], told.get(id)];
    return here?.helpful !== there?.helpful || here?.votes !== there?.votes;
  }).length;
}

/** Connects anew, because the server may have another address, and syncs. */
function sync(
  library: string,
  key: string,
  url: string,
): { readonly done: Promise<void>; kill(signal: NodeJS.Signals): void } {
  const env = { ...process.env, PATTERN_FOUNDRY_TEAM_KEY: key, PATTERN_FOUNDRY_LIBRARY: library };
  const isConnected = readState(library)?.address === url;
  const argv = [CLI, 'team', ...(isConnected ? ['sync'] : ['connect', url])];
  const child = execFile(process.execPath, argv, { env });
  const done = new Promise<void>((end) =>
    child.once('exit', () => {
      end();
    }),
  );
  return { done, kill: (signal) => void child.kill(signal) };
}

function readState(library: string): { readonly address: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(library, 'team/state.json'), 'utf8')) as {
      readonly address: string;
    };
  } catch {
    return undefined;
  }
}
