import type { AnswerMessage } from '../src/protocol/calls/messages.ts';
import { createCaller } from '../src/protocol/calls/caller.ts';
import {
  BROWSER_CALLS,
  type BrowserApi,
  type FailureText,
  type FromBrowser,
} from '../src/protocol/browser.ts';

/** A request that could not be answered. */
export class RequestFailure extends Error {
  readonly failure: FailureText;

  constructor(failure: FailureText) {
    super(failure.message);
    this.failure = failure;
  }
}

/** What fails throws a `RequestFailure`; what is aborted is not waited for. */
export interface Requests extends BrowserApi {
  /** Hands on an answer; one nobody waits for any more is dropped. */
  take(message: AnswerMessage<FailureText>): void;
}

export function createRequests(post: (message: FromBrowser) => void): Requests {
  const caller = createCaller<BrowserApi, FailureText>(BROWSER_CALLS, {
    send: (message) => {
      post(message);
      return message.type === 'call';
    },
    toError: (failure) => new RequestFailure(failure),
  });
  return {
    ...caller.api,
    take: (message) => {
      caller.take(message);
    },
  };
}
