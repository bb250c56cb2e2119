import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type McpConnection, newSession } from './connection.ts';
import { createMcpServer } from './server.ts';

/** Nobody on another machine reaches it. */
const LOOPBACK = '127.0.0.1';
const PATH = '/mcp';
const MOST_BYTES = 1024 * 1024;
/** Clients that leave without a word; the one that was longest silent goes first. */
const MOST_SESSIONS = 32;

export interface HttpServer {
  /** Such as `http://127.0.0.1:51234/mcp`. */
  readonly url: string;
  /** What every request must carry as `Authorization: Bearer …`. */
  readonly token: string;
  close(): Promise<void>;
}

export interface HttpOptions extends Omit<McpConnection, 'session'> {
  /** 0 takes a free one. */
  readonly port: number;
  /** A random one when absent. */
  readonly token?: string | undefined;
}

/**
 * Answers clients on this machine. A request without the token, from a web page or to another name
 * than that of this machine is refused before anything of it is read.
 *
 * @throws what the system says where the port is taken
 */
export async function openHttpServer({ port, token, ...parts }: HttpOptions): Promise<HttpServer> {
  const secret = token ?? randomBytes(32).toString('base64url');
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) refuse(response, 500, 'internal error');
      response.end();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, secret, portOf());
    if (refusal !== undefined) {
      refuse(response, ...refusal);
      return;
    }
    const body = request.method === 'POST' ? await readBody(request) : undefined;
    if (body === 'bad') {
      refuse(response, 400, 'the body is no JSON, or too large');
      return;
    }
    const transport = await transportFor(request);
    if (transport === undefined) {
      refuse(response, 404, 'there is no such session');
      return;
    }
    try {
      await transport.handleRequest(request, response, body?.json);
    } finally {
      // What began no session can never be asked again.
      if (transport.sessionId === undefined) await transport.close();
    }
  }

  async function transportFor(
    request: IncomingMessage,
  ): Promise<StreamableHTTPServerTransport | undefined> {
    const asked = request.headers['mcp-session-id'];
    if (typeof asked === 'string') {
      const known = sessions.get(asked);
      if (known === undefined) return undefined;
      // The last one is the one that spoke last.
      sessions.delete(asked);
      sessions.set(asked, known);
      return known;
    }
    return openSession();
  }

  async function openSession(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: async (id) => {
        const [oldest] = sessions;
        sessions.set(id, transport);
        if (sessions.size <= MOST_SESSIONS || oldest === undefined) return;
        sessions.delete(oldest[0]);
        await oldest[1].close();
      },
      onsessionclosed: (id) => {
        sessions.delete(id);
      },
    });
    await createMcpServer({ ...parts, session: newSession() }).connect(transport);
    return transport;
  }

  function portOf(): number {
    return (server.address() as AddressInfo).port;
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    url: `http://${LOOPBACK}:${portOf()}${PATH}`,
    token: secret,
    close: async () => {
      await Promise.all([...sessions.values()].map((transport) => transport.close()));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Status and reason; `undefined` for a request that may be answered. */
function refusalOf(
  { headers, url = '' }: IncomingMessage,
  secret: string,
  port: number,
): readonly [number, string] | undefined {
  const names = [LOOPBACK, 'localhost'].map((name) => `${name}:${port}`);
  // A page may reach this machine under a name of its own.
  if (!names.includes(headers.host ?? '')) return [403, 'another host is meant'];
  const { origin } = headers;
  if (origin !== undefined && !names.some((name) => origin === `http://${name}`)) {
    return [403, 'requests of other origins are refused'];
  }
  if (!holdsToken(headers.authorization, secret)) return [401, 'the token is missing or wrong'];
  return url.split('?')[0] === PATH ? undefined : [404, `there is only ${PATH}`];
}

function holdsToken(authorization: string | undefined, secret: string): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readBody(request: IncomingMessage): Promise<{ readonly json: unknown } | 'bad'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) return 'bad';
    chunks.push(chunk as Buffer);
  }
  try {
    return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch {
    return 'bad';
  }
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  const headers = {
    'content-type': 'application/json',
    connection: 'close',
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
  };
  response.writeHead(status, headers);
  response.end(
    JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message: reason }, id: null }),
  );
}
