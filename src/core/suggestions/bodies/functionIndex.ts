import { createTokenizer } from '../../platform/text/words.ts';
import { inverseDocumentFrequency } from '../../platform/text/termWeight.ts';
import type { SuggestionFile, WrittenFunction } from '../../model/suggestions/suggestion.ts';
import { createTermPlaces } from './termPlaces.ts';

/** A function of the project that a body may be taken from. */
export interface KnownFunction extends WrittenFunction {
  readonly path: string;
  /** Not in the last commit, or changed since. */
  readonly isNew: boolean;
  readonly nameTerms: ReadonlySet<string>;
}

/** What is known of the function to be written. */
export interface WantedFunction {
  readonly path: string;
  /** Of its head, from 0. */
  readonly line: number;
  readonly name: string;
  /** As far as it is typed; empty where nothing but a comment is. */
  readonly head: string;
  readonly isHeadWhole: boolean;
  readonly comment: string;
}

/** The functions of one project. */
export interface FunctionIndex {
  readonly size: number;
  /** Takes the place of what was known of the file. */
  put(file: SuggestionFile): void;
  drop(path: string): void;
  /** Those worth a closer look, in no order, each once. */
  candidates(wanted: WantedFunction): readonly KnownFunction[];
  /** In no order. */
  all(): Iterable<KnownFunction>;
  /** Those of the file, the nearest to the line first. */
  nearest(wanted: Pick<WantedFunction, 'path' | 'line'>): readonly KnownFunction[];
  /** How alike two names are, 0 to 1: rare words in common count more. */
  nameLikeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number;
  nameTerms(name: string): ReadonlySet<string>;
}

const BY_WORDS = 20;
const BY_NAME = 15;
const NEAREST_IN_FILE = 15;
const MOST_OF_SAME_NAME = 15;
const MOST_NEW = 30;

export function createFunctionIndex(): FunctionIndex {
  const tokenizer = createTokenizer();
  const byPath = new Map<string, readonly number[]>();
  const byName = new Map<string, Set<number>>();
  const fresh = new Set<number>();
  const places = { words: createTermPlaces(), names: createTermPlaces() };
  let known: (KnownFunction | undefined)[] = [];
  let size = 0;

  function termsOf(text: string): ReadonlySet<string> {
    return new Set(tokenizer.words(text).flatMap(({ terms }) => terms));
  }

  function add(one: KnownFunction): number {
    const row = known.length;
    known.push(one);
    size += 1;
    places.names.add(row, one.nameTerms);
    places.words.add(row, termsOf(`${one.head} ${one.comment}`));
    const same = byName.get(one.name);
    if (same === undefined) byName.set(one.name, new Set([row]));
    else same.add(row);
    if (one.isNew) fresh.add(row);
    return row;
  }

  function drop(path: string): void {
    for (const row of byPath.get(path) ?? []) {
      const one = known[row];
      if (one === undefined) continue;
      known[row] = undefined;
      size -= 1;
      places.names.remove(one.nameTerms);
      places.words.remove(termsOf(`${one.head} ${one.comment}`));
      byName.get(one.name)?.delete(row);
      fresh.delete(row);
    }
    byPath.delete(path);
    if (known.length > 2 * size + 1000) rebuild();
  }

  function rebuild(): void {
    const all = known;
    known = [];
    size = 0;
    byName.clear();
    fresh.clear();
    places.words.clear();
    places.names.clear();
    for (const [path, rows] of [...byPath]) {
      byPath.set(
        path,
        rows.flatMap((row) => {
          const one = all[row];
          return one === undefined ? [] : [add(one)];
        }),
      );
    }
  }

  function weightIn(one: (typeof places)['words']): (term: string) => number {
    return (term) => inverseDocumentFrequency(size, one.count(term));
  }

  function isThere(row: number): boolean {
    return known[row] !== undefined;
  }

  function nearestRows({ path, line }: Pick<WantedFunction, 'path' | 'line'>): readonly number[] {
    const away = (row: number): number => Math.abs((known[row]?.firstLine ?? 0) - line);
    const rows = byPath.get(path) ?? [];
    return rows.toSorted((a, b) => away(a) - away(b)).slice(0, NEAREST_IN_FILE);
  }

  return {
    get size() {
      return size;
    },
    put({ path, functions, committed }) {
      drop(path);
      const old = new Set(committed?.functions.map((one) => `${one.name}\n${one.body}`));
      byPath.set(
        path,
        functions.map((one) =>
          add({
            ...one,
            path,
            isNew: committed !== undefined && !old.has(`${one.name}\n${one.body}`),
            nameTerms: termsOf(one.name),
          }),
        ),
      );
    },
    drop,
    candidates(wanted) {
      const words = termsOf(`${wanted.head} ${wanted.comment}`);
      const rows = new Set([
        ...places.words.best(words, weightIn(places.words), { limit: BY_WORDS, isThere }),
        ...places.names.best(termsOf(wanted.name), weightIn(places.names), {
          limit: BY_NAME,
          isThere,
        }),
        ...nearestRows(wanted),
        ...[...(byName.get(wanted.name) ?? [])].slice(-MOST_OF_SAME_NAME),
        ...[...fresh].slice(-MOST_NEW),
      ]);
      return [...rows].flatMap((row) => known[row] ?? []);
    },
    *all() {
      for (const one of known) if (one !== undefined) yield one;
    },
    nearest: (wanted) => nearestRows(wanted).flatMap((row) => known[row] ?? []),
    nameTerms: termsOf,
    nameLikeness(one, other) {
      const weight = weightIn(places.names);
      let shared = 0;
      let all = 0;
      for (const term of new Set([...one, ...other])) {
        const idf = weight(term);
        all += idf;
        if (one.has(term) && other.has(term)) shared += idf;
      }
      return all === 0 ? 0 : shared / all;
    },
  };
}
