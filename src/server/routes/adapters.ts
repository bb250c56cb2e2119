import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  ELEMENT_TYPES,
  HEAD_POLICIES,
  MERGE_METHODS,
  type AdapterVersion,
  type MergeRequest,
} from '../../core/model/api/adapters.ts';
import { callerOf } from '../access/authenticate.ts';
import type { Asking } from '../adapters/adapterWork.ts';
import type { ServerParts } from '../parts.ts';
import { Refusal } from '../problem.ts';
import * as s from './schemas.ts';

const NAME = { type: 'string', pattern: '^[\\w+-][\\w.+-]{0,99}$' };
const RATIOS = { type: 'array', maxItems: 32, items: { type: 'number', minimum: 0 } };

const MERGE = {
  type: 'object',
  additionalProperties: false,
  required: ['adapters'],
  properties: {
    adapters: {
      type: 'array',
      minItems: 1,
      maxItems: 32,
      description: 'Names of versions that the server holds.',
      items: NAME,
    },
    weights: RATIOS,
    success_rates: RATIOS,
    method: { type: 'string', enum: MERGE_METHODS, default: 'svd' },
    rank: { type: 'integer', minimum: 1, maximum: 4096 },
    heads: { type: 'string', enum: HEAD_POLICIES, default: 'refuse' },
    type: { type: 'string', enum: ELEMENT_TYPES, default: 'F32' },
    version_name: NAME,
  },
};

interface MergeBody extends Pick<
  MergeRequest,
  'adapters' | 'weights' | 'method' | 'rank' | 'heads' | 'type'
> {
  readonly success_rates?: readonly number[];
  readonly version_name?: string;
}

interface ById {
  readonly Params: { readonly id: string };
}

/** Adapters are versions of this server: no request names a file of it. */
export function registerAdapters(
  app: FastifyInstance,
  { adapters, adapterWork }: ServerParts,
): void {
  app.get(
    '/adapters',
    { config: { role: 'reader' }, schema: { summary: 'List adapter versions, the newest first' } },
    () => ({ adapters: adapters.list().map(withoutPaths) }),
  );

  app.post<{ Body: MergeBody }>(
    '/adapters/merge',
    { config: { role: 'writer' }, schema: { summary: 'Merge versions into one', body: MERGE } },
    async (request, reply) => {
      const { success_rates: successRates, version_name: name, ...rest } = request.body;
      const known = new Set(adapters.list().map(({ version_name }) => version_name));
      const missing = rest.adapters.find((named) => !known.has(named));
      if (missing !== undefined) {
        throw new Refusal('not-found', `there is no adapter version ${missing}`);
      }
      const wanted = { ...rest, successRates, name, force: false };
      const report = await adapterWork.merge(wanted, askingOf(request, reply));
      return reply.code(201).send({ ...report, version: withoutPaths(report.version) });
    },
  );

  app.post<ById & { Querystring: { readonly force: boolean } }>(
    '/adapters/:id/activate',
    {
      schema: {
        summary: 'Make a version the active one',
        params: s.ID_PARAMS,
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: { force: { type: 'boolean', default: false } },
        },
      },
    },
    async (request, reply) => {
      const { version_name } = byId(adapters.list(), request.params.id);
      const asking = askingOf(request, reply);
      return withoutPaths(await adapterWork.activate(version_name, request.query.force, asking));
    },
  );

  app.post<{ Body: { readonly version_id: string } }>(
    '/adapters/rollback',
    {
      schema: {
        summary: 'Activate an older version again',
        body: {
          type: 'object',
          additionalProperties: false,
          required: ['version_id'],
          properties: { version_id: { type: 'string', format: 'uuid' } },
        },
      },
    },
    async (request, reply) => {
      const { version_name } = byId(adapters.list(), request.body.version_id);
      return withoutPaths(await adapterWork.rollback(version_name, askingOf(request, reply)));
    },
  );
}

/** Ends the work where whoever asked has hung up. */
function askingOf(request: FastifyRequest, { raw }: FastifyReply): Asking {
  const gone = new AbortController();
  const hangUp = (): void => {
    if (!raw.writableFinished) gone.abort(new Refusal('bad-request', 'the client hung up'));
  };
  // The key is looked up and the body read before: whoever left meanwhile is not told of any more.
  if (raw.destroyed) hangUp();
  else raw.once('close', hangUp);
  const doing = { by: callerOf(request).user, at: new Date().toISOString() };
  return { doing, signal: gone.signal };
}

function byId(versions: readonly AdapterVersion[], id: string): AdapterVersion {
  const version = versions.find((known) => known.id === id);
  if (version !== undefined) return version;
  throw new Refusal('not-found', `there is no adapter version ${id}`);
}

/** Where parents were read from is the business of whoever runs the server. */
function withoutPaths(version: AdapterVersion): object {
  return { ...version, parent_paths: undefined };
}
