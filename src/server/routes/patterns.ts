import type { FastifyInstance, FastifyReply } from 'fastify';
import { withoutSecrets } from '../../core/model/ports/secretGate.ts';
import { callerOf } from '../access/authenticate.ts';
import type { ServerParts } from '../parts.ts';
import { readPattern } from '../readPattern.ts';
import { readChanges } from '../store/changes.ts';
import type { ListRequest } from '../store/list.ts';
import {
  deletePattern,
  editPattern,
  getPattern,
  postPattern,
  type PatternEdit,
} from '../store/patterns.ts';
import { giveFeedback, type Feedback } from '../store/votes.ts';
import * as s from './schemas.ts';

interface ById {
  readonly Params: { readonly id: string };
}

export function registerPatterns(app: FastifyInstance, parts: ServerParts): void {
  const { database, replica, gate, list } = parts;

  app.get<{ Querystring: ListRequest }>(
    '/patterns',
    {
      config: { role: 'reader' },
      schema: {
        summary: 'List patterns',
        querystring: s.LIST_QUERY,
        response: { 200: s.PATTERN_LIST },
      },
    },
    async (request, reply) => sendJson(reply, await list(request.query)),
  );

  app.post<{ Body: Readonly<Record<string, unknown>> }>(
    '/patterns',
    {
      config: { role: 'writer' },
      schema: {
        summary: 'Create a pattern, or find the one with the same solution',
        body: s.NEW_PATTERN,
        response: { 200: s.ACCEPTED, 201: s.ACCEPTED },
      },
    },
    async (request, reply) => {
      const sent = await readPattern(request.body, gate);
      const accepted = await postPattern(database.run, sent, callerOf(request));
      return reply.code(accepted.created ? 201 : 200).send(accepted);
    },
  );

  app.get<ById>(
    '/patterns/:id',
    {
      config: { role: 'reader' },
      schema: {
        summary: 'Get a pattern by its id',
        params: s.ID_PARAMS,
        response: { 200: s.WHOLE_PATTERN },
      },
    },
    async (request, reply) => sendJson(reply, await getPattern(replica.run, request.params.id)),
  );

  app.post<ById & { Body: PatternEdit }>(
    '/patterns/:id',
    {
      config: { role: 'writer' },
      schema: {
        summary: 'Change name, description and tags, or restore what was deleted',
        params: s.ID_PARAMS,
        body: s.EDIT,
        response: { 200: s.WHOLE_PATTERN },
      },
    },
    async (request, reply) => {
      const edit = (await withoutSecrets(request.body, gate)) as PatternEdit;
      return sendJson(
        reply,
        await editPattern(database, request.params.id, edit, callerOf(request)),
      );
    },
  );

  app.delete<ById & { Querystring: { readonly purge: boolean } }>(
    '/patterns/:id',
    {
      config: { role: 'writer' },
      schema: {
        summary: 'Delete a pattern; with purge its text too',
        params: s.ID_PARAMS,
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: { purge: { type: 'boolean', default: false } },
        },
        response: { 204: { type: 'null', description: 'It is deleted' } },
      },
    },
    async (request, reply) => {
      await deletePattern(database, request.params.id, request.query.purge, callerOf(request));
      return reply.code(204).send();
    },
  );

  app.post<ById & { Body: Feedback }>(
    '/patterns/:id/feedback',
    {
      config: { role: 'writer' },
      schema: {
        summary: 'Say whether a pattern helped, once a person, and how it fared',
        params: s.ID_PARAMS,
        body: s.FEEDBACK,
        response: { 200: s.STANDING },
      },
    },
    (request) => giveFeedback(database, request.params.id, request.body, callerOf(request)),
  );

  app.get<{ Querystring: { readonly cursor?: string; readonly limit: number } }>(
    '/changes',
    {
      config: { role: 'reader' },
      schema: {
        summary: 'What changed since a cursor, oldest first',
        querystring: s.CHANGES_QUERY,
        response: { 200: s.CHANGE_PAGE },
      },
    },
    // The mark of a cursor is written, so a replica cannot answer it.
    async ({ query }, reply) =>
      sendJson(reply, await readChanges(database, query.cursor, query.limit)),
  );
}

/** What the database wrote already. */
function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(json);
}
