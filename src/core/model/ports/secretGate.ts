/** A text with its secrets replaced by typed placeholders; the number of lines is unchanged. */
export interface Redaction {
  readonly text: string;
  /** Types of what was replaced, such as `aws-access-key`, one entry a replacement. */
  readonly found: readonly string[];
}

/** Finds and replaces keys, tokens, passwords and private keys. */
export interface SecretGate {
  redact(text: string): Promise<Redaction>;
}

/** A value of JSON with the secrets in all its texts replaced; names of fields are no texts. */
export async function withoutSecrets(value: unknown, gate: SecretGate): Promise<unknown> {
  if (typeof value === 'string') return (await gate.redact(value)).text;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(await withoutSecrets(item, gate));
    return items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) fields[key] = await withoutSecrets(field, gate);
  return fields;
}

/**
 * The beginning or the end of a text, in whole lines as far as one fits, without its secrets. They are
 * replaced before it is cut: nobody recognises half of one.
 *
 * @param most characters
 */
export async function cutWithoutSecrets(
  text: string,
  part: 'beginning' | 'end',
  most: number,
  gate: SecretGate,
): Promise<string> {
  const { text: clean } = await gate.redact(text);
  if (clean.length <= most) return clean;
  if (part === 'beginning') {
    const end = clean.lastIndexOf('\n', most);
    return clean.slice(0, end > 0 ? end : most);
  }
  const start = clean.indexOf('\n', clean.length - most - 1);
  return clean.slice(start === -1 || start === clean.length - 1 ? -most : start + 1);
}
