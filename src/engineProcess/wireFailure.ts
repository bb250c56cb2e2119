import { AppError } from '../core/model/errors.ts';
import type { WireFailure } from '../protocol/engineProcess.ts';

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
