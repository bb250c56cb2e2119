import {
  createFunctionIndex,
  type KnownFunction,
  type WantedFunction,
} from '../../../src/core/suggestions/bodies/functionIndex.ts';
import { createTokenNumbers, likeness } from '../../../src/core/suggestions/bodies/likeness.ts';
import {
  modelFor,
  type BodyFeature,
  type BodyModelName,
} from '../../../src/core/suggestions/bodies/bodyModel.ts';
import {
  rankBodies,
  type RankedFunction,
} from '../../../src/core/suggestions/bodies/rankBodies.ts';
import { renamed } from '../../../src/core/suggestions/fit/renaming.ts';
import { begunFunction, type BegunFunction } from '../../../src/core/suggestions/place/place.ts';
import { toWanted } from '../../../src/core/suggestions/projectSuggestions.ts';
import { isTestPath } from '../../../src/core/model/sourceFile/testPath.ts';
import type {
  SuggestionFile,
  WrittenFunction,
} from '../../../src/core/model/suggestions/suggestion.ts';
import { bestByWords } from './wordSearch.ts';
import type { ChangedFile } from './history.ts';
import { NO_LINE, openedAt } from './openFile.ts';

/** How good one suggestion was; `undefined` where there was none. */
export interface Judged {
  readonly isSimilar: boolean;
  readonly isKept: boolean;
  readonly isExact: boolean;
}

/** One function that was really written, and what each way would have suggested for it. */
export interface BodyQuery {
  readonly repository: string;
  readonly isTest: boolean;
  readonly ways: Readonly<Record<BodyWay, (Judged & { readonly chance: number }) | undefined>>;
  /** The ranked ones with what became of each, by whether the file was open. */
  readonly examples: readonly BodyExample[];
}

export type BodyWay = 'library' | 'open file' | 'BM25' | 'nearest in file' | Share;
export type Share = '3 %' | '10 %' | '30 %';

export interface BodyExample {
  readonly features: Readonly<Record<BodyFeature, number>>;
  readonly isSimilar: boolean;
  readonly isKept: boolean;
  readonly model: BodyModelName;
  readonly way: BodyWay | 'name only';
}

export const SHARES: Readonly<Record<Share, number>> = { '3 %': 0.03, '10 %': 0.1, '30 %': 0.3 };

export interface BodyReplay {
  put(file: SuggestionFile): void;
  drop(path: string): void;
  /** Asks for a function the commit adds; the index stands as before the commit. */
  ask(
    repository: string,
    file: ChangedFile & { readonly after: SuggestionFile },
    asked: WrittenFunction,
  ): BodyQuery | undefined;
}

/** Indexes of the whole project and of parts of its files, kept up to date together. */
export function createBodyReplay(): BodyReplay {
  const whole = createFunctionIndex();
  const parts = Object.entries(SHARES).map(([name, share]) => {
    return { name: name as Share, share, index: createFunctionIndex() };
  });
  return {
    put(file) {
      whole.put(file);
      for (const { share, index } of parts) if (drawOf(file.path) < share) index.put(file);
    },
    drop(path) {
      whole.drop(path);
      for (const { index } of parts) index.drop(path);
    },
    ask(repository, { path, before, after }, asked) {
      const begun = begunAt(after, asked);
      if (begun === undefined) return undefined;
      const wanted = toWanted(path, begun);
      const judgeFirst = (ranked: readonly RankedFunction[]) => {
        const [first] = ranked;
        if (first === undefined) return undefined;
        return { ...judge(first.known, begun, asked), chance: first.chance };
      };
      // The former version: nothing of it is being written.
      const closed = { ...wanted, line: wanted.line - NO_LINE };
      const library = rankBodies(whole, closed);
      const ofParts = parts.map(({ name, index }) => [name, judgeFirst(rankBodies(index, closed))]);
      const words = bestByWords(whole, wanted);
      const nearest = whole.nearest(wanted)[0];
      whole.put(openedAt({ before, after }, asked.firstLine));
      const open = rankBodies(whole, wanted);
      const begunName = { ...begun, begun: 'name' as const, head: headToName(begun) };
      const wantedByName = toWanted(path, begunName);
      const byName = rankBodies(whole, wantedByName);
      const exampleOf = (
        [first]: readonly RankedFunction[],
        way: BodyExample['way'],
        by: WantedFunction,
      ): readonly BodyExample[] => {
        // Only the first is ever shown.
        if (first === undefined) return [];
        const { isSimilar, isKept } = judge(first.known, begun, asked);
        return [{ features: first.features, model: modelFor(by), isSimilar, isKept, way }];
      };
      if (before === undefined) whole.drop(path);
      else whole.put(before);
      return {
        repository,
        isTest: isTestPath(path),
        ways: {
          library: judgeFirst(library),
          'open file': judgeFirst(open),
          BM25: words && { ...judge(words, begun, asked), chance: 0 },
          'nearest in file': nearest && { ...judge(nearest, begun, asked), chance: 0 },
          ...Object.fromEntries(ofParts),
        } as BodyQuery['ways'],
        examples: [
          ...exampleOf(library, 'library', wanted),
          ...exampleOf(open, 'open file', wanted),
          ...exampleOf(byName, 'name only', wantedByName),
        ],
      };
    },
  };
}

/**
 * Functions that a change adds, those merely moved or renamed left out. Of several of one name, such as
 * methods of different classes, as many are new as there are more of them.
 */
export function addedFunctions(
  { before, after }: ChangedFile,
  removed: ReadonlySet<string>,
): readonly WrittenFunction[] {
  const former = byName(before?.functions ?? []);
  return [...byName(after?.functions ?? [])].flatMap(([name, functions]) => {
    const known = former.get(name) ?? [];
    const bodies = new Set(known.map(bodyKey));
    const others = functions.filter((one) => !bodies.has(bodyKey(one)));
    const changed = Math.max(0, known.length - (functions.length - others.length));
    return others
      .slice(changed)
      .filter((one) => !removed.has(bodyKey(one)) && meant(one.body).length > 0);
  });
}

function byName(functions: readonly WrittenFunction[]): ReadonlyMap<string, WrittenFunction[]> {
  const named = new Map<string, WrittenFunction[]>();
  for (const one of functions) named.set(one.name, [...(named.get(one.name) ?? []), one]);
  return named;
}

/** Bodies that stood in one of the files before the commit. */
export function formerBodies(files: readonly ChangedFile[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ before }) => before?.functions.map(bodyKey) ?? []));
}

function bodyKey({ body }: WrittenFunction): string {
  return meant(body).join('\n');
}

/** What is typed when the head is done; `undefined` where it is not seen as the head of a function. */
function begunAt(after: SuggestionFile, asked: WrittenFunction): BegunFunction | undefined {
  const lines = after.text.split('\n');
  const bodyLines = asked.body.split('\n').length;
  const end = asked.lastLine - bodyLines + 1;
  return begunFunction({
    path: after.path,
    before: lines.slice(Math.max(0, end - 100), end - 1),
    typed: lines[end - 1] ?? '',
    after: [],
    line: end - 1,
  });
}

function headToName({ head, name }: BegunFunction): string {
  return head.slice(0, head.indexOf(name) + name.length);
}

export function judge(known: KnownFunction, begun: BegunFunction, asked: WrittenFunction): Judged {
  const body = renamed(known.body, known, begun);
  const tokens = createTokenNumbers();
  const suggested = meant(body);
  const written = meant(asked.body);
  return {
    isSimilar: likeness(tokens.read(body), tokens.read(asked.body)) >= 0.5,
    isKept: suggested.length > 0 && linesInOrder(suggested, written) >= suggested.length / 2,
    isExact: suggested.join('\n') === written.join('\n'),
  };
}

/** Lines without layout; lone brackets and final commas and semicolons say nothing. */
function meant(body: string): readonly string[] {
  return body
    .split('\n')
    .map((line) => line.replace(/\s+/g, '').replace(/[,;]+$/, ''))
    .filter((line) => !/^[()[\]{}]*$/.test(line) && line !== 'end');
}

/** Length of the longest common subsequence. */
function linesInOrder(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const line of one) {
    const next = [0];
    for (const [at, candidate] of other.entries()) {
      next.push(
        line === candidate ? (row[at] ?? 0) + 1 : Math.max(next[at] ?? 0, row[at + 1] ?? 0),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The same for a path in every run, evenly spread from 0 to 1. */
export function drawOf(text: string): number {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
