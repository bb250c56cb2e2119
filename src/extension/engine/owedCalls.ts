import type { Watch } from '../../core/model/engine.ts';
import type {
  EngineMethod,
  FromEngineProcess,
  ToEngineProcess,
  WireFailure,
} from '../../protocol/engineProcess.ts';
import { toError } from './engineErrors.ts';

type AboutCall = Extract<FromEngineProcess, { readonly call: number }>;

/** One call that has no answer yet. */
interface OwedCall {
  readonly message: Extract<ToEngineProcess, { type: 'call' }>;
  readonly watch: Watch;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** The process it was asked of died. */
  died: boolean;
}

/** Calls of the engine process that wait for their answer. */
export interface OwedCalls {
  /** Puts a call on record, to be sent by whoever owns the process. */
  add(method: EngineMethod, parameters: readonly unknown[], watch: Watch): Promise<unknown>;
  readonly size: number;
  /** Hands on what the process says of a call, unless that is settled. */
  take(message: AboutCall): void;
  /** What another process is to be asked, in the order of the calls; stopped ones are given up. */
  messages(): readonly ToEngineProcess[];
  /** Those whose process died before are given up; the others are asked of the next process. */
  bury(error: Error): void;
  rejectAll(error: unknown): void;
}

/**
 * @param send hands a message to the process, and says whether there is one; a stopped call whose
 *   process lives is answered by it, with what it got to
 */
export function createOwedCalls(send: (message: ToEngineProcess) => boolean): OwedCalls {
  const owed = new Map<number, OwedCall>();
  let count = 0;

  async function add(
    method: EngineMethod,
    parameters: readonly unknown[],
    watch: Watch,
  ): Promise<unknown> {
    const { signal } = watch;
    signal?.throwIfAborted();
    const call = ++count;
    const onAbort = (): void => {
      if (!send({ type: 'abort', call })) owed.get(call)?.reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort);
    try {
      return await new Promise((resolve, reject) => {
        const message = { type: 'call', call, method, parameters } as const;
        owed.set(call, { message, watch, resolve, reject, died: false });
        send(message);
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
      owed.delete(call);
    }
  }

  return {
    add,
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
          asked.reject(reasonOf(message.failure, asked.watch.signal));
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

function reasonOf(failure: WireFailure, signal: AbortSignal | undefined): unknown {
  const isStop = failure.code === undefined && failure.name === 'AbortError';
  return isStop && signal?.aborted === true ? signal.reason : toError(failure);
}
