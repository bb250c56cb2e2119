import type { FilePatch } from '../../../model/trial/patch.ts';
import type { FileEdit, Session } from '../../../model/sessions/session.ts';
import { diffFile } from '../../../platform/text/patch.ts';

/** What one step changed of the files as they are in the end. */
export interface StepChange {
  /** Its place among the steps, from 0. */
  readonly step: number;
  readonly files: readonly FilePatch[];
  /** Some of it can no longer be told from what came later. */
  readonly isBlurred: boolean;
}

export interface EditedFiles {
  /** A path as the log spells it, relative to the repository; `undefined` outside of it. */
  toPath(path: string): string | undefined;
  /** The text a file has in the end; `undefined` where it has none. */
  read(path: string): string | undefined;
}

/**
 * Walks back from the texts of the end: each edit is looked for by what it wrote, so that what
 * lies around it may have changed since. What it wrote must stand there exactly once.
 */
export function stepChanges(session: Session, files: EditedFiles): readonly StepChange[] {
  const texts = new Map<string, string | undefined>();
  const found = new Map<number, { files: FilePatch[]; isBlurred: boolean }>();
  for (const { step, edit } of editsOf(session).reverse()) {
    const change = found.get(step) ?? { files: [], isBlurred: false };
    found.set(step, change);
    const path = files.toPath(edit.path);
    if (path === undefined || edit.text === undefined) {
      change.isBlurred = true;
      continue;
    }
    if (!texts.has(path)) texts.set(path, files.read(path));
    const after = texts.get(path);
    const before = after === undefined ? undefined : without(after, edit.text);
    const patch = before === undefined ? undefined : patchOf(path, before, after ?? '');
    if (patch === undefined) change.isBlurred = true;
    else {
      change.files.push(patch);
      texts.set(path, before?.text);
    }
  }
  return [...found]
    .map(([step, change]) => ({ ...change, step, files: [...change.files].reverse() }))
    .sort((a, b) => a.step - b.step);
}

function editsOf({ steps }: Session): { readonly step: number; readonly edit: FileEdit }[] {
  return steps.flatMap(({ toolCalls }, step) =>
    toolCalls.flatMap(({ edits, observation }) =>
      // What failed or was refused changed nothing.
      observation?.error === undefined ? edits.map((edit) => ({ step, edit })) : [],
    ),
  );
}

/** The text before an edit; no text where it made the file. */
function without(
  text: string,
  { before, after }: { readonly before: string; readonly after: string },
): { readonly text: string | undefined } | undefined {
  if (before === '' && after.trim() === text.trim()) return { text: undefined };
  const at = after === '' ? -1 : text.indexOf(after);
  if (at < 0 || text.includes(after, at + 1)) return undefined;
  return { text: text.slice(0, at) + before + text.slice(at + after.length) };
}

function patchOf(
  path: string,
  before: { readonly text: string | undefined },
  after: string,
): FilePatch | undefined {
  const patch = diffFile(path, before.text ?? '', after);
  return patch && before.text === undefined ? { ...patch, kind: 'added' } : patch;
}
