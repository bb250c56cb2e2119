import { AppError } from '../../core/model/errors.ts';
import type { WireFailure } from '../../protocol/engineProcess.ts';

/** The engine process died, and what was asked of it was not answered. */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped';
}

/** The error as it was thrown on the other side. */
export function toError({ code, name, message, stack }: WireFailure): Error {
  if (code !== undefined) return new AppError(code, message);
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
