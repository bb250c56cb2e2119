import { LANGUAGES } from '../../core/model/code.ts';
import { PATTERN_KINDS } from '../../core/model/pattern.ts';
import { ROLES } from '../../core/model/team/wire.ts';
import { ORDERS } from '../store/list.ts';

/** JSON Schema: checks what comes in, writes what goes out, and is the OpenAPI document. */

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const nullable = (schema: object): object => ({ ...schema, nullable: true });
const NAME = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[^\\u0000-\\u001f]+$' };
const FREE_TEXT = { type: 'string', maxLength: 10_000, pattern: '^[^\\u0000]*$' };

export const ID_PARAMS = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', format: 'uuid' } },
};

const SHOWN_PROPERTIES = {
  id: text,
  problem_type: text,
  solution_hash: text,
  code_before: text,
  code_after: text,
  kind: text,
  language: nullable(text),
  framework: nullable(text),
  name: text,
  description: text,
  tags: { type: 'array', items: text },
  success_count: count,
  feedback_count: count,
  good_outcomes: count,
  outcome_count: count,
  confidence: { type: 'number' },
  created_by: text,
  created_at: text,
  last_used: nullable(text),
};

export const PATTERN = { type: 'object', properties: SHOWN_PROPERTIES };
export const WHOLE_PATTERN = { type: 'object', properties: { ...SHOWN_PROPERTIES, line: text } };

export const PATTERN_LIST = {
  type: 'object',
  properties: {
    patterns: { type: 'array', items: PATTERN },
    total: count,
    page: count,
    per_page: count,
    sort: { type: 'string', enum: ORDERS },
    cursor: text,
  },
};

export const LIST_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    problem_type: NAME,
    language: { type: 'string', enum: LANGUAGES },
    framework: NAME,
    kind: { type: 'string', enum: PATTERN_KINDS },
    tag: NAME,
    author: NAME,
    text: { ...NAME, maxLength: 1000 },
    sort: { type: 'string', enum: ORDERS },
    page: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    per_page: { type: 'integer', minimum: 1, maximum: 200 },
    limit: { type: 'integer', minimum: 1, maximum: 200 },
    cursor: { type: 'string', maxLength: 200 },
  },
};

/** Checked further by `readPattern`. */
export const NEW_PATTERN = {
  type: 'object',
  description:
    'One object of the exchange format: a before/after pair, with code_before and code_after or before_code and after_code, or a line of a pack.',
  properties: {
    problem_type: text,
    code_before: text,
    code_after: text,
    before_code: text,
    after_code: text,
  },
};

export const ACCEPTED = {
  type: 'object',
  properties: { id: text, solution_hash: text, created: { type: 'boolean' } },
};

export const EDIT = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    name: { ...NAME, maxLength: 500 },
    description: FREE_TEXT,
    tags: { type: 'array', maxItems: 100, items: NAME },
    restore: { type: 'boolean' },
  },
};

export const FEEDBACK = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    helpful: { type: 'boolean', nullable: true },
    outcomes: {
      type: 'object',
      additionalProperties: false,
      required: ['good', 'total'],
      properties: {
        good: { ...count, maximum: 1_000_000 },
        total: { ...count, maximum: 1_000_000 },
      },
    },
  },
};

export const STANDING = {
  type: 'object',
  properties: { id: text, success_count: count, feedback_count: count },
};

export const CHANGES_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    cursor: { type: 'string', maxLength: 200 },
    limit: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  },
};

export const CHANGE_PAGE = {
  type: 'object',
  properties: {
    changes: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          ...SHOWN_PROPERTIES,
          line: text,
          deleted: { type: 'boolean' },
          backers: count,
          judges: count,
        },
      },
    },
    cursor: text,
    epoch: text,
    more: { type: 'boolean' },
  },
};

export const KEY_REQUEST = {
  type: 'object',
  additionalProperties: false,
  required: ['user', 'role'],
  properties: {
    user: NAME,
    machine: { ...NAME, default: 'any' },
    role: { type: 'string', enum: ROLES },
    expires_at: { type: 'string', format: 'date-time' },
  },
};

/** May be left out. */
export const ROTATION = {
  type: 'object',
  nullable: true,
  additionalProperties: false,
  properties: { expires_at: { type: 'string', format: 'date-time' } },
};

const KEY_PROPERTIES = {
  id: text,
  user: text,
  machine: text,
  role: text,
  created_by: text,
  created_at: text,
  expires_at: nullable(text),
  revoked_at: nullable(text),
};

export const KEY = { type: 'object', properties: KEY_PROPERTIES };
export const ISSUED_KEY = { type: 'object', properties: { ...KEY_PROPERTIES, key: text } };
export const KEY_LIST = { type: 'object', properties: { keys: { type: 'array', items: KEY } } };
