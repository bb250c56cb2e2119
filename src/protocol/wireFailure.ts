import { AppError } from '../core/model/errors.ts';
import type { WireFailure } from './engineProcess.ts';

export function toWireFailure(error: unknown): WireFailure {
  if (error instanceof AppError) {
    const { code, localizedMessage, place } = error;
    return { code, localizedMessage, place };
  }
  if (!(error instanceof Error)) {
    return { code: undefined, name: 'Error', message: String(error), stack: undefined };
  }
  const { name, message, stack } = error;
  return { code: undefined, name, message, stack };
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
