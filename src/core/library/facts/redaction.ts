import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { Field } from './fields.ts';

/** No secret is shorter. */
const MIN_LENGTH = 8;

/** Replaces the secrets in every text of a body, as its fields declare them. */
export async function redactTexts<Body>(
  gate: SecretGate,
  fields: Field,
  body: Body,
): Promise<Body> {
  const texts = new Set<string>();
  fields.replaceTexts?.(body, (text) => {
    if (text.length >= MIN_LENGTH) texts.add(text);
    return text;
  });
  if (texts.size === 0) return body;
  // Almost every event is clean, and one call is cheaper than many.
  const { found } = await gate.redact([...texts].join('\n'));
  if (found.length === 0) return body;
  const redacted = new Map<string, string>();
  for (const text of texts) redacted.set(text, (await gate.redact(text)).text);
  return fields.replaceTexts?.(body, (text) => redacted.get(text) ?? text) as Body;
}
