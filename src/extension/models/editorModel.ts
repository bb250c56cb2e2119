import {
  CancellationTokenSource,
  l10n,
  lm,
  LanguageModelChatMessage,
  LanguageModelError,
  type LanguageModelChat,
} from 'vscode';
import type { Watch } from '../../core/model/api/watch.ts';
import { AppError } from '../../core/model/errors.ts';
import { localized } from '../../core/model/localizedText.ts';
import type { ChatAnswer, ChatRequest } from '../../core/model/ports/chatModel.ts';

/** What VS Code knows of models; tests give models of their own. */
export type SelectModels = typeof lm.selectChatModels;

/** The model of that id, or the one VS Code names first; `undefined` where there is none. */
export async function editorModel(
  id: string,
  select: SelectModels = lm.selectChatModels,
): Promise<LanguageModelChat | undefined> {
  const [model] = await select(id === '' ? {} : { id });
  return model;
}

/** More characters no model puts into a token: the answer is longer than it may be. */
const MOST_CHARACTERS_A_TOKEN = 8;

/**
 * Asks a model of VS Code, which asks the person first whether we may.
 *
 * @throws AppError `model-failed`, `model-not-allowed`
 * @throws an `AbortError` when stopped
 */
export async function askEditorModel(
  model: LanguageModelChat,
  { messages, maxTokens }: ChatRequest,
  { signal }: Watch = {},
): Promise<Omit<ChatAnswer, 'usage'>> {
  const stop = new CancellationTokenSource();
  const onAbort = (): void => {
    stop.cancel();
  };
  signal?.addEventListener('abort', onAbort);
  try {
    const asked = messages.map(({ role, content }) =>
      // There is no role for what stands above the person's words.
      role === 'assistant'
        ? LanguageModelChatMessage.Assistant(content)
        : LanguageModelChatMessage.User(content),
    );
    const justification = l10n.t('Pattern Foundry puts what was learned into words.');
    const response = await model.sendRequest(asked, { justification }, stop.token);
    let text = '';
    for await (const part of response.text) {
      text += part;
      if (text.length > MOST_CHARACTERS_A_TOKEN * maxTokens) return { text, isCut: true };
    }
    signal?.throwIfAborted();
    return { text, isCut: false };
  } catch (error) {
    signal?.throwIfAborted();
    throw toAppError(error, model);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Whatever is still on its way is not wanted any more.
    stop.cancel();
    stop.dispose();
  }
}

function toAppError(error: unknown, { name }: LanguageModelChat): unknown {
  if (!(error instanceof LanguageModelError)) return error;
  const isRefused = error.code === LanguageModelError.NoPermissions().code;
  const why = error.message;
  return isRefused
    ? new AppError('model-not-allowed', localized`VS Code does not let us ask ${name}: ${why}`)
    : new AppError('model-failed', localized`${name} did not answer: ${why}`);
}
