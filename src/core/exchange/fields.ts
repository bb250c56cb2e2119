/** One parsed JSON object of a file somebody else wrote. */
export type Fields = Readonly<Record<string, unknown>>;

/** @throws Error where the line holds no JSON object */
export function parseFields(line: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error('not JSON');
  }
  if (!isFields(value)) throw new Error('not an object');
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of the named fields that is text. @throws Error that names the field */
export function textField(fields: Fields, ...names: readonly string[]): string {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string') return value;
  }
  throw new Error(`${names.join(' or ')} is missing or not text`);
}

export function optionalText(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

/** `undefined` when absent. @throws Error where it is no finite number */
export function numberField(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new Error(`${name} is not a number`);
  }
  return value;
}

export function textList(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is string => typeof entry === 'string');
}
