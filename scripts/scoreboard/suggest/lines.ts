import { createLineIndex, normaliseLine } from '../../../src/core/suggestions/lines/lineIndex.ts';
import {
  lineCandidates,
  type LineFeature,
} from '../../../src/core/suggestions/lines/lineCandidates.ts';
import { createLineShapes } from '../../../src/core/suggestions/lines/lineShape.ts';
import {
  nextLines,
  withoutBlankLines,
  type TypedPlace,
} from '../../../src/core/suggestions/lines/nextLines.ts';
import { isTestPath } from '../../../src/core/model/sourceFile/testPath.ts';
import type {
  SuggestionFile,
  WrittenFunction,
} from '../../../src/core/model/suggestions/suggestion.ts';
import { drawOf } from './bodies.ts';
import type { ChangedFile } from './history.ts';
import { NO_LINE, openedAt } from './openFile.ts';

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
/** Of all positions, so that a line of a long function counts as much as one of a short. */
const ASKED_SHARE = 0.4;
const LINES_ABOVE = 120;

export function createLineReplay(): LineReplay {
  const index = createLineIndex();
  const shapeOf = createLineShapes();

  function judgeAt(place: TypedPlace, lines: readonly string[]) {
    const wanted = meantLines(lines);
    const suggested = nextLines(index, place, shapeOf);
    const [first] = suggested;
    if (first === undefined) return undefined;
    let right = 0;
    while (right < suggested.length && suggested[right]?.text === wanted[right]) right += 1;
    const rightCharacters = wanted.slice(0, right).reduce((sum, { length }) => sum + length, 0);
    return { chance: first.chance, isRight: right > 0, right, rightCharacters };
  }

  function examplesAt(place: TypedPlace, written: string) {
    const accepts = ({ length }: string): boolean => length >= FEWEST_CHARACTERS;
    const wanted = normaliseLine(written);
    return lineCandidates(index, withoutBlankLines(place), accepts, shapeOf).map(
      ({ text, features }) => ({ features, isRight: text === wanted }),
    );
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
        .filter((at) => drawOf(`${path} ${at} ${asked.name}`) < ASKED_SHARE);
      return positions.map((at) => {
        const above = { path, before: lines.slice(Math.max(0, at - LINES_ABOVE), at), typed: '' };
        // The former version: nothing of it is being written.
        const closed = { ...above, below: '', line: at - NO_LINE };
        const library = judgeAt(closed, lines.slice(at));
        const examples = examplesAt(closed, lines[at] ?? '');
        const opened = openedAt({ before, after }, at);
        index.put(path, opened.text);
        const [below = ''] = meantLines(opened.text.split('\n').slice(at));
        const place = { ...above, below, line: at };
        const query = {
          repository,
          isTest: isTestPath(path),
          library,
          open: judgeAt(place, lines.slice(at)),
          characters: normaliseLine(lines[at] ?? '').length,
          examples: [...examples, ...examplesAt(place, lines[at] ?? '')],
        };
        if (before === undefined) index.drop(path);
        else index.put(path, before.text);
        return query;
      });
    },
  };
}

function meantLines(lines: readonly string[]): readonly string[] {
  return lines.map(normaliseLine).filter((line) => line !== '');
}
