import type { ApiTable } from '../../core/model/api/calls.ts';
import type { Watch } from '../../core/model/api/watch.ts';
import type { AnswerMessage, CallMessage } from './messages.ts';

type Asked = Extract<CallMessage, { readonly type: 'call' }>;

/** One call that has no answer yet. */
interface OwedCall {
  readonly message: Asked;
  readonly watch: Watch;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Whoever was asked died. */
  died: boolean;
}

/** The asking end of a channel. */
export interface Caller<Api, Failure> {
  /** Every call of it goes over the channel. */
  readonly api: Api;
  /** Calls that wait for their answer. */
  readonly size: number;
  /** Hands on what the other end says of a call, unless that is settled. */
  take(message: AnswerMessage<Failure>): void;
  /** What another answerer is to be asked, in the order of the calls; stopped ones are given up. */
  messages(): readonly CallMessage[];
  /** Those whose answerer died before are given up; the others are asked of the next one. */
  bury(error: Error): void;
  rejectAll(error: unknown): void;
}

export interface CallerOptions<Failure> {
  /**
   * Hands a message over; says whether the call it is about will be answered. What it throws is the
   * answer to a call.
   */
  readonly send: (message: CallMessage) => boolean;
  readonly toError: (failure: Failure) => Error;
}

/**
 * @param table what may be asked; a stopped call that will be answered waits for it, and is told
 *   what the other end got to
 */
export function createCaller<Api extends object, Failure>(
  table: ApiTable<Api>,
  { send, toError }: CallerOptions<Failure>,
): Caller<Api, Failure> {
  const owed = new Map<number, OwedCall>();
  let count = 0;

  async function ask(asked: Omit<Asked, 'type' | 'call'>, watch: Watch = {}): Promise<unknown> {
    const { signal } = watch;
    signal?.throwIfAborted();
    const call = ++count;
    const onAbort = (): void => {
      if (!send({ type: 'abort', call })) owed.get(call)?.reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort);
    try {
      return await new Promise((resolve, reject) => {
        const message = { type: 'call', call, ...asked } as const;
        owed.set(call, { message, watch, resolve, reject, died: false });
        send(message);
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
      owed.delete(call);
    }
  }

  return {
    // The table names exactly the methods of the API; the wire does not carry types.
    api: mapEntries(table, (area, methods) =>
      mapEntries(methods as object, (method, parameterCount) => (...all: readonly unknown[]) => {
        const parameters = all.slice(0, parameterCount as number);
        return ask({ area, method, parameters }, all[parameterCount as number] as Watch);
      }),
    ) as Api,
    get size() {
      return owed.size;
    },
    take: (message) => {
      const asked = owed.get(message.call);
      if (asked === undefined) return;
      switch (message.type) {
        case 'progress':
          asked.watch.onProgress?.(message.progress);
          break;
        case 'result':
          asked.resolve(message.value);
          break;
        case 'failure':
          asked.reject(toError(message.failure));
          break;
        case 'stopped':
          asked.reject(asked.watch.signal?.reason ?? stopped());
          break;
      }
    },
    messages: () =>
      [...owed.values()].flatMap(({ message, watch, reject }) => {
        if (watch.signal?.aborted !== true) return [message];
        reject(watch.signal.reason);
        return [];
      }),
    bury: (error) => {
      for (const call of owed.values()) {
        const { signal } = call.watch;
        if (signal?.aborted === true) call.reject(signal.reason);
        else if (call.died) call.reject(error);
        call.died = true;
      }
    },
    rejectAll: (error) => {
      for (const call of owed.values()) call.reject(error);
    },
  };
}

/** Whoever answers stopped by itself, because it ends. */
function stopped(): Error {
  const error = new Error('stopped');
  error.name = 'AbortError';
  return error;
}

function mapEntries(
  entries: object,
  map: (name: string, value: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [name, map(name, value)]),
  );
}
