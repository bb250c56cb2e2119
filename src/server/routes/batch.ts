import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { parseBounded, MOST_BODY_BYTES } from '../access/bounds.ts';
import { callerOf } from '../access/authenticate.ts';
import { toRefusal } from '../access/failures.ts';
import type { ServerParts } from '../parts.ts';
import { Refusal, toProblem } from '../problem.ts';
import { readPattern } from '../readPattern.ts';
import { postPattern } from '../store/patterns.ts';
import type { Caller } from '../store/keys.ts';

const MOST_LINES = 50_000;
const AT_ONCE = 16;

/**
 * An exported file as it is: each line is answered by one, in the same order, while the rest is still
 * coming.
 */
export function registerBatch(app: FastifyInstance, parts: ServerParts): void {
  app.post<{ Body: AsyncIterable<Buffer> }>(
    '/patterns/batch',
    {
      config: { role: 'writer' },
      schema: {
        summary: 'Create many patterns, one a line (application/x-ndjson)',
        consumes: ['application/x-ndjson'],
        produces: ['application/x-ndjson'],
      },
    },
    (request, reply) => {
      if (typeof request.body !== 'object' || !(Symbol.asyncIterator in request.body)) {
        throw new Refusal('wrong-media-type', 'send lines of JSON as application/x-ndjson');
      }
      const answers = answerLines(request.body, callerOf(request), parts);
      return reply.type('application/x-ndjson').send(Readable.from(answers));
    },
  );
}

async function* answerLines(
  body: AsyncIterable<Buffer>,
  caller: Caller,
  parts: ServerParts,
): AsyncIterable<string> {
  let number = 0;
  let group: Promise<object>[] = [];
  const toText = (answers: readonly object[]): string =>
    answers.map((answer) => `${JSON.stringify(answer)}\n`).join('');
  try {
    for await (const line of linesOf(body)) {
      number += 1;
      if (number > MOST_LINES) {
        throw new Refusal('too-large', `a batch has at most ${MOST_LINES} lines`);
      }
      if (line.trim() === '') continue;
      group.push(answerLine(line, number, { caller, ...parts }));
      if (group.length < AT_ONCE) continue;
      yield toText(await Promise.all(group));
      group = [];
    }
  } catch (error) {
    // Whoever sends learns which lines were kept: all that were answered.
    group.push(Promise.resolve({ line: number, ...toProblem(toRefusal(error)) }));
  }
  yield toText(await Promise.all(group));
}

async function answerLine(
  line: string,
  number: number,
  { caller, database, gate }: Pick<ServerParts, 'database' | 'gate'> & { readonly caller: Caller },
): Promise<object> {
  try {
    const fields = parseBounded(line);
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
      throw new Refusal('bad-pattern', 'not an object');
    }
    const sent = await readPattern(fields as Readonly<Record<string, unknown>>, gate);
    const accepted = await postPattern(database.run, sent, caller);
    return { line: number, status: accepted.created ? 201 : 200, ...accepted };
  } catch (error) {
    return { line: number, ...toProblem(toRefusal(error)) };
  }
}

/** Splits bytes into lines without holding more than one. @throws Refusal `too-large` */
async function* linesOf(body: AsyncIterable<Buffer>): AsyncIterable<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const piece of body) {
    let start = 0;
    for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, start)) {
      yield Buffer.concat([...parts, piece.subarray(start, end)]).toString('utf8');
      parts = [];
      length = 0;
      start = end + 1;
    }
    const rest = piece.subarray(start);
    length += rest.length;
    if (length > MOST_BODY_BYTES) {
      throw new Refusal('too-large', `a line has at most ${MOST_BODY_BYTES} bytes`);
    }
    if (rest.length > 0) parts.push(rest);
  }
  if (length > 0) yield Buffer.concat(parts).toString('utf8');
}
