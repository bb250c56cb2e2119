import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import {
  ROLES,
  type IssuedKey,
  type KeyRecord,
  type KeyRequest,
  type Role,
} from '../../core/model/team/wire.ts';
import type { Database, Run, Statement } from '../database/database.ts';
import { Refusal } from '../problem.ts';

/** Whoever holds a key. */
export interface Caller {
  readonly keyId: string;
  /** A person; several keys may be theirs. */
  readonly user: string;
  readonly machine: string;
  readonly role: Role;
}

const SECRET_BYTES = 32;
/** A key that was found good is not looked up again for this long, unless its server hears of a change. */
const REMEMBERED_MS = 1_000;
const MOST_REMEMBERED = 10_000;

const COLUMNS =
  'id, user_id AS user, machine, role, created_by, created_at, expires_at, revoked_at';

const FIND: Statement = {
  name: 'find_key',
  text: `SELECT ${COLUMNS}, hash, expires_at <= now() AS expired FROM api_keys WHERE id = $1`,
};

/** Keys hold 256 random bits, so that a plain hash is as good as a slow one. */
const ISSUE: Statement = {
  name: 'issue_key',
  text: `WITH made AS (
      INSERT INTO api_keys (id, user_id, machine, role, hash, created_by, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7::timestamptz) RETURNING *),
    noted AS (
      INSERT INTO audit_log (user_id, key_id, action, subject, detail)
      SELECT $6, $8, 'key-issued', id::text, user_id || ' ' || role FROM made)
    SELECT ${COLUMNS} FROM made`,
};

const HOLD: Statement = {
  name: 'hold_key',
  text: `SELECT ${COLUMNS}, expires_at <= now() AS expired FROM api_keys WHERE id = $1 FOR UPDATE`,
};

const REVOKE: Statement = {
  name: 'revoke_key',
  text: `WITH ended AS (
      UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING *),
    noted AS (
      INSERT INTO audit_log (user_id, key_id, action, subject)
      SELECT $2, $3, 'key-revoked', id::text FROM ended)
    SELECT ${COLUMNS} FROM ended`,
};

const LIST: Statement = {
  name: 'list_keys',
  text: `SELECT ${COLUMNS} FROM api_keys ORDER BY created_at DESC, id LIMIT 1000`,
};

export interface Keys {
  /** @throws Refusal `key-missing`, `key-unknown`, `key-expired`, `key-revoked` */
  check(key: string | undefined): Promise<Caller>;
  /** Whether this server found a key good when it last looked it up. */
  wasGood(key: string): boolean;
  issue(request: KeyRequest, by: Caller): Promise<IssuedKey>;
  /**
   * A new key of the same person and role; the old one ends.
   *
   * @param expiresAt ISO 8601; when the old one would have ended when absent
   * @throws Refusal `not-found`; `conflict` where it was revoked; `bad-request` where it has expired
   *   and no other end is given
   */
  rotate(id: string, expiresAt: string | undefined, by: Caller): Promise<IssuedKey>;
  /** @throws Refusal `not-found` */
  revoke(id: string, by: Caller): Promise<KeyRecord>;
  list(): Promise<readonly KeyRecord[]>;
  /** Whether there is any that works. */
  isEmpty(run?: Run): Promise<boolean>;
  /** The first key of all, which is an administrator's. */
  first(run: Run, key?: string): Promise<string>;
}

/** @param clockMs milliseconds that only grow */
export function createKeys(database: Database, clockMs: () => number): Keys {
  /** Keys that were good when they were last looked up. */
  const good = new Set<string>();
  const remembered = new Map<string, { readonly caller: Caller; readonly untilMs: number }>();

  async function issue(run: Run, request: KeyRequest, by: Caller, key = newKey()) {
    const { id, secret } = parseKey(key) ?? refuse('key-unknown', 'the key is not well formed');
    const [made] = await run<KeyRecord>(ISSUE, [
      ...[id, request.user, request.machine, request.role, hashOf(secret), by.user],
      ...[request.expires_at ?? null, by.keyId === id ? null : by.keyId],
    ]);
    if (made === undefined) throw new Error('nothing was returned for a key');
    return { ...made, key };
  }

  async function revoke(run: Run, id: string, by: Caller): Promise<KeyRecord> {
    const [ended] = await run<KeyRecord>(REVOKE, [id, by.user, by.keyId]);
    remembered.clear();
    return ended ?? refuse('not-found', `there is no key ${id}`);
  }

  return {
    async check(key) {
      if (key === undefined || key === '') {
        throw new Refusal('key-missing', 'send your key in the header X-API-Key');
      }
      const nowMs = clockMs();
      const known = remembered.get(key);
      if (known !== undefined && known.untilMs > nowMs) return known.caller;
      good.delete(key);
      const caller = await lookUp(database.run, key);
      if (good.size >= MOST_REMEMBERED) good.clear();
      good.add(key);
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(key, { caller, untilMs: nowMs + REMEMBERED_MS });
      return caller;
    },
    wasGood: (key) => good.has(key),
    issue: (request, by) => issue(database.run, request, by),
    rotate: (id, expiresAt, by) =>
      database.transaction(async (run) => {
        const { user, machine, role, expires_at } = await holdUsable(run, id, expiresAt);
        await revoke(run, id, by);
        const end = expiresAt ?? expires_at ?? undefined;
        return issue(run, { user, machine, role, expires_at: end }, by);
      }),
    revoke: (id, by) => revoke(database.run, id, by),
    list: () => database.run<KeyRecord>(LIST, []),
    async isEmpty(run = database.run) {
      const text = `SELECT EXISTS (SELECT 1 FROM api_keys
        WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())) AS some`;
      const [row] = await run<{ readonly some: boolean }>({ name: 'any_key', text }, []);
      return row?.some !== true;
    },
    async first(run, key = newKey()) {
      const { id } = parseKey(key) ?? refuse('key-unknown', 'the key is not well formed');
      const admin: Caller = { keyId: id, user: 'admin', machine: 'server', role: 'admin' };
      await issue(run, admin, admin, key);
      return key;
    },
  };
}

type Dated = KeyRecord & { readonly expired: boolean | null };

/** A key in whose place another one may come. */
async function holdUsable(run: Run, id: string, expiresAt: string | undefined): Promise<KeyRecord> {
  const [held] = await run<Dated>(HOLD, [id]);
  if (held === undefined) return refuse('not-found', `there is no key ${id}`);
  if (held.revoked_at !== null) {
    return refuse('conflict', `the key ${id} was revoked: issue a new one`);
  }
  if (held.expired === true && expiresAt === undefined) {
    return refuse('bad-request', `the key ${id} has expired: say until when the new one is good`);
  }
  return held;
}

async function lookUp(run: Run, key: string): Promise<Caller> {
  const { id, secret } = parseKey(key) ?? refuse('key-unknown', 'the key is not well formed');
  const [row] = await run<Dated & { readonly hash: Buffer }>(FIND, [id]);
  if (row === undefined || !timingSafeEqual(row.hash, hashOf(secret))) {
    return refuse('key-unknown', 'no such key was issued here');
  }
  if (row.revoked_at !== null) return refuse('key-revoked', 'ask an administrator for another one');
  if (row.expired === true) return refuse('key-expired', 'ask an administrator for another one');
  return { keyId: row.id, user: row.user, machine: row.machine, role: row.role };
}

/** Whether a role may do what takes another one. */
export function isAtLeast(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

/** `pf_<id>_<secret>`: the id finds the record, and the secret is compared in constant time. */
function newKey(): string {
  const id = randomUUID().replaceAll('-', '');
  return `pf_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

function parseKey(key: string): { readonly id: string; readonly secret: string } | undefined {
  const [, hex, secret] = /^pf_([0-9a-f]{32})_([\w-]{43})$/.exec(key) ?? [];
  if (hex === undefined || secret === undefined) return undefined;
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { id, secret };
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function refuse(code: Refusal['code'], detail: string): never {
  throw new Refusal(code, detail);
}
