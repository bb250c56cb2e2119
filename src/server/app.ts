import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance } from 'fastify';
import { registerAuthentication } from './access/authenticate.ts';
import { MOST_BODY_BYTES, registerBounds } from './access/bounds.ts';
import { refuseUnreadable, registerFailures, sendProblem, toRefusal } from './access/failures.ts';
import type { ServerParts } from './parts.ts';
import { Refusal } from './problem.ts';
import { registerAdapters } from './routes/adapters.ts';
import { registerBatch } from './routes/batch.ts';
import { registerHealth } from './routes/health.ts';
import { registerKeys } from './routes/keys.ts';
import { registerPatterns } from './routes/patterns.ts';

/** A request that takes longer, its body included, is ended: nobody may hold connections for long. */
const LONGEST_REQUEST_MS = 120_000;
const LONGEST_HEADERS_MS = 10_000;
/** How often connections are looked at for that. */
const CHECK_MS = 1_000;

export interface AppOptions {
  readonly parts: ServerParts;
  /** Requests a minute and key. */
  readonly rate: number;
  readonly onBug: (error: unknown) => void;
}

/** All routes of a server, which listens to nothing yet. */
export async function createApp({ parts, rate, onBug }: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: LONGEST_REQUEST_MS,
    http: { headersTimeout: LONGEST_HEADERS_MS, connectionsCheckingInterval: CHECK_MS },
    // The proxy that speaks TLS is on this machine, and says who asks.
    trustProxy: 'loopback',
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error, _request, reply) => {
      void sendProblem(reply, toRefusal(error));
    },
    // A misspelled filter must not be taken for none, nor digits beyond all numbers for within bounds.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, strictNumbers: false } },
  });
  registerFailures(app, onBug);
  app.addHook('onRequest', (request, _reply, done) => {
    const needsNone = !request.is404 && request.routeOptions.config.role === 'anyone';
    const isAway = !needsNone && !parts.isReady();
    done(isAway ? new Refusal('database-away', 'the database is not ready yet', 2) : undefined);
  });
  registerAuthentication(app, parts);
  registerBounds(app);
  await app.register(rateLimit, {
    max: rate,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.caller?.keyId ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) =>
      new Refusal('rate-limited', 'this key asks too often', Math.ceil(ttl / 1000)),
  });
  await app.register(swagger, { openapi: openApi(parts.version) });
  await app.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = { ...route.config, role: 'anyone' };
    });
    await docs.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  });
  for (const register of [
    registerPatterns,
    registerBatch,
    registerKeys,
    registerAdapters,
    registerHealth,
  ]) {
    register(app, parts);
  }
  return app;
}

function openApi(version: string): object {
  return {
    openapi: '3.0.3',
    info: {
      title: 'Pattern Foundry team server',
      description: 'Share patterns and adapters. Errors are problem documents (RFC 9457).',
      version,
    },
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    },
    security: [{ key: [] }],
  };
}
