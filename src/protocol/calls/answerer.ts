import type { ApiTable } from '../../core/model/api/calls.ts';
import type { Progress, Watch } from '../../core/model/api/watch.ts';
import { coalesce } from '../../core/platform/coalesce.ts';
import type { AnswerMessage, CallMessage } from './messages.ts';

/** About what a status bar can show and an eye can follow. */
const PROGRESS_MS = 100;

export type AskedCall = Extract<CallMessage, { readonly type: 'call' }>;

export interface AnswererOptions<Api, Failure> {
  /** Calls wait until it is there. */
  readonly api: () => Promise<Api>;
  readonly send: (message: AnswerMessage<Failure>) => void;
  readonly toFailure: (error: unknown) => Failure;
  /** Reads parameters that are trusted with nothing; throws what the call fails with. */
  readonly check?: (asked: AskedCall) => readonly unknown[];
  /** See `Watch.rest`. */
  readonly rest?: () => Promise<void>;
  /** The API is there and is about to be called. */
  readonly onCall?: (asked: AskedCall) => void;
  /** The last of the calls under way has been answered. */
  readonly onIdle?: () => void;
}

/** The answering end of a channel. */
export interface Answerer {
  /** Resolves when what was asked is answered. */
  take(message: CallMessage): Promise<void>;
  /** Stops what is being answered; resolves when all of it is. */
  close(): Promise<void>;
}

type Method = (...parameters: readonly unknown[]) => Promise<unknown>;

/** @param table what may be asked; anything else fails */
export function createAnswerer<Api extends object, Failure>(
  table: ApiTable<Api>,
  options: AnswererOptions<Api, Failure>,
): Answerer {
  const { send, toFailure, check, rest, onCall, onIdle } = options;
  const controllers = new Map<number, AbortController>();
  const running = new Set<Promise<void>>();

  async function valueOf(asked: AskedCall, watch: Watch): Promise<unknown> {
    const { area, method } = asked;
    const given = check?.(asked) ?? asked.parameters;
    const parameterCount = entryOf(entryOf(table, area), method);
    if (typeof parameterCount !== 'number') throw new Error(`no method ${area}.${method}`);
    const api = await options.api();
    onCall?.(asked);
    const parameters = Array.from({ length: parameterCount }, (_, at) => given[at]);
    // The table names exactly the methods of the API.
    const methods = entryOf(api, area) as Readonly<Record<string, Method>>;
    return methods[method]?.(...parameters, watch);
  }

  async function answer(asked: AskedCall): Promise<void> {
    const { call } = asked;
    const controller = new AbortController();
    const { signal } = controller;
    controllers.set(call, controller);
    let latest: Progress | undefined;
    const telling = coalesce({ delayMs: 0, pauseMs: PROGRESS_MS }, () => {
      if (latest !== undefined) send({ type: 'progress', call, progress: latest });
    });
    const onProgress = (progress: Progress): void => {
      latest = progress;
      telling.call();
    };
    try {
      const value = await valueOf(asked, { signal, onProgress, ...(rest && { rest }) });
      telling.flush();
      send({ type: 'result', call, value });
    } catch (error) {
      if (signal.aborted && isAbort(error)) send({ type: 'stopped', call });
      else send({ type: 'failure', call, failure: toFailure(error) });
    } finally {
      telling.dispose();
      controllers.delete(call);
    }
  }

  return {
    take: (message) => {
      if (message.type === 'abort') {
        controllers.get(message.call)?.abort();
        return Promise.resolve();
      }
      const answered = answer(message).finally(() => {
        running.delete(answered);
        if (running.size === 0) onIdle?.();
      });
      running.add(answered);
      return answered;
    },
    close: async () => {
      for (const controller of controllers.values()) controller.abort();
      await Promise.all(running);
    },
  };
}

function entryOf(entries: unknown, name: string): unknown {
  if (typeof entries !== 'object' || entries === null || !Object.hasOwn(entries, name)) {
    return undefined;
  }
  return (entries as Readonly<Record<string, unknown>>)[name];
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
