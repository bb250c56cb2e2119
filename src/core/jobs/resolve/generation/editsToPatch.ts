import type { ChangedFile, Patch, Refusal } from '../../../model/resolution/patch.ts';
import { applyEdit, readEdits } from '../../../resolution/generation/searchReplace.ts';
import { makePatch } from '../../../resolution/patches/makePatch.ts';
import { isInside } from '../../../resolution/patches/paths.ts';
import type { PatchLabel } from '../../../resolution/patches/toPatch.ts';
import type { SourceTree } from '../sourceTree.ts';

/** A patch, or what is wrong with an answer, in words for a model. */
export type AnsweredPatch = { readonly patch: Patch } | { readonly wrong: string };

/** Longer answers hold more than the edits of one issue. */
const MOST_EDITS = 60;

/**
 * The patch that the edits of an answer are on the code of a tree.
 *
 * @param mayChange says of each path whether this answer may change it
 */
export async function editsToPatch(
  answer: string,
  tree: Pick<SourceTree, 'readExact' | 'isFree'>,
  mayChange: (path: string) => boolean,
  label: PatchLabel,
): Promise<AnsweredPatch> {
  const edits = readEdits(answer);
  if (edits.length === 0) return { wrong: 'there is no edit in the form that was asked for' };
  if (edits.length > MOST_EDITS) return { wrong: 'there are too many edits' };
  const before = new Map<string, string | undefined>();
  const after = new Map<string, string | undefined>();
  for (const edit of edits) {
    const { path } = edit;
    if (!isInside(path) || !mayChange(path)) return { wrong: `${path} may not be changed` };
    if (!before.has(path)) before.set(path, await tree.readExact(path));
    const text = applyEdit(after.get(path) ?? before.get(path), edit);
    if (text === undefined) {
      return { wrong: `the SEARCH lines for ${path} are not there exactly once` };
    }
    if (before.get(path) === undefined && !tree.isFree(path)) {
      return { wrong: `${path} is no text that can be changed, or cannot be there` };
    }
    after.set(path, text);
  }
  const changes = [...after].map(([path, text]): ChangedFile => {
    return { path, before: before.get(path) ?? null, after: text ?? null };
  });
  const made = makePatch(changes, label);
  return 'refused' in made ? { wrong: reasonOf(made) } : { patch: made };
}

function reasonOf({ refused }: Refusal): string {
  return refused === 'nothing-changes' ? 'the edits change nothing' : 'the edits do not apply';
}
