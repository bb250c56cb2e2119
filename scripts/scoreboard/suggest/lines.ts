import { createLineIndex, normaliseLine } from '../../../src/core/suggestions/lines/lineIndex.ts';
import {
  LINE_MODEL,
  lineFeatures,
  nextLines,
  type LineFeature,
} from '../../../src/core/suggestions/lines/nextLines.ts';
import { isTestPath } from '../../../src/core/model/sourceFile/testPath.ts';
import type {
  SuggestionFile,
  WrittenFunction,
} from '../../../src/core/model/suggestions/suggestion.ts';
import { drawOf } from './bodies.ts';
import type { ChangedFile } from './history.ts';

/** A line that was really written, and what would have been suggested in its place. */
export interface LineQuery {
  readonly repository: string;
  readonly isTest: boolean;
  readonly library: JudgedLines | undefined;
  readonly open: JudgedLines | undefined;
  /** Characters of the line. */
  readonly characters: number;
  readonly examples: readonly {
    readonly features: Readonly<Record<LineFeature, number>>;
    readonly isRight: boolean;
  }[];
}

export interface JudgedLines {
  readonly chance: number;
  readonly isRight: boolean;
  /** Suggested lines that are right, from the first on, and their characters. */
  readonly right: number;
  readonly rightCharacters: number;
}

export interface LineReplay {
  put(file: SuggestionFile): void;
  drop(path: string): void;
  /** Asks for lines of a function the commit adds; the index stands as before the commit. */
  ask(
    repository: string,
    file: ChangedFile & { readonly after: SuggestionFile },
    asked: WrittenFunction,
  ): readonly LineQuery[];
}

const FEWEST_CHARACTERS = 8;
/** Positions asked for in one function. */
const MOST_POSITIONS = 4;

export function createLineReplay(): LineReplay {
  const index = createLineIndex();

  function judgeAt(path: string, lines: readonly string[], at: number) {
    const place = { path, before: lines.slice(Math.max(0, at - 20), at), typed: '', below: '' };
    const wanted = lines
      .slice(at)
      .map(normaliseLine)
      .filter((line) => line !== '');
    const suggested = nextLines(index, place, LINE_MODEL);
    const [first] = suggested;
    if (first === undefined) return undefined;
    let right = 0;
    while (right < suggested.length && suggested[right]?.text === wanted[right]) right += 1;
    const rightCharacters = wanted.slice(0, right).reduce((sum, { length }) => sum + length, 0);
    return { chance: first.chance, isRight: right > 0, right, rightCharacters };
  }

  function exampleAt(path: string, lines: readonly string[], at: number) {
    const before = lines.slice(Math.max(0, at - 20), at).filter((line) => line.trim() !== '');
    const following = index.following(before, path, ({ length }) => length >= FEWEST_CHARACTERS);
    const best = following?.votes[0];
    if (following === undefined || best === undefined) return [];
    const isRight = best.text === normaliseLine(lines[at] ?? '');
    return [{ features: lineFeatures(following), isRight }];
  }

  return {
    put(file) {
      index.put(file.path, file.text);
    },
    drop(path) {
      index.drop(path);
    },
    ask(repository, { path, before, after }, asked) {
      const lines = after.text.split('\n');
      const first = asked.lastLine - asked.body.split('\n').length + 1;
      const positions = Array.from({ length: asked.lastLine - first + 1 }, (_, at) => first + at)
        .filter((at) => normaliseLine(lines[at] ?? '').length >= FEWEST_CHARACTERS)
        .sort((a, b) => drawOf(`${path} ${a}`) - drawOf(`${path} ${b}`))
        .slice(0, MOST_POSITIONS);
      const ofLibrary = positions.map((at) => judgeAt(path, lines, at));
      const examples = positions.map((at) => exampleAt(path, lines, at));
      const queries = positions.map((at, position) => {
        index.put(path, lines.slice(0, at).join('\n'));
        return {
          repository,
          isTest: isTestPath(path),
          library: ofLibrary[position],
          open: judgeAt(path, lines, at),
          characters: normaliseLine(lines[at] ?? '').length,
          examples: [...(examples[position] ?? []), ...exampleAt(path, lines, at)],
        };
      });
      if (before === undefined) index.drop(path);
      else index.put(path, before.text);
      return queries;
    },
  };
}
