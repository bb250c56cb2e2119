import * as z from 'zod/mini';
import { ROLES } from '../model/team/wire.ts';
import type {
  Accepted,
  ChangePage,
  Identity,
  IssuedKey,
  KeyRecord,
  Standing,
  TeamPattern,
} from '../model/team/wire.ts';

/** What a server says is checked here, because anybody may run one. */

const LONGEST = 4_000_000;
const text = z.string().check(z.maxLength(LONGEST));
const name = z.string().check(z.maxLength(1000));
const count = z.int().check(z.nonnegative());
const id = z.string().check(z.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));

export const IDENTITY: z.ZodMiniType<Identity> = z.object({
  user: name,
  machine: name,
  role: z.enum(ROLES),
  team: name,
});

export const ACCEPTED: z.ZodMiniType<Accepted> = z.object({
  id,
  solution_hash: name,
  created: z.boolean(),
});

export const STANDING: z.ZodMiniType<Standing> = z.object({
  id,
  success_count: count,
  feedback_count: count,
});

/** Of a list, what a client shows. */
export interface FoundPage {
  readonly patterns: readonly Pick<
    TeamPattern,
    | 'id'
    | 'name'
    | 'description'
    | 'kind'
    | 'language'
    | 'created_by'
    | 'success_count'
    | 'feedback_count'
    | 'code_after'
  >[];
  readonly total: number;
  /** Servers of before say nothing of it, and find by words alone. */
  readonly sort?: string | undefined;
}

export const FOUND: z.ZodMiniType<FoundPage> = z.object({
  patterns: z.readonly(
    z.array(
      z.object({
        ...{ id, name: text, description: text, kind: name, language: z.nullable(name) },
        ...{ created_by: name, success_count: count, feedback_count: count, code_after: text },
      }),
    ),
  ),
  total: count,
  sort: z.optional(name),
});

const deleted = z.object({ id, deleted: z.literal(true), solution_hash: name });
const present = z.object({
  id,
  deleted: z.literal(false),
  problem_type: name,
  solution_hash: name,
  code_before: text,
  code_after: text,
  kind: name,
  language: z.nullable(name),
  framework: z.nullable(name),
  name: text,
  description: text,
  tags: z.readonly(z.array(text)),
  success_count: count,
  feedback_count: count,
  good_outcomes: count,
  outcome_count: count,
  backers: count,
  judges: count,
  confidence: z.number(),
  created_by: name,
  created_at: name,
  last_used: z.nullable(name),
  line: text,
});

export const CHANGES: z.ZodMiniType<ChangePage> = z.object({
  changes: z.readonly(z.array(z.discriminatedUnion('deleted', [deleted, present]))),
  cursor: name,
  epoch: name,
  more: z.boolean(),
});

const key = {
  id,
  user: name,
  machine: name,
  role: z.enum(ROLES),
  created_by: name,
  created_at: name,
  expires_at: z.nullable(name),
  revoked_at: z.nullable(name),
};

export const KEY: z.ZodMiniType<KeyRecord> = z.object(key);
export const ISSUED_KEY: z.ZodMiniType<IssuedKey> = z.object({ ...key, key: name });
export const KEY_LIST: z.ZodMiniType<{ readonly keys: readonly KeyRecord[] }> = z.object({
  keys: z.readonly(z.array(KEY)),
});

/** The part of a problem document that clients go by. */
export const PROBLEM = z.object({ code: name, detail: z.optional(text) });

/** The value in the shape that is expected; `undefined` where it has another. */
export function readAnswer<Value>(schema: z.ZodMiniType<Value>, value: unknown): Value | undefined {
  const read = z.safeParse(schema, value);
  return read.success ? read.data : undefined;
}
