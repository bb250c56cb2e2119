import { createHash } from 'node:crypto';
import type { EventBody } from '../../model/event.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';

/** No secret is shorter. */
const MIN_LENGTH = 8;

/** Ids, hashes, keys of projects and words of closed sets: they name things and hold no text. */
const NAMES: ReadonlySet<string> = new Set([
  'type',
  'id',
  'kind',
  'language',
  'fingerprint',
  'contentHash',
  'heads',
  'aliases',
  'origin',
  'pattern',
  'from',
  'to',
  'of',
  'writer',
  'by',
  'use',
  'day',
  'counts',
]);

/** Replaces the secrets in every text of a body. */
export async function redactBody(gate: SecretGate, body: EventBody): Promise<EventBody> {
  const texts = new Set<string>();
  collectTexts(body, texts);
  if (texts.size === 0) return body;
  // Almost every event is clean, and one call is cheaper than many.
  const { found } = await gate.redact([...texts].join('\n'));
  if (found.length === 0) return body;
  const redacted = new Map<string, string>();
  for (const text of texts) redacted.set(text, (await gate.redact(text)).text);
  switch (body.type) {
    case 'rating':
      return { ...body, session: tell(body.session), task: tell(body.task) };
    case 'use':
      return { ...body, session: tell(body.session) };
    default:
      return replaceTexts(body, redacted);
  }

  /**
   * Sessions and tasks often have random names, which look like secrets. What people said is told
   * apart by them, so what replaces two of them must differ.
   */
  function tell(name: string | null): string | null {
    const kept = name === null ? null : (redacted.get(name) ?? name);
    if (name === null || kept === name) return kept;
    return `${kept ?? ''}#${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  }
}

function collectTexts(value: unknown, texts: Set<string>): void {
  if (typeof value === 'string') {
    if (value.length >= MIN_LENGTH) texts.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      if (!isName(name, inner)) collectTexts(inner, texts);
    }
  }
}

function replaceTexts<T>(value: T, redacted: ReadonlyMap<string, string>): T {
  return replaceIn(value, redacted) as T;
}

function replaceIn(value: unknown, redacted: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return redacted.get(value) ?? value;
  if (Array.isArray(value)) return value.map((inner) => replaceIn(inner, redacted));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isName(name, inner) ? inner : replaceIn(inner, redacted),
    ]),
  );
}

/** Fields that name things in what this program found, but hold any text in what it imported. */
const NAME_FORMS: Readonly<Record<string, RegExp>> = {
  commit: /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/,
  date: /^\d{4}-\d\d-\d\d[T ][\d:.]{5,15}Z?$/,
  project: /^(?:git:(?:[0-9a-f]{40}|[0-9a-f]{64})$|remote:|dir:)/,
};

function isName(name: string, value: unknown): boolean {
  return NAMES.has(name) || (typeof value === 'string' && NAME_FORMS[name]?.test(value) === true);
}
