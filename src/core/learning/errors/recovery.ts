import { errorLineOf, REFUSED } from '../actions/errorLine.ts';
import { maskLine } from './mask.ts';
import { saysSomething, type Action } from '../actions/actions.ts';
import { evidentMendings } from './evidentMending.ts';

/** Programs, lines, calls and files that were edited, each with the text it was seen in. */
export type Traits = Readonly<Record<string, string>>;

/** The name under which traits hold what mended an error as far as that is evident. */
export const EVIDENT = 'evident';

/** An error, and what was done until the same thing went well. */
export interface ErrorSeen {
  readonly session: string;
  readonly step: number;
  readonly line: string;
  /** What was done in between; `undefined` where it was never tried again
   * without it. */
  readonly mended: Traits | undefined;
}

/** After more actions, what goes well has other reasons. */
const WINDOW = 8;

/** The errors of one session in order; repeats of one in a row, with nothing in between, are one. */
export function errorsOf(session: string, actions: readonly Action[]): readonly ErrorSeen[] {
  const lines = actions.map(errorLineOf);
  if (lines.every((line) => line === undefined)) return [];
  const evidentAt = evidentMendings(actions, lines);
  const seenAt = firstSeen(actions);
  return actions.flatMap((action, at) => {
    const line = lines[at];
    if (line === undefined || isRepeat(actions, lines, at)) return [];
    const evident = evidentAt(at);
    const own = evident === undefined ? undefined : { [EVIDENT]: evident };
    const traits = traitsUntilMended(actions, { lines, seenAt }, at);
    const mended = traits === undefined ? own : { ...traits, ...own };
    return [{ session, step: action.step, line, mended }];
  });
}

function isRepeat(
  actions: readonly Action[],
  lines: readonly (string | undefined)[],
  at: number,
): boolean {
  const [before, now] = [lines[at - 1], lines[at]];
  if (before === undefined || now === undefined || maskLine(before) !== maskLine(now)) return false;
  return actions[at - 1]?.command === actions[at]?.command;
}

interface Seen {
  /** The error that each action told, in their order. */
  readonly lines: readonly (string | undefined)[];
  readonly seenAt: ReadonlyMap<string, number>;
}

/**
 * What the actions after the error brought for the first time, up to the first that tried the same
 * thing, or did it in another way, without the same error.
 */
function traitsUntilMended(
  actions: readonly Action[],
  { lines, seenAt }: Seen,
  at: number,
): Traits | undefined {
  const end = recoveryAt(actions, lines, at);
  if (end === undefined) return undefined;
  const traits = [...traitsOf(actions.slice(at + 1, end + 1))];
  return Object.fromEntries(traits.filter(([trait]) => (seenAt.get(trait) ?? at) > at));
}

/** The place of the first action that brought each trait. */
function firstSeen(actions: readonly Action[]): ReadonlyMap<string, number> {
  const seenAt = new Map<string, number>();
  for (const [at, action] of actions.entries()) {
    for (const trait of traitsOf([action]).keys()) {
      if (!seenAt.has(trait)) seenAt.set(trait, at);
    }
  }
  return seenAt;
}

/** Place of the action that tried the same thing as the one at a place, or did it in another way, without its error. */
function recoveryAt(
  actions: readonly Action[],
  lines: readonly (string | undefined)[],
  at: number,
): number | undefined {
  const failed = actions[at];
  // What an agent did next does not mend the form of its answers.
  if (REFUSED.test(lines[at] ?? '')) return undefined;
  const error = maskLine(lines[at] ?? '');
  const end = actions.slice(at + 1, at + 1 + WINDOW).findIndex((action, next) => {
    const line = lines[at + 1 + next];
    const isGone = line === undefined || maskLine(line) !== error;
    return isGone && !isOnlyLooking(action) && isSameTry(failed, action);
  });
  return end < 0 ? undefined : at + 1 + end;
}

/** An error, and the action that went well after it. */
export interface Recovery {
  readonly line: string;
  readonly failed: Action;
  readonly recovered: Action;
}

/** The errors of a session that were got over for good: what went well told no other error. */
export function recoveriesOf(actions: readonly Action[]): readonly Recovery[] {
  const lines = actions.map(errorLineOf);
  return actions.flatMap((failed, at) => {
    const line = lines[at];
    if (line === undefined) return [];
    const end = recoveryAt(actions, lines, at);
    const recovered = end === undefined || lines[end] !== undefined ? undefined : actions[end];
    return recovered === undefined ? [] : [{ line, failed, recovered }];
  });
}

/** What actions brought. */
function traitsOf(actions: readonly Action[]): Map<string, string> {
  const traits = new Map<string, string>();
  for (const { target, command, lines, wrote } of actions) {
    const isTelling = command !== '' && !LOOKING.test(target) && !GENERAL.test(target);
    if (isTelling) traits.set(`run ${target}`, target);
    for (const { path, lines: written } of wrote) {
      traits.set(`edit ${path}`, `${path}: ${written.find(saysSomething) ?? ''}`);
    }
    for (const line of lines) {
      for (const trait of traitsOfLine(line)) traits.set(trait, line);
    }
  }
  return traits;
}

function traitsOfLine(line: string): readonly string[] {
  if (NO_DEED.test(line) || LOOKING.test(line)) return [];
  const mask = maskLine(line).replace(/<path>(?: <path>)+/g, '<path>');
  return [
    ...(SAYS_SOMETHING.test(mask) ? [`line ${mask}`] : []),
    ...Array.from(line.matchAll(CALLED), ([, name = '']) => `call ${name}`),
    ...Array.from(line.matchAll(SET), ([, name = '']) => `set ${name}`),
  ];
}

/** A word, and more than that. */
const SAYS_SOMETHING = /(?<![<\w])[A-Za-z]{4}(?=.{4})/;
/** Programs that say nothing by themselves of what was done with them. */
const GENERAL = /^(?:sed|awk|perl|touch|mkdir|cp|mv|rm|chmod|git|python[\d.]*|node|bash|sh|-c|-)$/;
const CALLED = /(?<![\w])(?:\w{1,60}\.)?([A-Za-z_]\w{4,60})\(/g;
const SET = /(?<![\w.])([A-Za-z_]\w{4,60})\s?=(?!=)/g;
/** Comments, output, the frame of other lines, and the ends of texts that are written into files. */
const NO_DEED =
  /^(?:#|\/\/|--|\*|print\(|echo |console\.log|except |try:|for |if |el(?:se|if)\b|while |return\b|EOF\b|PY\b)/;

/** The same program or file; a program that could not be run is replaced by any that runs. */
function isSameTry(failed: Action | undefined, action: Action): boolean {
  if (failed === undefined) return false;
  if (action.target === failed.target) return true;
  const isMissing = /(?:not found|No module named|No such file|cannot find)/.test(failed.output);
  const isWell = (action.exitCode ?? 0) === 0 && !action.hasFailed;
  return isMissing && isWell && sharesArgument(failed.command, action.command);
}

function sharesArgument(one: string, other: string): boolean {
  const words = new Set(other.split(/[\s/.:]+/).filter((word) => word.length > 3));
  return one.split(/[\s/.:]+/).some((word) => words.has(word));
}

const LOOKING =
  /^(?:cd|ls|cat|head|tail|sed -n|e?grep|rg|find|pwd|which|wc|git (?:status|diff|log|show))(?![\w./-])/;

function isOnlyLooking({ command }: Action): boolean {
  return LOOKING.test(command);
}
