import {
  BROWSER_CALLS,
  type BrowserAction,
  type BrowserApi,
  type FailureText,
  type ToBrowser,
} from '../../protocol/browser.ts';
import { createAnswerer } from '../../protocol/calls/answerer.ts';
import { parseFromBrowser, readParameters } from './fromBrowser.ts';

/** The extension's end of the talk with one webview. */
export interface Conversation {
  /** Takes what the webview said. */
  hear(message: unknown): Promise<void>;
  /** Stops what is being answered. */
  close(): void;
}

export interface ConversationParts {
  readonly answers: BrowserApi['patterns'];
  readonly say: (message: ToBrowser) => void;
  readonly onReady: () => void;
  /** Does what was asked for and says itself what went wrong. */
  readonly act: (action: BrowserAction) => Promise<void>;
  readonly describe: (error: unknown) => FailureText;
  /** Messages that make no sense and that nobody waits to be answered. */
  readonly onNonsense: () => void;
}

export function createConversation(parts: ConversationParts): Conversation {
  const answerer = createAnswerer<BrowserApi, FailureText>(BROWSER_CALLS, {
    api: () => Promise.resolve({ patterns: parts.answers }),
    send: parts.say,
    toFailure: parts.describe,
    check: readParameters,
  });

  return {
    async hear(message) {
      const heard = parseFromBrowser(message);
      switch (heard?.type) {
        case 'ready':
          parts.onReady();
          return;
        case 'call':
        case 'abort':
          return answerer.take(heard);
        case 'action':
          return parts.act(heard);
        case undefined:
          parts.onNonsense();
      }
    },
    close() {
      void answerer.close();
    },
  };
}
