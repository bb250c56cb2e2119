import { isPlainName } from '../plainNames.ts';
import type { FixedToken, Template, TemplatePart } from './antiUnify.ts';
import { Leaf } from './leaves.ts';

/** What languages bring with them: a shape of these alone tells nothing of a project. */
const LANGUAGE_NAMES = new Set(
  `append argv args array arraylist atoi bool boolean byte bytes c cap clear close console contains count
  copy delete dict done each endswith entries enumerate env err error errorf exit extend fatal fatalf
  filter find float fmt foreach format fprintf fprintln get hashmap illegalargumentexception includes
  index int integer ints io isarray isinstance items iter itoa join json key keys last len length list
  lock log logger lower make map maps math max min mtx mu mutex name new next none number object objects
  ok open option os out panic parse path pop print printf println process promise push puts range read
  recover reduce reject replace requirenonnull reset resolve result reversed rlock runlock self set
  settimeout size slice slices some sort sorted sortfunc split sprint sprintf startswith stdout stderr
  stop str strconv string stringbuilder strings stringify strip sync sys system test throw ticker time
  timer tostring trim trimspace true type unlock unwrap upper value values vec wait waitgroup warn write`
    .trim()
    .split(/\s+/),
);

/** So much of what any program could hold is a way to do something. */
const MANY_WORDS = 30;

/** Whether a shape tells nothing of its project, however widely it is spread. */
export function isTrivial(template: Template): boolean {
  const words = template.parts.filter((part) => isFixed(part) && part.leaf > Leaf.punctuation);
  if (words.length < MANY_WORDS && isOfLanguageAlone(template)) return true;
  return isListOfCalls(template) || isCutInTheMiddle(template);
}

/** Whether no name that is fixed is of the project, or of a library it uses. */
function isOfLanguageAlone({ parts }: Template): boolean {
  const names = parts.filter(isNamed).filter(({ leaf }) => leaf !== Leaf.local);
  return names.every(({ text }) => LANGUAGE_NAMES.has(text.toLowerCase()) || isPlainName(text));
}

/** One call after another of the same thing, each with what the place has to say. */
function isListOfCalls(template: Template): boolean {
  const statements = statementsOf(template).map((parts) => ({
    start: upToCall(parts),
    names: parts.filter(isNamed).map(({ text }) => text),
    holes: parts.filter(({ hole }) => hole !== undefined).length,
  }));
  const [first] = statements;
  if (first?.start === undefined || statements.length < 3) return false;
  if (statements.every(({ start }) => start === first.start)) return true;
  const others = (names: readonly string[]): number =>
    names.filter((name, at) => name !== first.names[at]).length;
  return statements.every(
    ({ start, names, holes }) =>
      start !== undefined && holes > 1 && names.length === first.names.length && others(names) <= 1,
  );
}

/**
 * Whether one variable is set and another one asked for next: repeated blocks that were cut in the
 * middle. The run that begins with the other's statement says the same.
 */
function isCutInTheMiddle(template: Template): boolean {
  const statements = statementsOf(template);
  const set = new Set(statements.flatMap(setIn));
  return statements.some((parts, at) => {
    const own = setIn(parts);
    const next = statements[at + 1];
    if (next === undefined || own.length === 0 || !asks(next)) return false;
    const later = statements.slice(at + 1).flat();
    if (later.some(({ hole }) => hole !== undefined && own.includes(hole))) return false;
    return next.some(({ hole }) => {
      const asked = hole === undefined ? undefined : template.holes[hole];
      return hole !== undefined && asked?.kind === 'name' && asked.uses > 1 && !set.has(hole);
    });
  });
}

function statementsOf({ parts }: Template): readonly (readonly TemplatePart[])[] {
  const statements: TemplatePart[][] = [];
  for (const part of parts) (statements[part.statement] ??= []).push(part);
  return statements.filter((parts) => parts.length > 0);
}

function isFixed(part: TemplatePart): part is FixedToken {
  return part.hole === undefined;
}

function isNamed(part: TemplatePart): part is FixedToken {
  return isFixed(part) && part.leaf >= Leaf.local;
}

/** What a statement begins with, up to the first name it calls; `undefined` for what is no call. */
function upToCall(parts: readonly TemplatePart[]): string | undefined {
  const called = parts.findIndex((part) => isFixed(part) && part.leaf === Leaf.called);
  const start = parts.slice(0, called + 1);
  const isPlainCall = start.every((part) => !isFixed(part) || part.leaf !== Leaf.operator);
  if (called === -1 || !isPlainCall || asks(start)) return undefined;
  return start.map((part) => (isFixed(part) ? part.text : '$')).join(' ');
}

const ASKS = /^(?:if|unless|elif|while|until|switch|match|case|for|foreach)$/;

function asks([first]: readonly TemplatePart[]): boolean {
  return first !== undefined && isFixed(first) && ASKS.test(first.text);
}

/** Holes that stand for what a statement sets. */
function setIn(parts: readonly TemplatePart[]): readonly number[] {
  const equals = parts.findIndex((part) => isFixed(part) && /^:?=$/.test(part.text));
  const before = parts.slice(0, Math.max(0, equals));
  if (before.some((part) => isFixed(part) && /^[.([{]|->|::/.test(part.text))) return [];
  return before.flatMap(({ hole }) => (hole === undefined ? [] : [hole]));
}
