import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openTeamServer,
  type TeamServer,
  type TeamServerOptions,
} from '../../../src/server/serve.ts';
import { ASSETS } from '../assets.ts';
import { createHashEmbedder } from '../engine/hashEmbedder.ts';

/** Well formed, and of no real server. */
export const ADMIN_KEY = `pf_${'0'.repeat(32)}_${'A'.repeat(43)}`;

export interface Reply<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Asking {
  /** An administrator's when absent; `null` sends none. */
  readonly key?: string | null;
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A team server on a port of this machine. */
export interface TestServer {
  readonly server: TeamServer;
  readonly data: string;
  readonly log: readonly string[];
  ask<Body = Record<string, unknown>>(
    method: string,
    path: string,
    asking?: Asking,
  ): Promise<Reply<Body>>;
  /** The code of the problem that answers, or the status where there is none. */
  codeOf(method: string, path: string, asking?: Asking): Promise<unknown>;
  /** A key of somebody's. */
  keyOf(user: string, role?: string): Promise<string>;
  close(): Promise<void>;
}

export async function openTestServer(
  options: Partial<TeamServerOptions> = {},
): Promise<TestServer> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'pattern-foundry-server-'));
  const log: string[] = [];
  const server = await openTeamServer({
    ...{ host: '127.0.0.1', port: 0, data, databaseUrl: undefined, replicaUrl: undefined },
    ...{ adminKey: ADMIN_KEY, team: 'crew', rate: 1_000_000, version: '1.2.3' },
    ...{ assetsDir: ASSETS, clockMs: () => performance.now(), embedder: createHashEmbedder() },
    onLog: (message) => log.push(message),
    onFirstKey: () => undefined,
    ...options,
  });
  const ask = async <Body = Record<string, unknown>>(
    method: string,
    path: string,
    { key = ADMIN_KEY, body, headers = {} }: Asking = {},
  ): Promise<Reply<Body>> => {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(key === null ? {} : { 'x-api-key': key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json\b/.test(response.headers.get('content-type') ?? '');
    const isLines = response.headers.get('content-type') === 'application/x-ndjson';
    const parsed: unknown = isLines
      ? text
          .trim()
          .split('\n')
          .map((line): unknown => JSON.parse(line))
      : isJson
        ? JSON.parse(text)
        : text;
    return { status: response.status, headers: response.headers, body: parsed as Body };
  };
  return {
    server,
    data,
    log,
    ask,
    codeOf: async (...asked) => {
      const { body, headers, status } = await ask(...asked);
      if (status >= 400) assert.match(headers.get('content-type') ?? '', /^application\/problem\+/);
      return body['code'] ?? status;
    },
    keyOf: async (user, role = 'writer') => {
      const { body } = await ask('POST', '/keys', { body: { user, role } });
      return String(body['key']);
    },
    close: async () => {
      await server.close();
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A before/after pair as the design document writes it. */
export function pair(name: string, changes: Readonly<Record<string, unknown>> = {}): object {
  return {
    problem_type: 'bug_fix',
    code_before: `def ${name}():\n    return None`,
    code_after: `def ${name}():\n    return 1`,
    commit_msg: `fix: ${name} answers`,
    ...changes,
  };
}
