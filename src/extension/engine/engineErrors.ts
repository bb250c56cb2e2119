import { AppError } from '../../core/model/errors.ts';
import type { LocalizedText } from '../../core/model/localizedText.ts';
import type { WireFailure } from '../../protocol/engineProcess.ts';

/** The engine process died, and what was asked of it was not answered. */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped';
  readonly localizedMessage: LocalizedText;

  constructor(message: LocalizedText) {
    super(message.text);
    this.localizedMessage = message;
  }
}

/** The error as it was thrown on the other side. */
export function toError(failure: WireFailure): Error {
  if (failure.code !== undefined) {
    const { code, localizedMessage, place } = failure;
    return new AppError(code, localizedMessage, { place });
  }
  const { name, message, stack } = failure;
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
