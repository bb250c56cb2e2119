import type { FastifyInstance } from 'fastify';
import { Refusal } from '../problem.ts';

/** One pattern; a batch is bounded by its lines. */
export const MOST_BODY_BYTES = 2 * 1024 * 1024;
const DEEPEST = 32;

/** Reads JSON within bounds, and nothing that would have to be unpacked first. */
export function registerBounds(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    // The other one is what curl says of any body; the key in its header is what no form can send.
    ['application/json', 'application/x-www-form-urlencoded'],
    { parseAs: 'string', bodyLimit: MOST_BODY_BYTES },
    (_request, body, done) => {
      try {
        done(null, parseBounded(String(body)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  // Read by its route, line by line.
  app.addContentTypeParser('application/x-ndjson', (_request, body, done) => {
    done(null, body);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding'];
    const isPlain = encoding === undefined || encoding === 'identity';
    done(isPlain ? undefined : new Refusal('wrong-media-type', 'send bodies as they are'));
  });
}

/** @throws Refusal `bad-request` */
export function parseBounded(json: string): unknown {
  if (isTooDeep(json)) {
    throw new Refusal('bad-request', `the body is nested deeper than ${DEEPEST} levels`);
  }
  try {
    return JSON.parse(json, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    throw new Refusal('bad-request', 'the body is not JSON');
  }
}

/** Told before it is parsed; brackets within strings do not count. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const unit = json.charCodeAt(at);
    if (isInString) {
      if (unit === BACKSLASH) at += 1;
      else if (unit === QUOTE) isInString = false;
    } else if (unit === QUOTE) isInString = true;
    else if (unit === BRACE || unit === BRACKET) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (unit === BRACE + 2 || unit === BRACKET + 2) depth -= 1;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;
