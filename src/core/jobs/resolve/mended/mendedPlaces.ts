import type { MendedPlace } from '../../../model/resolution/mended.ts';
import { outlineOf } from '../../../extraction/outline.ts';
import { openSourceParser } from '../../../extraction/sourceParser.ts';
import { withoutStopWords } from '../../../platform/text/stopWords.ts';
import { createTokenizer } from '../../../platform/text/words.ts';
import { phrasesOf } from '../../../resolution/changes/mendEvidence.ts';
import type { Issue } from '../../../resolution/localization/issue.ts';
import type { ChangeNow, FileNow } from './changeNow.ts';

/** The commit did not change more than these on account of one issue. */
const MOST_PLACES = 3;

/** First those that the issue's words touch most, and then those of most lines: a table is long. */
export async function mendedPlaces(
  issue: Issue,
  { files }: ChangeNow,
  assetsDir: string,
): Promise<readonly MendedPlace[]> {
  const parser = await openSourceParser({ assetsDir });
  const places: MendedPlace[] = [];
  const touched = touchedBy(issue);
  const byWeight = files
    .map((file) => ({ file, said: touched(file) }))
    .sort((a, b) => b.said - a.said || weightOf(b.file) - weightOf(a.file));
  try {
    for (const { file } of byWeight.slice(0, MOST_PLACES)) {
      const source = await parser.parse(file.path, file.text);
      try {
        places.push(placeIn(file, source === undefined ? [] : outlineOf(source).declarations));
      } finally {
        source?.delete();
      }
    }
    return places;
  } finally {
    parser.close();
  }
}

function weightOf({ standing }: FileNow): number {
  return standing.lines.length;
}

/** Counts what a change of a file has of an issue: words of its title, and phrases of all of it. */
function touchedBy({ title, text }: Issue): (file: FileNow) => number {
  const tokenizer = createTokenizer();
  const stems = (said: string): ReadonlySet<string> =>
    new Set(withoutStopWords(tokenizer.words(said)).flatMap(({ parts }) => parts));
  const [words, phrases] = [stems(title), phrasesOf(text)];
  return ({ path, around }) => {
    const said = stems(`${path}\n${around}`);
    const quoted = [...phrasesOf(around)].filter((phrase) => phrases.has(phrase)).length;
    return quoted + [...words].filter((word) => said.has(word)).length;
  };
}

/** The innermost function around most lines that the commit put in and that are there. */
function placeIn(
  { path, isAnew, standing: { lines } }: FileNow,
  declarations: ReturnType<typeof outlineOf>['declarations'],
): MendedPlace {
  const [middle] = isAnew ? [] : lines.slice(Math.floor(lines.length / 2));
  if (middle === undefined) return { path, symbol: null, range: null };
  const around = declarations.findLast(
    ({ firstLine, lastLine }) => firstLine <= middle && middle <= lastLine,
  );
  const [first, last] = [around?.firstLine ?? middle, around?.lastLine ?? middle];
  const range = { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } };
  return { path, symbol: around?.qualifiedName ?? null, range };
}
