import type {
  LineLayout,
  Suggestion,
  SuggestionFile,
  TypingPlace,
} from '../model/suggestions/suggestion.ts';
import { createFunctionIndex, type WantedFunction } from './bodies/functionIndex.ts';
import { rankBodies } from './bodies/rankBodies.ts';
import { fitBody } from './fit/fitBody.ts';
import { fitLines } from './fit/fitLines.ts';
import { createLineIndex } from './lines/lineIndex.ts';
import { createLineShapes } from './lines/lineShape.ts';
import { nextLines } from './lines/nextLines.ts';
import { begunFunction, type BegunFunction } from './place/place.ts';

/** What can be suggested from the code of one project, and from nowhere else. */
export interface ProjectSuggestions {
  /** How much it holds. */
  readonly size: { readonly functions: number; readonly lines: number };
  /** Takes the place of what was known of the file. */
  put(file: SuggestionFile): void;
  drop(path: string): void;
  /**
   * What may be meant at a place, a body before next lines; at most one of each.
   *
   * @param calibrate what a chance by the model is worth in this project
   */
  suggest(
    place: TypingPlace,
    layout: LineLayout,
    calibrate: (estimate: number) => number,
  ): readonly Suggestion[];
}

type Drafted = Omit<Suggestion, 'chance'>;

export function createProjectSuggestions(): ProjectSuggestions {
  const functions = createFunctionIndex();
  const lines = createLineIndex();
  const shapeOf = createLineShapes();

  function bodyAt(place: TypingPlace, begun: BegunFunction, layout: LineLayout): Drafted[] {
    for (const { known, chance } of rankBodies(functions, toWanted(place.path, begun))) {
      const fitted = fitBody(known, begun, place, layout);
      if (fitted === undefined || fitted.text.trim() === '') continue;
      const origin = { path: known.path, line: known.firstLine, name: known.name };
      const kind = begun.begun === 'head' ? 'body' : 'function';
      return [{ kind, ...fitted, estimate: chance, origin }];
    }
    return [];
  }

  function linesAt(place: TypingPlace, layout: LineLayout): Drafted[] {
    // In the middle of a line something else is being changed.
    if (/[^\s)\]};,'"`]/.test(place.after[0] ?? '')) return [];
    const below = place.after.slice(1).find((line) => line.trim() !== '') ?? '';
    const next = nextLines(lines, { ...place, below }, shapeOf);
    const fitted = fitLines(next, place, layout);
    if (fitted === undefined || fitted.text.trim() === '') return [];
    return [{ kind: 'lines', ...fitted, estimate: next[0]?.chance ?? 0, origin: undefined }];
  }

  return {
    get size() {
      return { functions: functions.size, lines: lines.size };
    },
    put(file) {
      functions.put(file);
      lines.put(file.path, file.text);
    },
    drop(path) {
      functions.drop(path);
      lines.drop(path);
    },
    suggest(place, layout, calibrate) {
      const begun = begunFunction(place);
      return [
        ...(begun === undefined ? [] : bodyAt(place, begun, layout)),
        ...linesAt(place, layout),
      ].map((drafted) => ({ ...drafted, chance: calibrate(drafted.estimate) }));
    },
  };
}

/** What a function that is begun is compared by. */
export function toWanted(path: string, begun: BegunFunction): WantedFunction {
  const { name, head, comment, line } = begun;
  return { path, line, name, head, comment, isHeadWhole: begun.begun === 'head' };
}
