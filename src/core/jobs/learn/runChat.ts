import type { OpenedChat } from '../../chat/openChat.ts';
import { AppError } from '../../model/errors.ts';
import type { ModelUse } from '../../model/ports/chatModel.ts';
import type { LearnParts } from './learnParts.ts';

/**
 * The model of a whole run for each use: one budget, and one question whether anything may be sent.
 * Once it fails it is asked no more in this run.
 *
 * @param onFailure told once a use
 */
export function chatOfRun(
  open: LearnParts['chat'],
  onFailure: (error: AppError) => void,
): LearnParts['chat'] {
  const opened = new Map<ModelUse, Promise<OpenedChat>>();
  return (use) => {
    const known = opened.get(use) ?? open(use).then((chat) => untilItFails(chat, onFailure));
    opened.set(use, known);
    return known;
  };
}

function untilItFails(chat: OpenedChat, onFailure: (error: AppError) => void): OpenedChat {
  if ('why' in chat) return chat;
  const { model } = chat;
  let failure: AppError | undefined;
  const complete: typeof model.complete = async (...asked) => {
    if (failure !== undefined) throw failure;
    try {
      return await model.complete(...asked);
    } catch (error) {
      if (isModelFailure(error)) {
        failure = error;
        onFailure(error);
      }
      throw error;
    }
  };
  return { ...chat, model: { name: model.name, complete } };
}

/** Whether it is the model that did not do what was asked, so that something else may stand in. */
export function isModelFailure(error: unknown): error is AppError {
  return error instanceof AppError && error.code.startsWith('model-');
}
