import type { PatternEdit } from '../../model/api/curate.ts';
import type { RecordedText } from '../../model/event.ts';
import type { Pattern } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { editPattern } from './curate.ts';
import { readDraft } from './draft.ts';
import { versionNamed } from './versionNamed.ts';

export interface EditParts {
  readonly library: Library;
  readonly assetsDir: string;
}

/** An edit as a person makes it: its code is read in the language of the pattern. */
export async function editAsWritten(
  { library, assetsDir }: EditParts,
  id: string,
  edit: PatternEdit,
): Promise<Pattern> {
  const { code } = edit;
  return editPattern(library, id, {
    edit,
    code: code === undefined ? undefined : await readCode({ library, assetsDir }, id, code),
  });
}

/**
 * The pattern as a version of it was.
 *
 * @param version the first digits of its name
 * @throws AppError `pattern-not-found`, `version-not-found`
 */
export async function rollBack(parts: EditParts, id: string, version: string): Promise<Pattern> {
  const { name, description, tags, code, before } = versionNamed(parts.library, id, version);
  // The code of a change is what a commit made of it: only words about it are edited.
  const text = before === null ? await readCode(parts, id, code) : undefined;
  return editPattern(parts.library, id, { edit: { name, description, tags }, code: text });
}

async function readCode(
  { library, assetsDir }: EditParts,
  id: string,
  code: string,
): Promise<RecordedText> {
  const language = library.patterns.byId(id)?.language ?? undefined;
  return readDraft(assetsDir, { code, ...(language && { language }) });
}
