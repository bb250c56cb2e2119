import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import type { ChatMessage, ChatModel, ModelUse, SendingPreview } from '../model/ports/chatModel.ts';
import type { SecretGate } from '../model/ports/secretGate.ts';
import { readIfPossible, replaceDerivedFile } from '../platform/disk.ts';

export interface Sending {
  readonly use: ModelUse;
  readonly to: string;
  readonly confirm: (preview: SendingPreview) => Promise<boolean>;
  readonly gate: SecretGate;
  /** Folder of the library for what can be made anew; who deletes it is shown all again. */
  readonly derived: string;
}

/**
 * A model to which nothing is sent that holds a secret, and nothing at all before the person has seen
 * what goes there for this use.
 *
 * @throws AppError `model-not-allowed` from each call where the person did not want it
 */
export function shownFirst(model: ChatModel, sending: Sending): ChatModel {
  const { use, to, confirm, gate, derived } = sending;
  const name = createHash('sha256')
    .update(JSON.stringify([use, to, model.name]))
    .digest('hex');
  const file = join(derived, `shown-${name.slice(0, 16)}.json`);
  let asked: Promise<boolean> | undefined;
  const isAllowed = async (messages: readonly ChatMessage[]): Promise<boolean> => {
    if (readIfPossible(file) !== undefined) return true;
    const isWanted = await confirm({ use, to, model: model.name, messages });
    if (isWanted) replaceDerivedFile(file, [Buffer.from(JSON.stringify({ use, to }))]);
    return isWanted;
  };
  return {
    name: model.name,
    async complete(request, watch) {
      const messages: ChatMessage[] = [];
      for (const { role, content } of request.messages) {
        messages.push({ role, content: (await gate.redact(content)).text });
      }
      // Calls side by side ask once.
      asked ??= isAllowed(messages);
      if (!(await asked)) {
        throw new AppError(
          'model-not-allowed',
          localized`nothing was sent to ${to}: what would be sent was not confirmed`,
        );
      }
      return model.complete({ ...request, messages }, watch);
    },
  };
}
