import assert from 'node:assert/strict';
import { format } from 'node:util';
import fc from 'fast-check';
import { AppError } from '../../../../src/core/model/errors.ts';
import { parseFromBrowser, readParameters } from '../../../../src/extension/browser/fromBrowser.ts';

const ID = '0123456789abcdef';

const QUERY = {
  text: 'retry',
  order: 'relevance',
  state: 'live',
  filters: { language: { any: ['go', 'rust'] }, tag: { any: ['http'], not: ['legacy'] } },
  tab: 'reuse',
  scope: 'workspace',
  weaker: false,
  facets: true,
  offset: 0,
  limit: 100,
};

function request(method: string, parameters: unknown): unknown {
  return { type: 'call', call: 7, area: 'patterns', method, parameters: [parameters] };
}

/** A message with its parameters read; `undefined` where either makes no sense. */
function readWhole(message: unknown): unknown {
  const heard = parseFromBrowser(message);
  if (heard?.type !== 'call') return heard;
  try {
    return { ...heard, parameters: readParameters(heard) };
  } catch (error) {
    assert.ok(error instanceof AppError && error.code === 'bad-argument');
    return undefined;
  }
}

describe('what the browser says', () => {
  const understood: readonly unknown[] = [
    { type: 'ready' },
    { type: 'abort', call: 0 },
    request('list', QUERY),
    request('list', { ...QUERY, state: 'quarantined', order: 'newest', filters: {}, scope: 'all' }),
    request('list', {
      ...QUERY,
      tab: 'lessons',
      weaker: true,
      filters: { rated: { any: ['down'] } },
    }),
    request('detail', { id: ID }),
    request('rate', { id: ID, rating: 5 }),
    request('rate', { id: ID, rating: null }),
    request('edit', { id: ID, description: 'Tries again.' }),
    request('edit', { id: ID, tags: ['http', 'retry'] }),
    request('forget', { id: ID }),
    request('forget', { pack: 'team' }),
    request('restore', { ids: [ID, ID] }),
    request('accept', { id: ID }),
    request('accept', { pack: 'team' }),
    { type: 'action', action: 'insert', id: ID, asSnippet: true },
    { type: 'action', action: 'open', id: ID, keepsFocus: true },
    { type: 'action', action: 'copy', id: ID },
    {
      type: 'action',
      action: 'exportList',
      ...{ text: '', filters: {}, tab: 'reuse', scope: 'all', weaker: false },
    },
    { type: 'action', action: 'openSource', id: ID, occurrence: 3 },
    { type: 'action', action: 'openDeviation', id: ID, path: 'a.ts', mark: '0a1b2c3d' },
    { type: 'action', action: 'dismissDeviation', id: ID, path: 'a.ts', mark: '0a1b2c3d' },
    { type: 'action', action: 'openCommit', id: ID, occurrence: 0 },
    { type: 'action', action: 'addToChat', id: ID },
    { type: 'action', action: 'manageTrust' },
  ];

  for (const message of understood) {
    it(`is understood: ${JSON.stringify(message)}`, () => {
      assert.deepEqual(readWhole(message), message);
    });
  }

  const nonsense: readonly unknown[] = [
    undefined,
    null,
    'ready',
    [],
    { type: 'go' },
    { type: 'abort', call: '1' },
    { type: 'abort', call: -1 },
    { ...Object(request('detail', { id: ID })), call: 1.5 },
    request('close', {}),
    request('toString', {}),
    request('__proto__', {}),
    request('detail', undefined),
    request('detail', { id: '../../etc' }),
    request('detail', { id: ID.toUpperCase() }),
    request('list', { ...QUERY, limit: 201 }),
    request('list', { ...QUERY, tab: 'home' }),
    { type: 'action', action: 'open', id: ID },
    { type: 'action', action: 'exportList', text: '', filters: {}, tab: 'reuse', scope: 'all' },
    request('list', { ...QUERY, limit: -1 }),
    request('list', { ...QUERY, offset: Number.NaN }),
    request('list', { ...QUERY, order: 'name' }),
    request('list', { ...QUERY, state: 'forgotten' }),
    request('list', { ...QUERY, filters: { path: { any: ['x'] } } }),
    request('list', { ...QUERY, filters: { tag: { any: [1] } } }),
    request('list', { ...QUERY, filters: { tag: 'http' } }),
    request('list', { ...QUERY, filters: { kind: { not: ['secret'] } } }),
    request('list', { ...QUERY, scope: 'planet' }),
    request('list', { ...QUERY, text: 'x'.repeat(100_001) }),
    request('rate', { id: ID, rating: 6 }),
    request('rate', { id: ID, rating: 2.5 }),
    request('rate', { id: ID }),
    request('edit', { id: ID, tags: 'http' }),
    request('edit', { id: ID, tags: [1] }),
    request('edit', { id: ID, description: null }),
    request('accept', { id: ID, pack: 'team' }),
    request('accept', { pack: '' }),
    request('forget', { pack: 7 }),
    request('restore', { ids: ID }),
    request('restore', { ids: [ID, 'x'] }),
    { type: 'action', action: 'insert', id: ID },
    { type: 'action', action: 'insert', id: ID, asSnippet: 'yes' },
    { type: 'action', action: 'openSource', id: ID, occurrence: -1 },
    { type: 'action', action: 'copy' },
    { type: 'action', action: 'workbench.action.terminal.sendSequence', id: ID },
  ];

  for (const message of nonsense) {
    it(`is not: ${format('%j', message).slice(0, 120)}`, () => {
      assert.equal(readWhole(message), undefined);
    });
  }

  it('carries on nothing that was not asked for', () => {
    const message = { type: 'action', action: 'copy', id: ID, command: 'rm', text: 'x' };
    assert.deepEqual(readWhole(message), { type: 'action', action: 'copy', id: ID });
    assert.deepEqual(
      readWhole(request('edit', { id: ID, code: 'x', name: 'y' })),
      request('edit', { id: ID }),
    );
  });

  it('is read whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (parameters) => {
        readWhole(parameters);
        readWhole(request('list', parameters));
        readWhole({ type: 'action', action: 'insert', id: parameters });
      }),
    );
  });
});
