import { FIND_ORDERS } from '../../core/model/api/find.ts';
import { FACETS, type Facet } from '../../core/model/filter.ts';
import {
  PATTERN_KINDS,
  PATTERN_SOURCES,
  type PatternId,
  type Rating,
} from '../../core/model/pattern.ts';
import type {
  BrowserAction,
  BrowserRequests,
  Filters,
  FromBrowser,
  ListQuery,
  PatternTarget,
} from '../../protocol/browser.ts';

/** Longest text, list and number that a message may carry; what people do stays far below. */
const MOST = {
  text: 100_000,
  tags: 100,
  rows: 200,
  ids: 1_000_000,
  offset: 10_000_000,
} as const;

type Fields = Readonly<Record<string, unknown>>;
type Method = keyof BrowserRequests;
type Request = Extract<FromBrowser, { type: 'request' }>;

/**
 * Reads a message of the webview, which is trusted with nothing.
 *
 * @returns `undefined` where shape or range is wrong
 */
export function parseFromBrowser(message: unknown): FromBrowser | undefined {
  if (!isFields(message)) return undefined;
  switch (message['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'request':
      return parseRequest(message);
    case 'cancel':
      return isCount(message['request'])
        ? { type: 'cancel', request: message['request'] }
        : undefined;
    case 'action': {
      const action = parseAction(message);
      return action === undefined ? undefined : { type: 'action', ...action };
    }
    default:
      return undefined;
  }
}

/** Number of a message that is a request, whether or not it can be understood. */
export function requestNumberOf(message: unknown): number | undefined {
  if (!isFields(message) || message['type'] !== 'request') return undefined;
  return isCount(message['request']) ? message['request'] : undefined;
}

/** How the parameters of each request are read. */
const PARAMETERS: {
  readonly [M in Method]: (fields: Fields) => BrowserRequests[M]['parameters'] | undefined;
} = {
  list: parseListQuery,
  detail: parseOne,
  rate: parseRate,
  edit: parseEdit,
  forget: parseTarget,
  restore: parseIds,
  accept: parseTarget,
};

function parseRequest(message: Fields): Request | undefined {
  const { request, method, parameters } = message;
  if (!isCount(request) || !isMethod(method) || !isFields(parameters)) return undefined;
  const read = PARAMETERS[method](parameters);
  // The table pairs each method with its parameters, which the union cannot see.
  return read === undefined
    ? undefined
    : ({ type: 'request', request, method, parameters: read } as Request);
}

function parseListQuery(fields: Fields): ListQuery | undefined {
  const { text, state, offset, limit } = fields;
  const order = FIND_ORDERS.find((known) => known === fields['order']);
  const filters = parseFilters(fields['filters']);
  const isWindow = isCount(offset) && offset <= MOST.offset && isCount(limit) && limit <= MOST.rows;
  if (!isText(text) || order === undefined || filters === undefined || !isWindow) return undefined;
  if (state !== 'live' && state !== 'quarantined') return undefined;
  return { text, order, state, filters, offset, limit };
}

function parseFilters(value: unknown): Filters | undefined {
  if (!isFields(value)) return undefined;
  const filters: Partial<Record<Facet, string>> = {};
  for (const [name, wanted] of Object.entries(value)) {
    const facet = FACETS.find((known) => known === name);
    if (facet === undefined || !isText(wanted) || !isValue(facet, wanted)) return undefined;
    filters[facet] = wanted;
  }
  return filters;
}

function isValue(facet: Facet, value: string): boolean {
  if (facet === 'kind') return PATTERN_KINDS.some((kind) => kind === value);
  return facet !== 'source' || PATTERN_SOURCES.some((source) => source === value);
}

function parseOne({ id }: Fields): { readonly id: PatternId } | undefined {
  return isId(id) ? { id } : undefined;
}

function parseTarget(fields: Fields): PatternTarget | undefined {
  const { pack } = fields;
  if (pack === undefined) return parseOne(fields);
  return isText(pack) && pack !== '' && fields['id'] === undefined ? { pack } : undefined;
}

function parseIds({ ids }: Fields): { readonly ids: readonly PatternId[] } | undefined {
  return Array.isArray(ids) && ids.length <= MOST.ids && ids.every(isId) ? { ids } : undefined;
}

function parseRate({ id, rating }: Fields): BrowserRequests['rate']['parameters'] | undefined {
  return isId(id) && (rating === null || isRating(rating)) ? { id, rating } : undefined;
}

function parseEdit(fields: Fields): BrowserRequests['edit']['parameters'] | undefined {
  const { id, description, tags } = fields;
  if (!isId(id) || !(description === undefined || isText(description))) return undefined;
  if (!(tags === undefined || isTags(tags))) return undefined;
  return {
    id,
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
  };
}

const PLAIN_ACTIONS = [
  'extract',
  'import',
  'resume',
  'showLog',
  'chooseLibrary',
  'manageTrust',
  'openFolder',
] as const;
const PATTERN_ACTIONS = ['copy', 'openCode', 'openDiff', 'addToChat', 'share'] as const;
const OCCURRENCE_ACTIONS = ['openSource', 'openCommit'] as const;

function parseAction(fields: Fields): BrowserAction | undefined {
  const { id, asSnippet, occurrence } = fields;
  const plain = PLAIN_ACTIONS.find((known) => known === fields['action']);
  if (plain !== undefined) return { action: plain };
  if (!isId(id)) return undefined;
  const ofPattern = PATTERN_ACTIONS.find((known) => known === fields['action']);
  if (ofPattern !== undefined) return { action: ofPattern, id };
  const ofPlace = OCCURRENCE_ACTIONS.find((known) => known === fields['action']);
  if (ofPlace !== undefined) {
    return isCount(occurrence) ? { action: ofPlace, id, occurrence } : undefined;
  }
  return fields['action'] === 'insert' && typeof asSnippet === 'boolean'
    ? { action: 'insert', id, asSnippet }
    : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'string' && Object.hasOwn(PARAMETERS, value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST.text;
}

function isTags(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= MOST.tags && value.every(isText);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Ids are 16 hex digits. */
function isId(value: unknown): value is PatternId {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}

function isRating(value: unknown): value is Rating {
  return value === 1 || value === 2 || value === 3 || value === 4 || value === 5;
}
