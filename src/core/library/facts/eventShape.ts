import { IMPRESSION_USES } from '../../model/api/curate.ts';
import type { EventBody, LibraryEvent } from '../../model/event.ts';
import { PATTERN_KINDS } from '../../model/pattern.ts';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const string: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const boolean: Check = (value) => typeof value === 'boolean';
const stringOrNull: Check = (value) => value === null || string(value);
const numberOrNull: Check = (value) => value === null || number(value);
const strings: Check = (value) => Array.isArray(value) && value.every(string);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
/** Millions of values are checked while a library is rebuilt, so the shape is taken apart once. */
function object(shape: Shape): Check {
  const checks = Object.entries(shape);
  return (value) => {
    if (!isObject(value)) return false;
    for (const [name, check] of checks) if (!check(value[name])) return false;
    return true;
  };
}
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const position = object({ line: number, character: number });
const range = object({ start: position, end: position });

const text: Shape = {
  id: string,
  kind: (value) => PATTERN_KINDS.some((kind) => kind === value),
  language: stringOrNull,
  framework: stringOrNull,
  name: string,
  signature: stringOrNull,
  description: string,
  tags: strings,
  code: string,
  before: optional(string),
  complexity: number,
  lines: number,
  fingerprint: string,
  template: string,
};
const fragment = object({ ...text, qualifiedName: string, range, kept: boolean });
const change = object({ ...text, path: string, qualifiedName: string, range, confidence: number });
const provenance = object({
  project: stringOrNull,
  path: stringOrNull,
  range: (value) => value === null || range(value),
  commit: stringOrNull,
  author: stringOrNull,
  date: stringOrNull,
});
const subject: Check = (value) =>
  isObject(value) && (string(value['pattern']) || string(value['project']));
const rating: Check = (value) => value === null || [1, 2, 3, 4, 5].some((step) => step === value);
const use: Check = (value) => IMPRESSION_USES.some((known) => known === value);
const counts: Check = (value) => isObject(value) && Object.values(value).every(number);

/** What a reader may rely on, by type; more fields than these are let through. */
const SHAPES: Readonly<Record<EventBody['type'], Check>> = {
  file: object({
    project: string,
    path: string,
    contentHash: stringOrNull,
    language: stringOrNull,
    fragments: list(fragment),
  }),
  commit: object({
    project: string,
    commit: string,
    author: string,
    dateSeconds: number,
    message: string,
    testsChanged: boolean,
    issues: strings,
    changes: list(change),
  }),
  history: object({ project: string, heads: strings, sinceSeconds: numberOrNull, version: number }),
  project: object({ project: string, name: string, aliases: strings }),
  lastChange: object({
    project: string,
    path: string,
    commit: string,
    author: string,
    dateSeconds: number,
  }),
  measure: object({ project: string, pattern: string, uses: number, tests: number }),
  pattern: object({
    origin: (value) => value === 'kept' || value === 'added' || value === 'imported',
    pack: optional(string),
    text: object(text),
    provenance: list(provenance),
    change: optional(
      object({ message: string, confidence: number, testsChanged: boolean, issues: strings }),
    ),
  }),
  edit: object({
    pattern: string,
    name: optional(string),
    description: optional(string),
    tags: optional(strings),
  }),
  rating: object({
    pattern: string,
    rating,
    session: stringOrNull,
    task: stringOrNull,
    by: string,
  }),
  use: object({ pattern: string, use, session: stringOrNull, by: string }),
  forget: object({ subject, purge: boolean }),
  restore: object({ subject }),
  accept: object({ pattern: string }),
  variant: object({ pattern: string, of: string, cosine: number, overlap: number }),
  succession: object({ from: string, to: string }),
  impressions: object({ writer: string, day: string, counts }),
};

/** Whether a parsed line is an event this code understands, every field of the right type. */
export function hasShape(value: unknown): value is LibraryEvent {
  if (!isObject(value) || !string(value['id']) || !number(value['at'])) return false;
  if (!Number.isSafeInteger(value['rev'])) return false;
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type)) return false;
  return SHAPES[type as EventBody['type']](value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
