import * as z from 'zod/mini';
import { FIND_ORDERS, TABS } from '../../core/model/api/find.ts';
import { AppError } from '../../core/model/errors.ts';
import { localized } from '../../core/model/localizedText.ts';
import type { BrowserApi, FromBrowser } from '../../protocol/browser.ts';
import { FILTER } from '../../protocol/filterSchema.ts';
import type { AskedCall } from '../../protocol/calls/answerer.ts';

/** Longest text, list and number that a message may carry; what people do stays far below. */
const MOST = {
  text: 100_000,
  tags: 100,
  rows: 200,
  ids: 1_000_000,
  offset: 10_000_000,
} as const;

const text = z.string().check(z.maxLength(MOST.text));
const count = z.int().check(z.nonnegative());
/** Ids are 16 hex digits. */
const id = z.string().check(z.regex(/^[0-9a-f]{16}$/));
const rating = z.nullable(z.literal([1, 2, 3, 4, 5]));
const target = z.union([
  z.strictObject({ id }),
  z.strictObject({ pack: text.check(z.minLength(1)) }),
]);

const narrowing = {
  text,
  filters: FILTER,
  tab: z.enum(TABS),
  scope: z.enum(['workspace', 'all']),
  weaker: z.boolean(),
} as const;

type Method = keyof BrowserApi['patterns'];

/** The first and only parameter of each method. */
const PARAMETERS: {
  readonly [M in Method]: z.ZodMiniType<Parameters<BrowserApi['patterns'][M]>[0]>;
} = {
  list: z.object({
    ...narrowing,
    order: z.enum(FIND_ORDERS),
    state: z.enum(['live', 'quarantined']),
    facets: z.boolean(),
    offset: count.check(z.maximum(MOST.offset)),
    limit: count.check(z.maximum(MOST.rows)),
    seeksName: z.exactOptional(z.boolean()),
  }),
  detail: z.object({ id }),
  rate: z.object({ id, rating }),
  edit: z.object({
    id,
    description: z.exactOptional(text),
    tags: z.exactOptional(z.array(text).check(z.maxLength(MOST.tags))),
  }),
  forget: target,
  restore: z.object({ ids: z.array(id).check(z.maxLength(MOST.ids)) }),
  accept: target,
};

const action = z.discriminatedUnion('action', [
  z.object({ type: z.literal('action'), action: z.literal('insert'), id, asSnippet: z.boolean() }),
  z.object({ type: z.literal('action'), action: z.literal('open'), id, keepsFocus: z.boolean() }),
  z.object({
    type: z.literal('action'),
    action: z.literal(['copy', 'addToChat', 'share']),
    id,
  }),
  z.object({ type: z.literal('action'), action: z.literal('exportList'), ...narrowing }),
  z.object({
    type: z.literal('action'),
    action: z.literal(['openDeviation', 'dismissDeviation']),
    ...{ id, path: text, mark: text },
  }),
  z.object({
    type: z.literal('action'),
    action: z.literal(['openSource', 'openCommit']),
    id,
    occurrence: count,
  }),
  z.object({
    type: z.literal('action'),
    action: z.literal('openDeclared'),
    ...{ text, path: text, line: count },
  }),
  z.object({
    type: z.literal('action'),
    action: z.literal([
      ...(['extract', 'extractHistory', 'import', 'resume', 'showLog'] as const),
      ...(['chooseLibrary', 'manageTrust', 'openFolder'] as const),
    ]),
  }),
]);

const MESSAGE: z.ZodMiniType<FromBrowser> = z.union([
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('call'),
    call: count,
    area: text,
    method: text,
    parameters: z.array(z.unknown()).check(z.maxLength(1)),
  }),
  z.object({ type: z.literal('abort'), call: count }),
  action,
]);

/**
 * Reads a message of the webview, which is trusted with nothing.
 *
 * @returns `undefined` where shape or range is wrong; the parameters of a call are read by
 *   `readParameters`, because who asked waits to hear that they make no sense
 */
export function parseFromBrowser(message: unknown): FromBrowser | undefined {
  return z.safeParse(MESSAGE, message).data;
}

/** @throws AppError `bad-argument` for a method there is none of, or parameters that make no sense */
export function readParameters({
  area,
  method,
  parameters,
}: Pick<AskedCall, 'area' | 'method' | 'parameters'>): readonly unknown[] {
  if (area === 'patterns' && isMethod(method)) {
    const read = z.safeParse(PARAMETERS[method], parameters[0]);
    if (read.success) return [read.data];
  }
  throw new AppError('bad-argument', localized`the request is invalid or too long`);
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(PARAMETERS, name);
}
