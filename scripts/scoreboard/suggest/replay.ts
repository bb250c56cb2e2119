import { join } from 'node:path';

import type { SuggestionFile } from '../../../src/core/model/suggestions/suggestion.ts';
import {
  addedFunctions,
  createBodyReplay,
  drawOf,
  formerBodies,
  type BodyQuery,
} from './bodies.ts';
import { openReplay, type ChangedFile } from './history.ts';
import { createLineReplay, type LineQuery } from './lines.ts';

export interface Replayed {
  readonly bodies: readonly BodyQuery[];
  readonly lines: readonly LineQuery[];
  /** Functions whose head was not seen as one. */
  readonly unseen: number;
}

const KNOWN_BEFORE = 2 / 3;
/** Of one commit, so that an import of code says no more than a day's work. */
const MOST_OF_A_COMMIT = 40;
/** Of all functions, drawn by their names, so that a replay ends in minutes. */
const ASKED_SHARE = 0.35;

/** Replays the last third of a repository's main line: at each commit only what came before is known. */
export async function replay(
  reposDir: string,
  repository: string,
  assetsDir: string,
): Promise<Replayed> {
  const history = await openReplay(join(reposDir, repository), KNOWN_BEFORE, assetsDir);
  const bodyReplay = createBodyReplay();
  const lineReplay = createLineReplay();
  const bodies: BodyQuery[] = [];
  const lines: LineQuery[] = [];
  let unseen = 0;
  const put = (file: SuggestionFile): void => {
    bodyReplay.put(file);
    lineReplay.put(file);
  };
  for (const file of history.files) put(file);
  for await (const { commit, files, isAsked } of history.commits()) {
    for (const { file, asked } of isAsked ? askedOf(commit, files) : []) {
      const query = bodyReplay.ask(repository, file, asked);
      if (query === undefined) unseen += 1;
      else bodies.push(query);
      lines.push(...lineReplay.ask(repository, file, asked));
    }
    for (const { path, after } of files) {
      if (after !== undefined) put(after);
      else {
        bodyReplay.drop(path);
        lineReplay.drop(path);
      }
    }
  }
  await history.close();
  return { bodies, lines, unseen };
}

function askedOf(commit: string, files: readonly ChangedFile[]) {
  const removed = formerBodies(files);
  return files
    .flatMap((file) =>
      addedFunctions(file, removed).map((asked) => ({
        file: file as ChangedFile & { readonly after: SuggestionFile },
        asked,
        draw: drawOf(`${commit} ${file.path} ${asked.name}`),
      })),
    )
    .filter(({ draw }) => draw < ASKED_SHARE)
    .sort((a, b) => a.draw - b.draw)
    .slice(0, MOST_OF_A_COMMIT);
}
