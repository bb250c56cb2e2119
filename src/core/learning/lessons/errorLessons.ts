import type { Experience } from '../../model/experience/experience.ts';
import type { RecordedError } from '../../model/experience/recorded.ts';
import type { RecordedText } from '../../model/event.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import type { ErrorPattern } from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import { errorsSeen, toPatterns } from '../errors/errorPatterns.ts';
import { mendingOf } from '../errors/fix.ts';
import { maskLine } from '../errors/mask.ts';
import { formOf } from '../errors/signature.ts';
import { EVIDENT, type ErrorSeen, type Traits } from '../errors/recovery.ts';
import type { PatternId } from '../../model/pattern.ts';

/** What is kept of what mended one error. */
const MOST_TRAITS = 30;
const LONGEST = 200;

/** The errors of a session as they are kept. */
export function recordedErrors(session: Session): readonly RecordedError[] {
  return errorsSeen(session).map(({ step, line, mended }) => ({
    ...{ step, at: session.steps[step]?.at ?? null, line: line.slice(0, 2 * LONGEST) },
    mended:
      mended === undefined
        ? null
        : [...Object.entries(mended)]
            // What is evident is kept whatever else there is.
            .sort(([a], [b]) => Number(b === EVIDENT) - Number(a === EVIDENT))
            .filter(([trait]) => trait.length <= LONGEST)
            .slice(0, MOST_TRAITS)
            .map(([trait, seen]) => ({ trait, seen: seen.slice(0, LONGEST) })),
  }));
}

/** All errors that are kept, each once: a session that goes on in another one repeats it. */
export function keptErrors(
  experiences: readonly Pick<Experience, 'session' | 'errors'>[],
): readonly ErrorSeen[] {
  const seen = new Set<string>();
  return experiences.flatMap(({ session, errors }) =>
    errors.flatMap(({ step, at, line, mended }) => {
      const key = `${at} ${line}`;
      if (at !== null && seen.has(key)) return [];
      seen.add(key);
      return [{ session, step, line, mended: toTraits(mended) }];
    }),
  );
}

function toTraits(mended: RecordedError['mended']): Traits | undefined {
  return mended === null
    ? undefined
    : Object.fromEntries(mended.map(({ trait, seen }) => [trait, seen] as const));
}

/** What one error was got over by, in words; `undefined` where it was not, or nothing says how. */
export function onceMended(mended: RecordedError['mended']): string | undefined {
  return mendingOf({ suggestedFix: undefined }, toTraits(mended));
}

/** The pattern that a line which tells an error is kept as. */
export function errorId(line: string): PatternId {
  return fingerprintOf('', 'error', maskLine(line)).slice(0, 16);
}

/**
 * The errors of one session that are worth knowing again, as patterns: those that came in another
 * session too, and those that were got over in a way that is known.
 *
 * @param all errors of all sessions, this one among them
 */
export function errorLessons(
  own: readonly RecordedError[],
  all: readonly ErrorSeen[],
): readonly RecordedText[] {
  const patterns = toPatterns(all).map((error) => ({
    error,
    form: formOf(error.signature),
  }));
  const lessons = new Map<string, RecordedText>();
  for (const { line, mended } of own) {
    const error = patterns.find(({ form }) => form.test(line))?.error;
    if (error === undefined) continue;
    if (error.suggestedFix === undefined && SAYS_NOTHING.test(line)) continue;
    const isMended = error.suggestedFix !== undefined || onceMended(mended) !== undefined;
    if (!isMended && (error.sessions.length < 2 || OF_A_LOOK.test(line))) continue;
    const text = errorText(error, { line, mended });
    lessons.set(text.id, text);
  }
  return [...lessons.values()];
}

/** An error of which only the number is known that a program ended with. */
const SAYS_NOTHING = /: ended with (?:\d{1,10}|an error)$/;
/** Where something was looked for that is not there, and nothing came of it. */
const OF_A_LOOK =
  /^(?:\/bin\/)?(?:ls|cat|cd|find|head|tail|grep|sed|stat|wc|(?:ba|z|da)?sh: (?:line )?\d{1,6}: cd): /;

function errorText(
  error: ErrorPattern,
  { line, mended }: Pick<RecordedError, 'line' | 'mended'>,
): RecordedText {
  const { name, signature, suggestedFix, sessions, frequency } = error;
  const template = maskLine(line);
  const times =
    frequency === 1 ? 'Came once' : `Came ${frequency} times in ${countOf(sessions.length)}`;
  const mending = mendingOf(error, toTraits(mended));
  const told =
    suggestedFix !== undefined
      ? `mended by: ${suggestedFix.text} (${Math.round(100 * suggestedFix.share)} % of ${suggestedFix.n} times)`
      : mending === undefined
        ? 'no common fix is known'
        : `no common fix is known; once mended by: ${mending}`;
  const code = [line, ...(mending === undefined ? [] : [`=> ${mending}`])].join('\n');
  return {
    ...{ id: errorId(line), kind: 'error', language: null, framework: null, name },
    ...{ signature, description: `${times}; ${told}.`, tags: ['error'], code },
    ...{ complexity: 1, lines: code.split('\n').length },
    ...{ fingerprint: fingerprintOf('', 'error', template), template },
  };
}

function countOf(sessions: number): string {
  return sessions === 1 ? 'one session' : `${sessions} sessions`;
}
