import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import type { Session, Step } from '../../model/sessions/session.ts';
import { isChanging, writtenFiles } from '../../platform/shell/fileChanges.ts';
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
export function isProvenByTests({ steps, checks }: Session): boolean {
  const last = checks.findLast(({ kind }) => kind === 'test');
  if (last?.isPassed !== true) return false;
  const calls = steps.flatMap((step) => step.toolCalls);
  const changedAfter = calls.some(
    ({ edits, observation }) =>
      observation?.at !== undefined &&
      last.at !== undefined &&
      observation.at > last.at &&
      edits.some(({ path }) => languageOf(path) !== undefined),
  );
  const written = calls.flatMap(({ edits, command = '' }) => [
    ...edits.map(({ path }) => path),
    ...writtenFiles(command),
  ]);
  return !changedAfter && !written.some(isTestPath);
}
