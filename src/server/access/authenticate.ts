import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Role } from '../../core/model/team/wire.ts';
import type { ServerParts } from '../parts.ts';
import { Refusal } from '../problem.ts';
import { isAtLeast, type Caller } from '../store/keys.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** What takes to ask for it; an administrator's where a route does not say. */
    role?: Role | 'anyone';
  }
}

/** Wrong keys from one address in a minute, beyond which none is looked up that was never good. */
const MOST_FAILURES = 60;
const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

/** Refuses requests before their body is read. */
export function registerAuthentication(app: FastifyInstance, { keys, clockMs }: ServerParts): void {
  const failures = new Map<string, { count: number; untilMs: number }>();

  function noteFailure(address: string): void {
    const nowMs = clockMs();
    const known = failures.get(address);
    if (known !== undefined && known.untilMs > nowMs) {
      known.count += 1;
      return;
    }
    if (failures.size >= MOST_ADDRESSES) failures.clear();
    failures.set(address, { count: 1, untilMs: nowMs + WINDOW_MS });
  }

  function refuseGuessing(address: string, key: string | undefined): void {
    const known = failures.get(address);
    const leftMs = (known?.untilMs ?? 0) - clockMs();
    if (known === undefined || leftMs <= 0 || known.count < MOST_FAILURES) return;
    // Behind one address there may be a whole office, or a proxy.
    if (key === undefined || keys.wasGood(key)) return;
    const seconds = Math.ceil(leftMs / 1000);
    throw new Refusal('rate-limited', 'too many wrong keys came from this address', seconds);
  }

  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    const role = request.is404 ? 'reader' : (request.routeOptions.config.role ?? 'admin');
    if (role === 'anyone') return;
    const key = keyOf(request);
    refuseGuessing(request.ip, key);
    try {
      request.caller = await keys.check(key);
    } catch (error) {
      if (error instanceof Refusal && key !== undefined) noteFailure(request.ip);
      throw error;
    }
    if (isAtLeast(request.caller.role, role)) return;
    throw new Refusal('role-too-low', `this takes a key of role ${role}`);
  });
}

/** Whoever asks, on a route that takes a key. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === null) throw new Error('a route that takes a key was reached without one');
  return caller;
}

/** `X-API-Key`, or the header that scrapers of metrics can send. */
function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['x-api-key'];
  if (typeof key === 'string') return key;
  return /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
}
