import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer of the scripted server. */
export type ScriptedReply =
  | { readonly text: string; readonly isCut?: boolean; readonly isUncounted?: boolean }
  | {
      readonly status: number;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Sent as it is in place of a stream. */
  | { readonly raw: string }
  /** Words without end, or nothing at all. */
  | { readonly never: 'ends' | 'begins' }
  /** The connection breaks after these words. */
  | { readonly breaksAfter: string };

/** What was sent to the server. */
export interface SentRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly max_tokens?: number;
    readonly max_completion_tokens?: number;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly temperature?: number;
    readonly stream_options?: unknown;
    readonly response_format?: unknown;
  };
}

export interface ChatServer {
  readonly address: string;
  readonly requests: SentRequest[];
  close(): Promise<void>;
}

/** A server on loopback that speaks the chat protocol and answers what it was told to, in order. */
export async function startChatServer(
  script: readonly ScriptedReply[] | ((request: SentRequest) => ScriptedReply),
): Promise<ChatServer> {
  const requests: SentRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const sent: SentRequest = {
        path: request.url ?? '',
        authorization: request.headers.authorization,
        body: JSON.parse(Buffer.concat(chunks).toString()) as SentRequest['body'],
      };
      const next = typeof script === 'function' ? script(sent) : script[requests.length];
      requests.push(sent);
      reply(response, next ?? { status: 500, message: 'the script is at its end' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, next: ScriptedReply): void {
  if ('status' in next) {
    response.writeHead(next.status, { 'content-type': 'application/json', ...next.headers });
    response.end(JSON.stringify({ error: { message: next.message, type: 'error' } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if ('raw' in next) response.end(next.raw);
  else if ('never' in next) {
    if (next.never === 'ends') sendForEver(response);
  } else if ('breaksAfter' in next) {
    response.write(piece(next.breaksAfter), () => response.destroy());
  } else {
    for (const part of next.text.match(/[^]{1,7}/g) ?? []) response.write(piece(part));
    response.write(
      event({
        choices: [{ index: 0, delta: {}, finish_reason: next.isCut === true ? 'length' : 'stop' }],
      }),
    );
    if (next.isUncounted !== true) {
      const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
      response.write(event({ choices: [], usage }));
    }
    response.end('data: [DONE]\n\n');
  }
}

function sendForEver(response: ServerResponse): void {
  const send = (): void => {
    if (response.destroyed) return;
    if (response.write(piece('again and again '.repeat(50)))) setImmediate(send);
    else response.once('drain', send);
  };
  send();
}

function piece(content: string): string {
  return event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
}

function event(chunk: object): string {
  const envelope = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' };
  return `data: ${JSON.stringify({ ...envelope, ...chunk })}\n\n`;
}
