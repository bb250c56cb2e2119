import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '../../core/model/errors.ts';
import { DatabaseAway } from '../database/database.ts';
import { PROBLEM_MEDIA_TYPE, Refusal, toProblem, type ProblemCode } from '../problem.ts';

/** Seconds after which a database that is away is asked again. */
const AWAY_SECONDS = 2;

/** Every failure goes out as a problem document; what is a bug says nothing of the inside. */
export function registerFailures(app: FastifyInstance, onBug: (error: unknown) => void): void {
  app.setErrorHandler((error: unknown, _request, reply) => {
    const refusal = toRefusal(error);
    if (refusal.code === 'internal-error') onBug(error);
    return sendProblem(reply, refusal);
  });
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new Refusal('not-found', 'there is nothing at this address')),
  );
}

/** Answers what is no request that could be routed; for `clientErrorHandler`. */
export function refuseUnreadable(error: Error, socket: Socket): void {
  if (!socket.writable) return;
  const code = 'code' in error ? (UNREADABLE[String(error.code)] ?? 'bad-request') : 'bad-request';
  const problem = toProblem(new Refusal(code, 'this is not a valid HTTP request'));
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Who does not hang up holds no connection; a moment is left to read the answer.
  const timer = setTimeout(() => {
    socket.destroy();
  }, READ_ANSWER_MS);
  socket.once('close', () => {
    clearTimeout(timer);
  });
}

const READ_ANSWER_MS = 500;

/** By the codes of Node. */
const UNREADABLE: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
};

export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const problem = toProblem(refusal);
  const { retryAfter } = refusal;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  if (problem.status === 401) reply.header('www-authenticate', 'ApiKey');
  // A body that was not read to its end would be taken for the next request.
  if (problem.status === 413 || problem.status === 401) reply.header('connection', 'close');
  return reply
    .code(problem.status)
    .type(PROBLEM_MEDIA_TYPE)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problem);
}

export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseAway) {
    return new Refusal('database-away', 'the database cannot be reached', AWAY_SECONDS);
  }
  if (error instanceof AppError) return ofAdapters(error);
  const { statusCode = 500, message } = error as Partial<FastifyError>;
  const code = statusCode < 500 ? (BY_STATUS[statusCode] ?? 'bad-request') : 'internal-error';
  if (code === 'internal-error') return new Refusal(code, 'it is in the log of the server');
  return new Refusal(code, message ?? code);
}

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'not-found',
  413: 'too-large',
  415: 'wrong-media-type',
  429: 'rate-limited',
};

/** What people can do something about, in the words of the command line. */
function ofAdapters({ code, message }: AppError): Refusal {
  if (code.endsWith('not-found')) return new Refusal('not-found', message);
  if (code === 'adapter-version-exists' || code === 'adapter-worse') {
    return new Refusal('conflict', message);
  }
  return new Refusal('bad-request', message);
}
