import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openAdapterVersions } from '../core/jobs/adapters/adapterVersions.ts';
import { AppError } from '../core/model/errors.ts';
import { localized } from '../core/model/localizedText.ts';
import { errorCode } from '../core/platform/fileSystem.ts';
import type { Embedder } from '../core/model/ports/embedder.ts';
import { openEmbedder } from '../core/retrieval/embedder/embedder.ts';
import { createSecretGate } from '../core/secrets/gate.ts';
import { createAdapterWork } from './adapters/adapterWork.ts';
import { createApp } from './app.ts';
import { DatabaseAway, type Database } from './database/database.ts';
import { openEmbedded } from './database/embedded.ts';
import { migrate } from './database/migrations.ts';
import { openPostgres } from './database/postgres.ts';
import { createMeaning, type Meaning } from './meaning/meaning.ts';
import { prepareVectors } from './meaning/vectorTables.ts';
import type { ServerParts } from './parts.ts';
import { createKeys } from './store/keys.ts';
import { createLists } from './store/list.ts';

const RETRY_MS = 1_000;
const CONNECTIONS = 10;

export interface TeamServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Folder of what is no database on a server: the built-in database, and adapters. */
  readonly data: string;
  /** `DATABASE_URL`; the database that is built in when absent. */
  readonly databaseUrl: string | undefined;
  /** Asked for what only reads and may be a little late. */
  readonly replicaUrl: string | undefined;
  /** The first key of all, where none was issued yet; a random one when absent. */
  readonly adminKey: string | undefined;
  readonly team: string;
  /** Requests a minute and key. */
  readonly rate: number;
  /** Of the package. */
  readonly version: string;
  /** Where the build put the bundle of the built-in database: `dist/assets`. */
  readonly assetsDir: string;
  /** What makes vectors of texts; the one of the build when absent. */
  readonly embedder?: Embedder;
  /** Milliseconds that only grow. */
  readonly clockMs: () => number;
  /** A bug, or the database went or came back. */
  readonly onLog: (message: string) => void;
  /** The administrator's key, told once, when the first server on a database has made it. */
  readonly onFirstKey: (key: string) => void;
}

export interface TeamServer {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Rejects where the server cannot go on; resolves when the database is ready. */
  readonly ready: Promise<void>;
  /** Answers what was asked, and nothing after that. */
  close(): Promise<void>;
}

/**
 * Listens at once, and answers that the database is away until it is there.
 *
 * @throws AppError `team-data-in-use`, `port-taken`
 */
export async function openTeamServer(options: TeamServerOptions): Promise<TeamServer> {
  const { host, port, clockMs, onLog } = options;
  const database = await openDatabase(options);
  const replica =
    options.replicaUrl === undefined
      ? database
      : openPostgres({ url: options.replicaUrl, connections: CONNECTIONS });
  const keys = createKeys(database, clockMs);
  const onBug = (error: unknown): void => {
    onLog(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const embedder = options.embedder ?? openOwnEmbedder(options.assetsDir);
  const meaning = createMeaning(database, embedder, onBug);
  let isReady = false;
  const adapters = join(options.data, 'adapters');
  const parts: ServerParts = {
    ...{ database, replica, keys, clockMs },
    list: createLists(replica.run, clockMs, meaning.vectorOf),
    gate: createSecretGate(),
    adapters: openAdapterVersions(adapters),
    adapterWork: createAdapterWork(join(dirname(options.assetsDir), 'adapters.js'), adapters),
    isReady: () => isReady,
    version: options.version,
    team: options.team,
  };
  const app = await createApp({
    ...{ parts, rate: options.rate },
    onBug,
  });
  const stop = new AbortController();
  const close = async (): Promise<void> => {
    stop.abort();
    // A merge may take minutes, for which nobody waits who stops a server.
    await parts.adapterWork.close();
    await app.close();
    await meaning.close();
    await Promise.all([...new Set([database, replica])].map((one) => one.close()));
  };
  let url: string;
  try {
    url = await app.listen({ host, port });
  } catch (error) {
    await close();
    const reason = errorCode(error);
    if (reason === undefined) throw error;
    const text = localized`${host}:${port} cannot be listened on: ${reason}`;
    throw new AppError('port-taken', text, { cause: error });
  }
  const prepared = prepare(stop.signal, { ...options, database, keys, embedder, meaning }).then(
    () => {
      isReady = !stop.signal.aborted;
    },
  );
  // Whoever awaits it hears of a failure; nobody may before the server is closed.
  prepared.catch(() => undefined);
  return { url, ready: prepared, close };
}

function openDatabase({ databaseUrl, data, assetsDir }: TeamServerOptions): Promise<Database> {
  if (databaseUrl !== undefined) {
    return Promise.resolve(openPostgres({ url: databaseUrl, connections: CONNECTIONS }));
  }
  return openEmbedded(join(dirname(assetsDir), 'embedded.js'), join(data, 'postgres'));
}

function openOwnEmbedder(assetsDir: string): Embedder {
  const entry = join(dirname(assetsDir), 'embedder.js');
  return openEmbedder({ assetsDir, entry, inBackground: true });
}

interface Preparing extends Pick<TeamServerOptions, 'host' | 'adminKey' | 'onFirstKey' | 'onLog'> {
  readonly database: Database;
  readonly keys: ServerParts['keys'];
  readonly embedder: Embedder;
  readonly meaning: Meaning;
}

/** Tries until the database is there. @throws AppError `team-database-mismatch`, `team-key-needed` */
async function prepare(signal: AbortSignal, options: Preparing): Promise<void> {
  const { database, keys, host, adminKey, onFirstKey, onLog } = options;
  let isAway = false;
  while (!signal.aborted) {
    try {
      await migrate(database);
      const made = await database.transaction(async (run) => {
        // Of two servers that start together one makes it.
        await run({ name: 'lock_keys', text: 'LOCK TABLE api_keys IN EXCLUSIVE MODE' }, []);
        if (!(await keys.isEmpty(run))) return undefined;
        if (adminKey === undefined && !isLoopback(host)) throw noKey(host);
        return keys.first(run, adminKey);
      });
      // At once: whatever fails from here on, the key was issued, and is made no second time.
      if (made !== undefined && adminKey === undefined) onFirstKey(made);
      if (await prepareVectors(database, options.embedder.model, onLog)) options.meaning.start();
      if (isAway) onLog('the database is there');
      return;
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      if (!isAway) onLog(`the database is away, trying again: ${error.message}`);
      isAway = true;
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Nobody could be told apart, and everybody can connect. */
function noKey(host: string): AppError {
  const text = localized`there is no key yet: start once on this machine alone, or set PATTERN_FOUNDRY_ADMIN_KEY, before listening on ${host}`;
  return new AppError('team-key-needed', text);
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === 'localhost' || host === '::1';
}
