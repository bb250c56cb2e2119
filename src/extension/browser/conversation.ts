import { AppError } from '../../core/model/errors.ts';
import { localized } from '../../core/model/localizedText.ts';
import type { BrowserAction, FromBrowser, FailureText, ToBrowser } from '../../protocol/browser.ts';
import type { Answers } from './answers.ts';
import { parseFromBrowser, requestNumberOf } from './fromBrowser.ts';

/** The extension's end of the talk with one webview. */
export interface Conversation {
  /** Takes what the webview said. */
  hear(message: unknown): Promise<void>;
  /** Stops what is being answered. */
  close(): void;
}

export interface ConversationParts {
  readonly answers: Answers;
  readonly say: (message: ToBrowser) => void;
  readonly onReady: () => void;
  /** Does what was asked for and says itself what went wrong. */
  readonly act: (action: BrowserAction) => Promise<void>;
  readonly describe: (error: unknown) => FailureText;
  /** Messages that make no sense and that nobody waits to be answered. */
  readonly onNonsense: () => void;
}

type Request = Extract<FromBrowser, { type: 'request' }>;

export function createConversation(parts: ConversationParts): Conversation {
  const running = new Map<number, AbortController>();

  async function answer(request: Request): Promise<void> {
    const controller = new AbortController();
    running.set(request.request, controller);
    try {
      const value = await valueOf(request, parts.answers, controller.signal);
      if (!controller.signal.aborted) {
        parts.say({ type: 'answer', request: request.request, value });
      }
    } catch (error) {
      // A cancelled answer is waited for by nobody, and neither is its failure.
      if (controller.signal.aborted) return;
      parts.say({ type: 'failure', request: request.request, failure: parts.describe(error) });
    } finally {
      running.delete(request.request);
    }
  }

  /** Who asked for what cannot be understood, such as too long a text, waits for an answer too. */
  function refuse(message: unknown): void {
    const request = requestNumberOf(message);
    if (request === undefined) {
      parts.onNonsense();
      return;
    }
    const error = new AppError('bad-argument', localized`this is too long or makes no sense`);
    parts.say({ type: 'failure', request, failure: parts.describe(error) });
  }

  return {
    async hear(message) {
      const heard = parseFromBrowser(message);
      switch (heard?.type) {
        case 'ready':
          parts.onReady();
          return;
        case 'request':
          return answer(heard);
        case 'cancel':
          running.get(heard.request)?.abort();
          return;
        case 'action':
          return parts.act(heard);
        case undefined:
          refuse(message);
      }
    },
    close() {
      for (const controller of running.values()) controller.abort();
      running.clear();
    },
  };
}

function valueOf(request: Request, answers: Answers, signal: AbortSignal): Promise<unknown> {
  // The union pairs each method with its parameters, but not through an index.
  const answer = answers[request.method] as (
    parameters: Request['parameters'],
    signal: AbortSignal,
  ) => Promise<unknown>;
  return answer(request.parameters, signal);
}
