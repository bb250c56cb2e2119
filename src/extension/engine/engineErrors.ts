import type { LocalizedText } from '../../core/model/localizedText.ts';

/** The engine process died, and what was asked of it was not answered. */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped';
  readonly localizedMessage: LocalizedText;

  constructor(message: LocalizedText) {
    super(message.text);
    this.localizedMessage = message;
  }
}
