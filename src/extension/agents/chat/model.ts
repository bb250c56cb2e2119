import { CancellationError, l10n, LanguageModelChatMessage, LanguageModelError } from 'vscode';
import { modelOf } from '../newerApi.ts';
import type { Turn } from './turn.ts';

/** Streams what the person's model says; that it may not or cannot answer is said too. */
export async function askModel({ request, stream, token }: Turn, prompt: string): Promise<void> {
  const model = modelOf(request);
  if (model === undefined) return;
  try {
    const message = LanguageModelChatMessage.User(prompt);
    const response = await model.sendRequest([message], {}, token);
    for await (const part of response.text) stream.markdown(part);
  } catch (error) {
    if (error instanceof CancellationError) return;
    if (!(error instanceof LanguageModelError)) throw error;
    stream.markdown(l10n.t('The model did not answer: {0}', error.message));
  }
}
