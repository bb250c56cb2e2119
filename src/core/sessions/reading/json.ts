/** A value out of somebody else's JSON, of which nothing is known. */
export type Json = unknown;
export type JsonObject = Readonly<Record<string, unknown>>;

const NOTHING: JsonObject = {};

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one, so that what may be missing can be asked for in one go. */
export function object(value: Json): JsonObject {
  return isObject(value) ? value : NOTHING;
}

export function list(value: Json): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: Json): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function number(value: Json): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The first of the fields that holds a number. */
export function numberOf(value: JsonObject, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const found = number(value[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first of the fields that holds a text that is not empty. */
export function textOf(value: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = text(value[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function parse(source: string): Json {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined;
  }
}

/** An object that stands in the log as text or as itself. */
export function nested(value: Json): JsonObject {
  if (typeof value !== 'string') return object(value);
  // To try it with all that tools print takes long.
  return BEGINS_OBJECT.test(value) ? object(parse(value)) : NOTHING;
}

const BEGINS_OBJECT = /^\s*\{/;

/** Seconds or milliseconds since 1970, or a date as ISO 8601 writes it, in milliseconds. */
export function time(value: Json): number | undefined {
  if (typeof value === 'string') {
    const at = Date.parse(value);
    return Number.isFinite(at) ? at : undefined;
  }
  const at = number(value);
  if (at === undefined || at <= 0) return undefined;
  const ms = at < 1e11 ? at * 1000 : at;
  return ms < 4e12 ? Math.round(ms) : undefined;
}

/** Plain text out of a text, or of a list of blocks that have one. */
export function plainText(value: Json): string {
  if (typeof value === 'string') return value;
  if (isObject(value)) return textOf(value, 'text', 'content', 'value', 'output') ?? '';
  return list(value)
    .map(plainText)
    .filter((part) => part !== '')
    .join('\n');
}
