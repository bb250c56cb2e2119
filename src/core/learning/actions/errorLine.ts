import { plainOutput } from '../../platform/text/programOutput.ts';
import { withoutHeredocs } from '../../platform/shell/heredocs.ts';
import type { Action } from './actions.ts';

/** `ValueError: …`, `django.db.utils.OperationalError: …`, `AssertionError [ERR_ASSERTION]: …` */
const NAMED =
  /^(?:[A-Za-z_][\w.]{0,150}\.)?[A-Z]\w{0,80}(?:Error|Exception|Exit|Interrupt|Failure|NotFound|DoesNotExist|NotReady)\b(?: \[\w{1,60}\])?(?:: .*|:?$)/;
/** Languages that begin with the word: `error[E0425]: …`, `Error: …`, `fatal: …`, `panic: …` */
const LABELLED =
  /^(?:(?:\S{1,200}:\d{1,7}(?::\d{1,7})?: )?(?:fatal )?error(?: ?\[?[A-Z]{1,4}\d{2,6}\]?)?: .|Error(?: \[\w{1,60}\])?: .|fatal: .|panic: .|Exception in thread |npm (?:ERR!|error) (?!A complete log)\S|CMake Error(?: at \S{1,200})?:? ?.)/;
const PYTEST = /^E {2,}\S/;
/** `bash: line 3: foo: command not found`, `sed: -e expression #1 …`, `cat: x: No such file` */
const SHELL =
  /^(?:\/\S{0,40}\/)?(?:ba|z|da)?sh: |^(?:[a-z][\w.+-]{0,30}): .*(?:[Nn]o such|not found|denied|[Ii]nvalid|unrecogni[sz]ed|[Cc]annot|can't|missing|expected|unknown|Is a directory|unterminated|ERROR)/;
const TRACEBACK = 'Traceback (most recent call last)';
const TIMED_OUT = /(?:timed out|time-?out (?:after|of)|TimeoutExpired|deadline exceeded)/i;

/** Programs that end with another number than 0 when they find nothing, or a difference. */
const SAYS_NO_BY_CODE =
  /(?:^|[\s;&|(])(?:[efzg]?grep|rg|ag|diff|cmp|find|test|\[|which|command -v|git diff|git grep|expr|false)\b/;
/** What a tool of an agent puts around the words that tell an error. */
const TAGGED = /^<(\w{1,40})>(.+?)(?:<\/\1>)?$/;
/** What tells no error, whatever the number a program ended with. */
const NOISE =
  /^hint: |^See also "|^(?:\S{0,200}:\d{1,7}: )?\S{0,60}(?:Deprecation|Future|PendingDeprecation|User|Runtime|Syntax)Warning\b/;

/**
 * The line that tells the error of an action; `undefined` where it is none: what a search did not
 * find, a warning, or what was cancelled.
 */
export function errorLineOf(action: Action): string | undefined {
  if (action.isConsequence) return undefined;
  const lines = plainOutput(action.output)
    .map((line) => line.trim().replace(TAGGED, '$2'))
    .filter((line) => line !== '' && !NOISE.test(line));
  const [first = ''] = lines;
  if (REFUSED.test(first)) return first;
  const hasFailed = action.hasFailed || (action.exitCode ?? 0) !== 0;
  const isTraced = lines.some((line) => line.startsWith(TRACEBACK));
  if (!hasFailed && !isTraced) return undefined;
  return toldError(lines) ?? untoldError(action, lines.at(-1) ?? '');
}

/** The line that says by its form that it tells an error. */
function toldError(lines: readonly string[]): string | undefined {
  return (
    lines.findLast((line) => NAMED.test(line)) ??
    lines.findLast((line) => PYTEST.test(line))?.replace(/^E\s+/, '') ??
    lines.find((line) => LABELLED.test(line) || SHELL.test(line)) ??
    lines.find((line) => TIMED_OUT.test(line))
  );
}

/** What is said last, where that can be known again, or that it failed; nothing of a mere "no". */
function untoldError(action: Action, last: string): string | undefined {
  if (SAYS_NO_BY_CODE.test(withoutHeredocs(action.command).slice(0, 2000))) return undefined;
  if (SCORE.test(last)) return undefined;
  return IN_WORDS.test(last)
    ? last
    : `${action.target}: ended with ${action.exitCode ?? 'an error'}`;
}

/** What a check gives as a mark is no error of the program. */
const SCORE = /\b(?:rated at|score[sd]?|coverage)\b.{0,40}\d|^=+ .{1,300} =+$/i;
/** Something that can be known again, not a bare number or path. */
const IN_WORDS = /[A-Za-z]{3,} [A-Za-z]{2,}/;

/** An agent that answered in a form its harness does not take. */
export const REFUSED =
  /^(?:Please always provide EXACTLY ONE|Format error|No tool call found|Your (?:last )?(?:output|response) (?:was|is) not)/i;
