import type { RecordedText } from '../../model/event.ts';
import type { Abstractability } from './abstractable.ts';

/** Code of one project is general where so many of its sessions wrote it. */
const ENOUGH_SESSIONS = 3;
/** A function that does not branch is worth keeping from this many lines on. */
const LEAST_LINES = 6;

/** What is known of code that recurs. */
export interface CodeEvidence {
  /** How many wrote it. */
  readonly sessions: number;
  /** How many of them there were it in. */
  readonly projects: number;
  /** The library has it from files or commits. */
  readonly isKnown: boolean;
}

/**
 * Whether code that several sessions wrote is worth a pattern: it is new to the library, more than one
 * project or enough sessions have it, and it does something.
 */
export function isCodeAbstractable(
  { kind, complexity, lines }: Pick<RecordedText, 'kind' | 'complexity' | 'lines'>,
  { sessions, projects, isKnown }: CodeEvidence,
): Abstractability {
  const against: string[] = [];
  if (isKnown) against.push('the library has it from the code of a project');
  if (projects < 2 && sessions < ENOUGH_SESSIONS) {
    against.push(`only ${sessions} sessions of one project have it`);
  }
  const isFunction = kind !== 'strategy' && kind !== 'idiom';
  if (isFunction && complexity < 2 && lines < LEAST_LINES) {
    against.push(`too simple: ${lines} lines without a branch`);
  }
  if (against.length > 0) return { isAbstractable: false, reasons: against };
  // Each session keeps its reasons, and with a count in them each would change with every new one.
  const spread =
    projects === 1
      ? `at least ${ENOUGH_SESSIONS} sessions of one project`
      : 'sessions of several projects';
  return {
    isAbstractable: true,
    reasons: [
      'new to the library',
      `general: in ${spread}`,
      ...(isFunction ? [`complexity ${complexity} in ${lines} lines`] : []),
    ],
  };
}
