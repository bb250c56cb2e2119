import { programOf } from '../actions/actions.ts';
import { errorLineOf } from '../actions/errorLine.ts';
import type { ErrorPattern } from '../../model/learning.ts';
import { mendingOf } from './fix.ts';
import { toPatterns } from './errorPatterns.ts';
import type { ErrorSeen } from './recovery.ts';
import { formOf } from './signature.ts';

/** The line that tells why a program ended badly; `undefined` where none does. */
export function errorLineIn(output: string, command: string): string | undefined {
  return errorLineOf({
    ...{ step: 0, tool: '', command, target: programOf(command), output, exitCode: 1 },
    ...{
      hasFailed: true,
      isConsequence: false,
      edited: [],
      made: [],
      added: 0,
      lines: [],
      wrote: [],
    },
  });
}

/** An error that was met before, and what mended it then. */
export interface MetBefore {
  readonly error: ErrorPattern;
  readonly mending: string;
  /** The lines it was told by, the newest first. */
  readonly lines: readonly string[];
}

/**
 * What is known of the error that a line tells, where it was got over before.
 *
 * @param seen the newest last
 */
export function metBefore(line: string, seen: readonly ErrorSeen[]): MetBefore | undefined {
  const error = toPatterns(seen).find(({ signature }) => formOf(signature).test(line));
  if (error === undefined) return undefined;
  const form = formOf(error.signature);
  const same = seen.filter((one) => form.test(one.line));
  const last = same.findLast(({ mended }) => mended !== undefined)?.mended;
  const mending = mendingOf(error, last);
  if (mending === undefined) return undefined;
  return { error, mending, lines: same.map((one) => one.line).reverse() };
}
