import type { AdapterVersions } from '../core/jobs/adapters/adapterVersions.ts';
import type { SecretGate } from '../core/model/ports/secretGate.ts';
import type { AdapterWork } from './adapters/adapterWork.ts';
import type { Database } from './database/database.ts';
import type { createLists } from './store/list.ts';
import type { Keys } from './store/keys.ts';

/** What the routes of a server share. */
export interface ServerParts {
  readonly database: Database;
  /** For what only reads and may be a little late: a replica, where there is one. */
  readonly replica: Database;
  readonly keys: Keys;
  readonly list: ReturnType<typeof createLists>;
  readonly gate: SecretGate;
  /** What of adapters is told at once. */
  readonly adapters: Pick<AdapterVersions, 'list'>;
  readonly adapterWork: AdapterWork;
  /** Whether the tables are there and up to date. */
  readonly isReady: () => boolean;
  /** Of the package. */
  readonly version: string;
  /** What people call the team. */
  readonly team: string;
  /** Milliseconds that only grow. */
  readonly clockMs: () => number;
}
