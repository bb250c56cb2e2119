import type { FastifyInstance } from 'fastify';
import type { Identity, KeyRequest } from '../../core/model/team/wire.ts';
import { callerOf } from '../access/authenticate.ts';
import type { ServerParts } from '../parts.ts';
import * as s from './schemas.ts';

interface ById {
  readonly Params: { readonly id: string };
}

const AUDIT = {
  name: 'audit',
  text: `SELECT id, at, user_id AS user, key_id, action, subject, detail FROM audit_log
    WHERE id < $1::bigint ORDER BY id DESC LIMIT $2`,
};

/** Who may come in, and what whoever did was up to. */
export function registerKeys(app: FastifyInstance, { keys, database, team }: ServerParts): void {
  app.get(
    '/me',
    { config: { role: 'reader' }, schema: { summary: 'Whose key this is' } },
    (request): Identity => {
      const { user, machine, role } = callerOf(request);
      return { user, machine, role, team };
    },
  );

  app.post<{ Body: KeyRequest }>(
    '/keys',
    {
      schema: {
        summary: 'Issue a key; it is told this once',
        body: s.KEY_REQUEST,
        response: { 201: s.ISSUED_KEY },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await keys.issue(request.body, callerOf(request))),
  );

  app.get(
    '/keys',
    { schema: { summary: 'All keys, without their secrets', response: { 200: s.KEY_LIST } } },
    async () => ({ keys: await keys.list() }),
  );

  app.post<ById & { Body: Pick<KeyRequest, 'expires_at'> | undefined }>(
    '/keys/:id/rotate',
    {
      schema: {
        summary: 'Issue another key in place of one, which ends',
        params: s.ID_PARAMS,
        body: s.ROTATION,
        response: { 201: s.ISSUED_KEY },
      },
    },
    async (request, reply) => {
      const until = request.body?.expires_at;
      const key = await keys.rotate(request.params.id, until, callerOf(request));
      return reply.code(201).send(key);
    },
  );

  app.delete<ById>(
    '/keys/:id',
    { schema: { summary: 'Revoke a key', params: s.ID_PARAMS, response: { 200: s.KEY } } },
    (request) => keys.revoke(request.params.id, callerOf(request)),
  );

  app.get<{ Querystring: { readonly before?: string; readonly limit: number } }>(
    '/audit',
    {
      schema: {
        summary: 'Who changed what, the latest first',
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: {
            before: { type: 'string', pattern: '^[0-9]{1,18}$' },
            limit: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
          },
        },
      },
    },
    async ({ query }) => ({
      entries: await database.run(AUDIT, [query.before ?? '999999999999999999', query.limit]),
    }),
  );
}
