import { AppError } from '../model/errors.ts';
import { localized, verbatim } from '../model/localizedText.ts';
import type {
  Accepted,
  ChangePage,
  Identity,
  IssuedKey,
  KeyRecord,
  KeyRequest,
} from '../model/team/wire.ts';
import {
  ACCEPTED,
  CHANGES,
  FOUND,
  IDENTITY,
  ISSUED_KEY,
  KEY,
  KEY_LIST,
  PROBLEM,
  readAnswer,
  type FoundPage,
} from './answers.ts';

/** A server that says nothing for so long is away. */
const LONGEST_MS = 30_000;
const MOST_BYTES = 64 * 1024 * 1024;
const PAGE = 200;

/** What a server, or what stands before it, refuses; `unknown` is the code where it gives none. */
export class TeamRefusal extends Error {
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.name = 'TeamRefusal';
    this.code = code;
  }
}

/** Requests to one team server. @throws AppError `team-unreachable`, `team-refused`, `team-answer-unreadable`; TeamRefusal */
export interface TeamClient {
  identity(): Promise<Identity>;
  changes(cursor: string | undefined): Promise<ChangePage>;
  /** By words and meaning where the server knows meanings, else by words. */
  search(text: string, limit: number): Promise<FoundPage>;
  /** @param line JSON in the exchange format */
  post(line: string): Promise<Accepted>;
  edit(id: string, fields: object): Promise<void>;
  remove(id: string): Promise<void>;
  feedback(id: string, feedback: object): Promise<void>;
  issueKey(request: KeyRequest): Promise<IssuedKey>;
  keys(): Promise<readonly KeyRecord[]>;
  /** @param expiresAt ISO 8601; as before when absent */
  rotateKey(id: string, expiresAt: string | undefined): Promise<IssuedKey>;
  revokeKey(id: string): Promise<KeyRecord>;
}

export function createTeamClient(address: string, key: string, signal?: AbortSignal): TeamClient {
  async function ask(method: string, path: string, body?: string): Promise<unknown> {
    const signals = [AbortSignal.timeout(LONGEST_MS), ...(signal ? [signal] : [])];
    let response: Response;
    let text: string;
    try {
      response = await fetch(new URL(path, address), {
        method,
        headers: {
          'x-api-key': key,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
        // A key that follows a redirect may end up anywhere.
        redirect: 'error',
        signal: AbortSignal.any(signals),
      });
      text = await readBounded(response);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AppError) throw error;
      const reason = error instanceof Error ? reasonOf(error) : String(error);
      throw unreachable(address, reason, error);
    }
    const value = parseJson(text);
    if (response.ok) return value;
    throw refusalFor(address, response.status, value);
  }

  async function read<Value>(
    schema: Parameters<typeof readAnswer<Value>>[0],
    asked: Promise<unknown>,
  ): Promise<Value> {
    const answer = readAnswer(schema, await asked);
    if (answer !== undefined) return answer;
    throw new AppError(
      'team-answer-unreadable',
      localized`${address} answers what no team server of this version does`,
    );
  }

  /** Without its answer nothing goes on, unless it is that all must be asked anew. */
  function needed(asked: Promise<unknown>): Promise<unknown> {
    return asked.catch((error: unknown) => {
      const ends = error instanceof TeamRefusal && error.code !== 'cursor-lost';
      throw ends ? refused(address, error.message) : error;
    });
  }

  return {
    identity: () => read(IDENTITY, needed(ask('GET', '/me'))),
    changes: (cursor) => {
      const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      return read(CHANGES, needed(ask('GET', `/changes?limit=${PAGE}${from}`)));
    },
    search: (text, limit) => {
      const find = (order: Readonly<Record<string, string>>): Promise<unknown> => {
        const query = new URLSearchParams({ text, ...order, per_page: String(limit) });
        return ask('GET', `/patterns?${query}`);
      };
      const found = find({ sort: 'meaning' }).catch((error: unknown) => {
        // A server of before knows no such order.
        if (error instanceof TeamRefusal && error.code === 'bad-request') return find({});
        throw error;
      });
      return read(FOUND, needed(found));
    },
    post: (line) => read(ACCEPTED, ask('POST', '/patterns', line)),
    edit: async (id, fields) => {
      await ask('POST', `/patterns/${id}`, JSON.stringify(fields));
    },
    remove: async (id) => {
      await ask('DELETE', `/patterns/${id}`);
    },
    feedback: async (id, feedback) => {
      await ask('POST', `/patterns/${id}/feedback`, JSON.stringify(feedback));
    },
    issueKey: (request) => read(ISSUED_KEY, needed(ask('POST', '/keys', JSON.stringify(request)))),
    keys: async () => (await read(KEY_LIST, needed(ask('GET', '/keys')))).keys,
    rotateKey: (id, expiresAt) => {
      const body = JSON.stringify(expiresAt === undefined ? {} : { expires_at: expiresAt });
      return read(ISSUED_KEY, needed(ask('POST', `/keys/${encodeURIComponent(id)}/rotate`, body)));
    },
    revokeKey: (id) => read(KEY, needed(ask('DELETE', `/keys/${encodeURIComponent(id)}`))),
  };
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    const chunk = part.value as Uint8Array;
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      throw new AppError('team-answer-unreadable', localized`an answer of the server is too large`);
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function refusalFor(address: string, status: number, value: unknown): Error {
  const problem = readAnswer(PROBLEM, value);
  const detail = problem?.detail ?? `HTTP ${status}`;
  if (status === 429 || status >= 500) return unreachable(address, detail);
  if (status === 401 || problem?.code === 'role-too-low') {
    return refused(address, detail);
  }
  return new TeamRefusal(problem?.code ?? 'unknown', detail);
}

function refused(address: string, detail: string): AppError {
  return new AppError('team-refused', localized`${address} refuses: ${verbatim(detail)}`);
}

function unreachable(address: string, reason: string, cause?: unknown): AppError {
  const text = localized`${address} cannot be reached: ${verbatim(reason)}`;
  return new AppError('team-unreachable', text, { cause });
}

/** What lies behind “fetch failed”. */
function reasonOf(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
