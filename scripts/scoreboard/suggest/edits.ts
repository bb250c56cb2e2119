import { join } from 'node:path';

import type { EditPlace, TokenFile } from '../../../src/core/model/suggestions/edit.ts';
import {
  placesIn,
  soughtEdit,
  UNASKED,
  weightOf,
  type SoughtEdit,
} from '../../../src/core/suggestions/edits/otherPlaces.ts';
import { replacementsIn } from '../../../src/core/suggestions/edits/replacements.ts';
import { normaliseLine } from '../../../src/core/suggestions/lines/lineIndex.ts';
import { openReplay, type ChangedFile, type Replay } from './history.ts';

/** One replacement with the other places that would have been offered. */
export interface EditQuery {
  readonly repository: string;
  /** `undefined` where its function was gone at the end. */
  readonly places: readonly (boolean | undefined)[];
}

const KNOWN_BEFORE = 2 / 3;

/** Replays a repository: other places are looked for in the code before the commit. */
export async function replayEdits(
  reposDir: string,
  repository: string,
  assetsDir: string,
): Promise<readonly EditQuery[]> {
  const history = await openReplay(join(reposDir, repository), KNOWN_BEFORE, assetsDir);
  const texts = new Map(history.files.map(({ path, text }) => [path, text]));
  const asked: (Omit<EditQuery, 'places'> & {
    readonly places: readonly { readonly place: EditPlace; readonly isDone: boolean }[];
  })[] = [];
  const seen = new Set<string>();
  for await (const { files, isAsked } of history.commits()) {
    const sought: Sought[] = [];
    for (const file of isAsked ? files : []) {
      sought.push(...(await soughtIn(history, file)));
    }
    for (const one of sought) {
      const { edit } = one;
      if (seen.has(edit.id)) continue;
      seen.add(edit.id);
      const weight = weigh(edit, texts);
      const places = await offered(history, { ...one, texts, weight });
      asked.push({
        repository,
        places: places.map((place) => ({ place, isDone: isDoneIn(files, place) })),
      });
    }
    for (const { path, after } of files) {
      if (after === undefined) texts.delete(path);
      else texts.set(path, after.text);
    }
  }
  await history.close();
  return asked.map(({ places, ...query }) => ({
    ...query,
    places: places.map(({ place, isDone }) => isDone || isDoneAtEnd(texts.get(place.path), place)),
  }));
}

interface Sought {
  readonly file: ChangedFile;
  readonly edit: SoughtEdit;
  /** As the product: what the change itself did where it was made is meant. */
  readonly mustBeSound: boolean;
}

async function soughtIn(history: Replay, file: ChangedFile): Promise<readonly Sought[]> {
  const { before, after } = file;
  if (before === undefined || after === undefined) return [];
  const replaced = replacementsIn(before.text, after.text, UNASKED);
  if (replaced.length === 0) return [];
  const old = await history.tokens(before);
  const fresh = await history.tokens(after);
  if (old === undefined || fresh === undefined) return [];
  const edits = replaced.flatMap(
    (one) => soughtEdit(one, { before: old, after: fresh }, UNASKED) ?? [],
  );
  if (edits.length === 0) return [];
  const mustBeSound = await history.isAsSound(before, after);
  return edits.map((edit) => ({ file, edit, mustBeSound }));
}

function weigh({ template }: SoughtEdit, texts: ReadonlyMap<string, string>): number {
  const all = [...texts.values()];
  return weightOf(template, all.length, (name) => all.filter((text) => text.includes(name)).length);
}

async function offered(
  history: Replay,
  asked: Sought & {
    readonly texts: ReadonlyMap<string, string>;
    readonly weight: number;
  },
): Promise<readonly EditPlace[]> {
  const { edit, file, mustBeSound, texts, weight } = asked;
  const { template, replaced } = edit;
  if (template.parts.length < UNASKED.minTokens) return [];
  if (weight < UNASKED.minWeight) return [];
  const places: EditPlace[] = [];
  for (const [path, text] of texts) {
    if (![...template.fixed].every((name) => text.includes(name))) continue;
    const tokens: TokenFile | undefined = await history.tokens({ path, text });
    if (tokens === undefined) continue;
    const others = placesIn(tokens, edit).filter(
      ({ startLine }) => path !== file.path || startLine !== replaced.beforeLine,
    );
    places.push(...(mustBeSound ? await history.soundPlaces(tokens, others) : others));
    if (places.length > UNASKED.mostPlaces) return [];
  }
  return places;
}

function isDoneIn(files: readonly ChangedFile[], place: EditPlace): boolean {
  const file = files.find(({ path }) => path === place.path);
  if (file?.before === undefined || file.after === undefined) return false;
  return countOf(file.after.text, place.after) > countOf(file.before.text, place.after);
}

function isDoneAtEnd(text: string | undefined, { before, after }: EditPlace): boolean | undefined {
  if (text === undefined) return undefined;
  if (countOf(text, before) > 0) return false;
  return countOf(text, after) > 0 ? true : undefined;
}

function countOf(text: string, lines: string): number {
  const all = text.split('\n').map(normaliseLine).join('\n');
  const wanted = lines.split('\n').map(normaliseLine).join('\n');
  return `\n${all}\n`.split(`\n${wanted}\n`).length - 1;
}
