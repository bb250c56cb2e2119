import type {
  BrowserRequests,
  FromBrowser,
  FailureText,
  ToBrowser,
} from '../src/protocol/browser.ts';

type Method = keyof BrowserRequests;
type Asked = Extract<FromBrowser, { readonly type: 'request' }>;

/** A request that could not be answered. */
export class RequestFailure extends Error {
  readonly failure: FailureText;

  constructor(failure: FailureText) {
    super(failure.message);
    this.failure = failure;
  }
}

export interface Requests {
  /**
   * Stops waiting when `signal` aborts, and says so to the other side.
   *
   * @throws RequestFailure
   */
  ask<M extends Method>(
    method: M,
    parameters: BrowserRequests[M]['parameters'],
    signal?: AbortSignal,
  ): Promise<BrowserRequests[M]['answer']>;
  /** @returns whether the message was an answer; one nobody waits for any more counts */
  settle(message: ToBrowser): boolean;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (failure: unknown) => void;
}

/** Pairs requests with their answers over a channel that only carries messages. */
export function createRequests(post: (message: FromBrowser) => void): Requests {
  const waiting = new Map<number, Waiting>();
  let last = 0;

  return {
    ask: (method, parameters, signal) => {
      const request = (last += 1);
      const answer = new Promise<unknown>((resolve, reject) => {
        waiting.set(request, { resolve, reject });
      });
      signal?.addEventListener('abort', () => {
        if (!waiting.has(request)) return;
        waiting.get(request)?.reject(signal.reason);
        waiting.delete(request);
        post({ type: 'cancel', request });
      });
      post({ type: 'request', request, method, parameters } as Asked);
      // The two sides share the table of requests; the wire does not carry types.
      return answer as Promise<BrowserRequests[typeof method]['answer']>;
    },

    settle: (message) => {
      if (message.type !== 'answer' && message.type !== 'failure') return false;
      const asked = waiting.get(message.request);
      waiting.delete(message.request);
      if (message.type === 'answer') asked?.resolve(message.value);
      else asked?.reject(new RequestFailure(message.failure));
      return true;
    },
  };
}
