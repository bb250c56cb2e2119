import fc from 'fast-check';

/** The parts of a JSON Schema that the server's document uses. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface ApiRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: unknown;
  readonly contentType: string | undefined;
}

/** No server must fall over these, wherever they stand. */
const HOSTILE = fc.oneof(
  fc.constantFrom<unknown>(
    ...['\0', "'; DROP TABLE patterns; --", '../../etc/passwd', '%s%n', '\r\nSet-Cookie: a=b'],
    ...['\ud800', '9'.repeat(400), '', '__proto__', -1, 1e300, 2 ** 53, [], {}, null, true],
  ),
  fc.jsonValue(),
);

/** How often what is asked for is spoiled in one place. */
const SPOILED = 0.5;

/** Requests of one operation: as its description says, or with something else in one place. */
export function requestsOf(
  [path, method, { parameters = [], requestBody }]: readonly [string, string, Operation],
  ids: readonly string[],
): fc.Arbitrary<ApiRequest> {
  const [contentType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const valid = fc.tuple(
    fc.record(
      Object.fromEntries(parameters.map(({ name, schema }) => [name, valueOf(schema, ids)])),
      { requiredKeys: parameters.filter((one) => one.in === 'path').map(({ name }) => name) },
    ),
    content === undefined ? fc.constant(undefined) : valueOf(content.schema, ids),
  );
  const spoil = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), HOSTILE);
  return fc.tuple(valid, spoil).map(([[given, sent], [chance, at, hostile]]) => {
    const places = [...parameters.map(({ name }) => name), ...fieldsOf(sent), ''];
    const place = chance < SPOILED ? places[at % places.length] : undefined;
    const named = (name: string): string => {
      const value = name === place ? hostile : (given as Record<string, unknown>)[name];
      return encode(typeof value === 'string' ? value : JSON.stringify(value));
    };
    const inPath = path.replace(/\{(\w+)\}/g, (_, name: string) => named(name));
    const query = parameters
      .filter(({ name, ...one }) => one.in === 'query' && (name in given || name === place))
      .map(({ name }) => `${name}=${named(name)}`);
    const body = place === undefined ? sent : spoiled(sent, place, hostile);
    return {
      method: method.toUpperCase(),
      path: `${inPath}?${query.join('&')}`,
      body,
      contentType,
    };
  });
}

/** Half a character cannot be sent. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function fieldsOf(sent: unknown): readonly string[] {
  return typeof sent === 'object' && sent !== null ? Object.keys(sent) : [];
}

function spoiled(sent: unknown, place: string, hostile: unknown): unknown {
  if (place === '') return sent === undefined ? undefined : hostile;
  return fieldsOf(sent).includes(place) ? { ...(sent as object), [place]: hostile } : sent;
}

function valueOf(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const value = plainOf(schema, ids);
  return schema.nullable === true ? fc.option(value) : value;
}

function plainOf(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.type === 'array') return listOf(schema, ids);
  if (schema.type === 'object') return objectOf(schema, ids);
  const { minimum: min = 0, maximum: max = 1_000_000 } = schema;
  if (schema.type === 'integer') return fc.integer({ min, max });
  if (schema.type === 'number') return fc.double({ min, max, noNaN: true });
  return schema.type === 'boolean' ? fc.boolean() : textOf(schema, ids);
}

function listOf({ items = {}, minItems = 0, maxItems = 4 }: Schema, ids: readonly string[]) {
  const length = { minLength: minItems, maxLength: Math.min(maxItems, minItems + 4) };
  return fc.array(valueOf(items, ids), length);
}

function objectOf({ properties = {}, required = [] }: Schema, ids: readonly string[]) {
  const fields = Object.entries(properties).map(([name, of]) => [name, valueOf(of, ids)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
}

function textOf(schema: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 40 } = schema;
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toJSON());
  const size = { minLength, maxLength: Math.min(maxLength, minLength + 40) };
  const text = fc.string({ unit: 'grapheme', ...size });
  return pattern === undefined ? text : fc.oneof(text, fc.stringMatching(new RegExp(pattern)));
}
