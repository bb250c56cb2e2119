import { LANGUAGES } from '../../model/code.ts';

/**
 * One field of a fact: which values it may have, and what of them is text that may hold a secret.
 * Millions of values are checked while a library is rebuilt, so a field is put together once.
 */
export interface Field {
  /** Whether a value has the right type and can be shown. */
  readonly holds: (value: unknown) => boolean;
  /** Turns a value of the right type that cannot be shown into the nearest one that can. */
  readonly mend?: ((value: unknown) => unknown) | undefined;
  /** The value with each text in it replaced; left out where a field holds no text. */
  readonly replaceTexts?: ((value: unknown, replace: Replace) => unknown) | undefined;
}

type Replace = (text: string) => string;

/** The declaration of every field of an object. */
export type Fields<Value> = Readonly<Required<Record<Exclude<keyof Value, 'type'>, Field>>>;

/** Any text: code, a path, what a person wrote. */
export const text: Field = {
  holds: (value) => typeof value === 'string',
  replaceTexts: (value, replace) => (typeof value === 'string' ? replace(value) : value),
};

export const number: Field = { holds: (value) => Number.isFinite(value) };
/** A whole number from 0 on. */
export const count: Field = {
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};
export const flag: Field = { holds: (value) => typeof value === 'boolean' };

/** A word of a closed set; nothing else is let in. */
export function oneOf(words: readonly unknown[]): Field {
  return { holds: (value) => words.includes(value) };
}

/**
 * A text that names something and so stays as it is. What does not look like such a name is
 * treated as any other text: it came from outside and may hold anything.
 */
function nameLike(isName: (value: string) => boolean): Field {
  return {
    holds: text.holds,
    replaceTexts: (value, replace) =>
      typeof value === 'string' && !isName(value) ? replace(value) : value,
  };
}

/** A text that stays as it is where it has a form. */
export function inForm(form: RegExp): Field {
  return nameLike((value) => form.test(value));
}

function isPatternId(value: string): boolean {
  return /^[0-9a-f]{16}$/.test(value);
}

/** See `PatternId`. */
export const patternId = nameLike(isPatternId);
/** A SHA-1 or SHA-256 in hex: of a text, a commit; empty where it is not known. */
export const hash = inForm(/^(?:[0-9a-f]{40}|[0-9a-f]{64})?$/);
/** The first digits of a hash. */
export const digest = inForm(/^[0-9a-f]{8}$/);
/** See `ProjectKey`. */
export const projectKey = inForm(/^(?:git:(?:[0-9a-f]{40}|[0-9a-f]{64})$|remote:|dir:)/);
/** The name of an experiment with `a` or `b` behind. */
export const arm = inForm(/^[0-9a-f]{8}[ab]$/);
/** `YYYY-MM-DD`, with or without a time. */
export const dateText = inForm(/^\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}Z?)?$/);
/** The random id of a writer or an event. */
export const randomId = inForm(/^[0-9a-f-]{8,36}(?:\.\d{1,16}~?)?$/);
/** A language the project knows by this name, or anything an import called one. */
export const language = nameLike((value) => LANGUAGES.some((known) => known === value));

/**
 * A text by which things are told apart, such as the name of a session. Such names are often
 * random, which looks like a secret: what takes the place of two of them must still differ.
 */
export function distinctText(toDigest: (value: string) => string): Field {
  return {
    holds: text.holds,
    replaceTexts(value, replace) {
      if (typeof value !== 'string') return value;
      const replaced = replace(value);
      return replaced === value ? value : `${replaced}#${toDigest(value)}`;
    },
  };
}

/** From year 1 to year 9999: what ISO 8601, SQLite and Python all can show. */
const EARLIEST_SECONDS = -62_135_596_800;
const LATEST_SECONDS = 253_402_300_799;

export function isShownDate(seconds: number): boolean {
  return seconds >= EARLIEST_SECONDS && seconds <= LATEST_SECONDS;
}

/** Seconds since 1970, or `null` where there is no date that could be shown. */
export const seconds: Field = {
  holds: (value) => value === null || (typeof value === 'number' && isShownDate(value)),
  mend: (value) => (typeof value === 'number' ? null : value),
};

export function nullable(field: Field): Field {
  return {
    ...field,
    holds: (value) => value === null || field.holds(value),
    ...mending(field, (mend) => (value) => (value === null ? null : mend(value))),
  };
}

export function optional(field: Field): Field {
  return {
    ...field,
    holds: (value) => value === undefined || field.holds(value),
    ...mending(field, (mend) => (value) => (value === undefined ? undefined : mend(value))),
  };
}

export function list(field: Field): Field {
  const { holds, replaceTexts } = field;
  return {
    holds: (value) => Array.isArray(value) && value.every(holds),
    ...mending(field, (mend) => (value) => {
      if (!Array.isArray(value)) return value;
      return value.map((item: unknown): unknown => (holds(item) ? item : mend(item)));
    }),
    ...(replaceTexts && {
      replaceTexts: (value, replace) =>
        Array.isArray(value)
          ? value.map((item: unknown): unknown => replaceTexts(item, replace))
          : value,
    }),
  };
}

/** Numbers by the id of a pattern or by a word. */
export const numbersByName: Field = {
  holds: (value) => isObject(value) && Object.values(value).every((count) => number.holds(count)),
  replaceTexts(value, replace) {
    if (!isObject(value)) return value;
    const named = Object.entries(value).map(([id, count]) => [
      isPatternId(id) ? id : replace(id),
      count,
    ]);
    return Object.fromEntries(named) as unknown;
  },
};

/** Fields beside the declared ones are let through; what is text in them counts as text. */
export function object<Value>(fields: Fields<Value>): Field {
  const named = new Map<string, Field>(Object.entries(fields));
  const checks = [...named].map(([name, { holds }]) => [name, holds] as const);
  return {
    holds(value) {
      if (!isObject(value)) return false;
      for (const [name, holds] of checks) if (!holds(value[name])) return false;
      return true;
    },
    mend(value) {
      if (!isObject(value)) return value;
      const mended: Record<string, unknown> = { ...value };
      for (const [name, { holds, mend }] of named) {
        if (mend !== undefined && !holds(value[name])) mended[name] = mend(value[name]);
      }
      return mended;
    },
    replaceTexts: (value, replace) => (isObject(value) ? replaceIn(value, named, replace) : value),
  };
}

function replaceIn(
  value: Readonly<Record<string, unknown>>,
  named: ReadonlyMap<string, Field>,
  replace: Replace,
): unknown {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const field = named.get(name);
      if (field === undefined) return [name, replaceAnywhere(inner, replace)];
      return [name, field.replaceTexts?.(inner, replace) ?? inner];
    }),
  );
}

function replaceAnywhere(value: unknown, replace: Replace): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) {
    return value.map((inner: unknown): unknown => replaceAnywhere(inner, replace));
  }
  return isObject(value) ? replaceIn(value, new Map(), replace) : value;
}

function mending(
  { mend }: Field,
  wrap: (mend: (value: unknown) => unknown) => (value: unknown) => unknown,
): Pick<Field, 'mend'> {
  return mend === undefined ? {} : { mend: wrap(mend) };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
