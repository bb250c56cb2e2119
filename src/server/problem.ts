import { PROBLEM_MEDIA_TYPE, type Problem } from '../core/model/team/wire.ts';

/** Stable codes of refusals, with the status and the title each goes out with. */
export const PROBLEMS = {
  'bad-request': [400, 'The request makes no sense'],
  'bad-pattern': [422, 'The pattern cannot be read'],
  'bad-cursor': [400, 'The cursor is not of this list'],
  'key-missing': [401, 'A key is needed'],
  'key-unknown': [401, 'The key is not known'],
  'key-expired': [401, 'The key has expired'],
  'key-revoked': [401, 'The key was revoked'],
  'role-too-low': [403, 'The key may not do this'],
  'not-yours': [403, 'The pattern is of somebody else'],
  'not-found': [404, 'There is no such thing'],
  'cursor-lost': [409, 'The server does not know this cursor any more'],
  conflict: [409, 'Something else has taken its place'],
  'pattern-deleted': [410, 'The pattern was deleted'],
  'too-slow': [408, 'The request came too slowly'],
  'too-large': [413, 'The request is too large'],
  'wrong-media-type': [415, 'The media type is not understood'],
  'rate-limited': [429, 'Too many requests'],
  'headers-too-large': [431, 'The headers are too large'],
  'internal-error': [500, 'The server made a mistake'],
  'adapters-busy': [503, 'Too much work on adapters waits already'],
  stopping: [503, 'The server is being stopped'],
  'database-away': [503, 'The database is away'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A refusal that is answered as a problem document. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  /** Seconds after which to ask again. */
  readonly retryAfter: number | undefined;

  constructor(code: ProblemCode, detail: string, retryAfter?: number) {
    super(detail);
    this.name = 'Refusal';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export function toProblem({ code, message }: Pick<Refusal, 'code' | 'message'>): Problem {
  const [status, title] = PROBLEMS[code];
  return { type: `urn:pattern-foundry:problem:${code}`, title, status, detail: message, code };
}

export { PROBLEM_MEDIA_TYPE };
