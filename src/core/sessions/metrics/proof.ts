import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { Session, Step, ToolCall } from '../../model/sessions/session.ts';
import { commandChanges, isChanging, writtenFiles } from '../../platform/shell/fileChanges.ts';
import { USE_PATTERN } from '../formats/vscode.ts';

/** Whether a step changed anything, as far as it tells. */
export function isChange({ toolCalls }: Step): boolean {
  return toolCalls.some(
    ({ name, edits, command, observation }) =>
      observation?.error === undefined &&
      // What is put into the editor is saved later, if it is.
      (name === USE_PATTERN || edits.length > 0 || (command !== undefined && isChanging(command))),
  );
}

/**
 * Whether tests at the end of a session prove what it did: they came after its last change of code,
 * and the agent did not write them. Its own last run tells nothing: in 250 runs with labels it failed
 * as often in those that succeeded as in the others.
 */
export function isProvenByTests(session: Session): boolean {
  const last = session.checks.findLast(({ kind }) => kind === 'test');
  if (last?.isPassed !== true || isChangedAfter(session, 'tests', last.at)) return false;
  return !session.steps.some(({ toolCalls }) => toolCalls.some(writesTests));
}

/**
 * Whether code was changed after the last call that told of it in this way, or, where no call did, after
 * the time when it was told.
 */
export function isChangedAfter(
  { steps, folder }: Session,
  tells: NonNullable<ToolCall['tells']>,
  at: EpochMs | undefined,
): boolean {
  const calls = steps.flatMap((step) => step.toolCalls);
  const told = calls.findLastIndex((call) => call.tells === tells);
  return calls.some((call, index) => {
    const changedAt = call.observation?.at;
    const isLater =
      told >= 0 ? index > told : at !== undefined && changedAt !== undefined && changedAt > at;
    return isLater && changesCode(call, folder ?? '');
  });
}

/** Whether a call left code of the project other than it was; what it removes may be its own tries. */
function changesCode({ edits, command = '', observation }: ToolCall, folder: string): boolean {
  if (observation?.error !== undefined) return false;
  if (edits.some(({ path }) => languageOf(path) !== undefined)) return true;
  if (!MAY_WRITE.test(command) && !/\bgit\b/.test(command)) return false;
  if (BRINGS_CODE.test(command)) return true;
  const takenBack = commandChanges(command).filter(({ how }) => how === 'taken back');
  return [...writtenFiles(command), ...takenBack.map(({ path }) => path)].some(
    (path) =>
      (path === '.' || languageOf(path) !== undefined) &&
      (!path.startsWith('/') || path.startsWith(`${folder}/`)),
  );
}

const BRINGS_CODE =
  /(?:^|[;&|\n]\s{0,9})(?:git (?:-C \S{1,200} )?(?:apply(?! .{0,200}--(?:check|stat))|am|revert|cherry-pick|stash (?:pop|apply))|patch|apply_patch)(?![\w-])/;

function writesTests({ edits, command = '' }: ToolCall): boolean {
  if (edits.some(({ path }) => isTestPath(path))) return true;
  // To look through each command of a long session takes long.
  return MAY_WRITE.test(command) && writtenFiles(command).some(isTestPath);
}

const MAY_WRITE =
  />|\b(?:sed|perl|tee|cp|mv|touch|patch|apply|open|write\w{0,20}|appendFile\w{0,4})\b/;
