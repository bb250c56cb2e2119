import type { SourceFile } from '../../model/code.ts';
import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import type { SoughtEdit } from '../../suggestions/edits/otherPlaces.ts';
import { namesIn } from '../../suggestions/nameParts.ts';
import type { FunctionChange } from '../../suggestions/edits/twinPlaces.ts';

/** A change, and of which function it is; `undefined` where it was not made within one. */
export interface PlacedEdit extends SoughtEdit {
  readonly change: FunctionChange | undefined;
}

/** Files in which an edit may have other places. */
export interface Candidates {
  /** Files that hold all fixed texts of its template. */
  readonly byTemplate: readonly SourceFile[];
  /** Files that hold most names of the function it was made in, those with most of them first. */
  readonly byTwin: readonly SourceFile[];
}

export interface Survey {
  readonly files: number;
  /** Files that hold a fixed text of any edit. */
  readonly holding: ReadonlyMap<string, number>;
  readonly candidates: ReadonlyMap<SoughtEdit, Candidates>;
}

/** A twin shares at least so much of the names of a function with it. */
const LEAST_SHARED_NAMES = 0.5;
/** That are read for twins. */
const MOST_TWIN_FILES = 24;

/** An edit with the files that were found for it so far. */
interface FileSearch {
  readonly edit: PlacedEdit;
  /** Names of the function it was made in; none where its twins are not looked for. */
  readonly names: ReadonlySet<string>;
  readonly byTemplate: SourceFile[];
  readonly byTwin: { readonly file: SourceFile; readonly share: number }[];
}

/**
 * Reads all files once, for what can be told without parsing them.
 *
 * @param withTwins whether files are looked for that only a twin of a changed function may be in
 */
export async function survey(
  texts: AsyncIterable<SourceFile>,
  sought: readonly PlacedEdit[],
  { withTwins, pause }: { readonly withTwins: boolean; readonly pause: () => Promise<void> },
): Promise<Survey> {
  const fixed = new Set(sought.flatMap(({ template }) => [...template.fixed]));
  const holding = new Map<string, number>();
  const searches = sought.map((edit): FileSearch => ({
    edit,
    names: withTwins ? namesOfFunction(edit) : new Set(),
    byTemplate: [],
    byTwin: [],
  }));
  let files = 0;
  for await (const file of texts) {
    files += 1;
    const held = new Set([...fixed].filter((text) => file.text.includes(text)));
    for (const text of held) holding.set(text, (holding.get(text) ?? 0) + 1);
    const names = withTwins ? new Set(namesIn(file.text)) : undefined;
    for (const search of searches) {
      if (holdsTemplate(search.edit, held)) search.byTemplate.push(file);
      const share = names === undefined ? 0 : sharedNames(search, file, names);
      if (share >= LEAST_SHARED_NAMES) search.byTwin.push({ file, share });
    }
    await pause();
  }
  const candidates = searches.map(({ edit, byTemplate, byTwin }) => {
    const most = byTwin.sort((a, b) => b.share - a.share).slice(0, MOST_TWIN_FILES);
    return [edit, { byTemplate, byTwin: most.map(({ file }) => file) }] as const;
  });
  return { files, holding, candidates: new Map(candidates) };
}

/** Whether each of some names stands in some file. */
export async function areNamed(
  texts: AsyncIterable<SourceFile>,
  names: readonly string[],
): Promise<boolean> {
  const missing = new Set(names);
  if (missing.size === 0) return true;
  for await (const { text } of texts) {
    const held = [...missing].filter((name) => text.includes(name));
    const there = held.length === 0 ? undefined : new Set(namesIn(text));
    for (const name of held) if (there?.has(name) === true) missing.delete(name);
    if (missing.size === 0) return true;
  }
  return false;
}

function holdsTemplate({ template }: SoughtEdit, held: ReadonlySet<string>): boolean {
  return template.parts.length > 0 && [...template.fixed].every((text) => held.has(text));
}

/** How much of the names of the changed function a file has. */
function sharedNames(
  { edit, names }: FileSearch,
  { path }: SourceFile,
  there: ReadonlySet<string>,
): number {
  if (names.size === 0 || languageOf(path) !== languageOf(edit.after.path)) return 0;
  return [...names].filter((name) => there.has(name)).length / names.size;
}

function namesOfFunction({ change }: PlacedEdit): ReadonlySet<string> {
  const words = change?.function.tokens.filter(({ kind }) => kind === 'word') ?? [];
  return new Set(words.map(({ text }) => text));
}
