import { createHash } from 'node:crypto';

import type { Idiom, Range } from '../../model/code.ts';
import { isPlainName } from '../plainNames.ts';
import { antiUnify, type RunPlace, type Template } from './antiUnify.ts';
import type { CodeTree } from './codeTree.ts';
import { createCorpus, type IdiomSource, type StatementCorpus } from './corpus.ts';
import { frequentRuns, type FrequentRun } from './frequent.ts';
import { deviationsOf } from './deviations.ts';
import { describeIdiom } from './naming.ts';
import { countFiles, samplePlaces, spanOf, type PlaceSpan } from './places.ts';
import { countValues, renderTemplate } from './render.ts';
import { beginsTelling, scoreTemplate, type Scored } from './score.ts';
import { selectIdioms } from './select.ts';
import { doesOneThing } from './oneThing.ts';
import { sequencesOf } from './statements.ts';

export interface MiningParts {
  /** A file as its statements were read, parsed once more; `undefined` where it changed since. */
  readonly readTree: (path: string) => Promise<CodeTree | undefined>;
  /** Called often: lets others work, and throws to end mining. */
  readonly pause: () => Promise<void>;
}

/** Levels of detail, in the order in which one is preferred to another that finds the same places. */
const LEVELS = ['coarse', 'fine', 'skeleton'] as const;
/** A longer run is a part of the program. */
const LONGEST_TEXT = 4_000;
/** Runs looked at between two pauses. */
const PAUSE_AFTER = 20;

/**
 * Code shapes that recur in a project: how it guards, cleans up, validates, registers. Runs of
 * statements that are frequent at one of three levels of detail are generalised from their places,
 * weighed by how much they tell, and chosen best first. The same files give the same idioms in any
 * order.
 *
 * @returns code before tests, each by support times score
 */
export async function mineIdioms(
  sources: readonly IdiomSource[],
  parts: MiningParts,
): Promise<readonly Idiom[]> {
  const idioms: Idiom[] = [];
  for (const ofTests of [false, true]) {
    idioms.push(...(await mineSide(sources, ofTests, parts)));
  }
  return idioms;
}

async function mineSide(
  sources: readonly IdiomSource[],
  ofTests: boolean,
  parts: MiningParts,
): Promise<readonly Idiom[]> {
  const corpus = createCorpus(sources, ofTests);
  await parts.pause();
  const runs = await recurringRuns(corpus, parts);
  const trees = await readTrees(corpus, runs, parts);
  const found: Weighed[] = [];
  for (const [at, run] of runs.entries()) {
    if (at % PAUSE_AFTER === 0) await parts.pause();
    const weighed = weigh(corpus, trees, run);
    if (weighed !== undefined) found.push(weighed);
  }
  const lines = new Map(sources.map(({ path, statements }) => [path, statements.lineStarts]));
  const idioms: Idiom[] = [];
  for (const chosen of await selectIdioms(found, parts.pause)) {
    await parts.pause();
    idioms.push(toIdiom(chosen, { corpus, lines, ofTests }));
  }
  return idioms;
}

/** Runs of all levels; of those with the same places the first. */
async function recurringRuns(
  corpus: StatementCorpus,
  { pause }: MiningParts,
): Promise<readonly FrequentRun[]> {
  const seen = new Set<string>();
  const runs: FrequentRun[] = [];
  for (const level of LEVELS.keys()) {
    for (const ofLength of frequentRuns(corpus, level)) {
      await pause();
      for (const run of ofLength) {
        const [place = 0] = run.places;
        const { start, end } = spanOf(corpus, place, run.length);
        if (end - start > LONGEST_TEXT) continue;
        const same = createHash('sha1').update(run.places).digest('base64') + String(run.length);
        if (seen.has(same)) continue;
        seen.add(same);
        runs.push(run);
        if (runs.length % PAUSE_AFTER === 0) await pause();
      }
    }
  }
  return runs;
}

/** A file that is looked at, and the nodes of its statements. */
interface ReadFile {
  readonly tree: CodeTree;
  readonly statements: readonly number[];
}

type ReadFiles = ReadonlyMap<number, ReadFile>;

async function readTrees(
  corpus: StatementCorpus,
  runs: readonly FrequentRun[],
  { readTree, pause }: MiningParts,
): Promise<ReadFiles> {
  const wanted = new Set<number>();
  for (const run of runs) {
    for (const place of samplePlaces(corpus, run)) wanted.add(corpus.files[place] ?? 0);
  }
  const trees = new Map<number, ReadFile>();
  for (const file of wanted) {
    await pause();
    const tree = await readTree(corpus.paths[file] ?? '');
    if (tree === undefined) continue;
    trees.set(file, {
      tree,
      statements: sequencesOf(tree).flatMap(({ statements }) => statements),
    });
  }
  return trees;
}

interface Weighed {
  readonly run: FrequentRun;
  readonly spans: readonly PlaceSpan[];
  readonly template: Template;
  readonly example: RunPlace;
  readonly span: PlaceSpan;
  readonly scored: Scored;
  readonly key: string;
}

function weigh(corpus: StatementCorpus, files: ReadFiles, run: FrequentRun): Weighed | undefined {
  const samples = samplePlaces(corpus, run).flatMap((place) => {
    const read = readPlace(corpus, files, { place, length: run.length });
    return read === undefined ? [] : [{ place, read }];
  });
  const lengths = samples.map(({ place }) => {
    const { start, end } = spanOf(corpus, place, run.length);
    return end - start;
  });
  const shortest = lengths.indexOf(Math.min(...lengths));
  const best = samples[shortest];
  if (samples.length < 2 || best === undefined || isPlain(corpus, best)) return undefined;
  const template = antiUnify(
    samples.map(({ read }) => read),
    shortest,
  );
  const support = {
    places: run.places.length,
    files: countFiles(corpus, run.places),
    statements: run.length,
  };
  const scored = scoreTemplate(template, support, corpus);
  if (scored.score === 0) return undefined;
  return {
    run,
    spans: Array.from(run.places, (place) => spanOf(corpus, place, run.length)),
    template,
    example: best.read,
    span: spanOf(corpus, best.place, run.length),
    scored,
    key: keyOf(corpus, run),
  };
}

/** How a function begins, in the languages in which classes write the same small ones. */
const HEAD =
  /^(?:@\w+\s+)*(?:[\w<>[\],?]+ )*?((?:(?:get|set|is|has)_?)?)(\w*)\([^()]{0,80}\)[^;(){}]{0,60}[{:]/i;
const LONGEST_PLAIN = 200;

/**
 * What only answers with something, calls one other function, reads or sets a property, copies,
 * compares or prints: every class writes its own.
 */
function isPlain(
  corpus: StatementCorpus,
  { place, read }: { readonly place: number; readonly read: RunPlace },
): boolean {
  if (read.nodes.length > 1) return false;
  const { start, end } = spanOf(corpus, place, 1);
  if (end - start > LONGEST_PLAIN) return false;
  const text = read.tree.text.slice(start, end);
  if (doesOneThing(text)) return true;
  const [head, prefix = '', name = ''] = HEAD.exec(text) ?? [];
  return head !== undefined && (prefix !== '' || isPlainName(name));
}

function readPlace(
  corpus: StatementCorpus,
  files: ReadFiles,
  { place, length }: { readonly place: number; readonly length: number },
): RunPlace | undefined {
  const file = files.get(corpus.files[place] ?? 0);
  if (file === undefined) return undefined;
  const position = corpus.positions[place] ?? 0;
  const nodes = file.statements.slice(position, position + length);
  const [first = -1] = nodes;
  const last = nodes.at(-1) ?? -1;
  const { start, end } = spanOf(corpus, place, length);
  // The file changed since its statements were read.
  if (file.tree.starts[first] !== start || file.tree.ends[last] !== end) return undefined;
  return { tree: file.tree, nodes };
}

/**
 * What an idiom is known by. Fine runs are known by their coarse symbols, which all their places
 * share, so that an idiom keeps its id while places are added that differ in detail.
 */
function keyOf(corpus: StatementCorpus, { level, length, places }: FrequentRun): string {
  const isSkeleton = LEVELS[level] === 'skeleton';
  const symbols = corpus.levels[isSkeleton ? level : 0] ?? new Float64Array();
  const [place = 0] = places;
  const own = symbols.slice(place, place + length);
  return `${isSkeleton ? 'skeleton' : 'coarse'} ${own.join(' ')}`;
}

function toIdiom(
  { run, spans, template, example, span, scored, key }: Weighed,
  {
    corpus,
    lines,
    ofTests,
  }: {
    readonly corpus: StatementCorpus;
    readonly lines: ReadonlyMap<string, readonly number[]>;
    readonly ofTests: boolean;
  },
): Idiom {
  const { code, template: text } = renderTemplate(template, example.tree, span);
  const placeOf = ({ file, start, end }: PlaceSpan): Idiom['places'][number] => {
    const path = corpus.paths[file] ?? '';
    return { path, range: rangeOf(lines.get(path) ?? [0], start, end) };
  };
  const places = spans.map(placeOf);
  const deviates = beginsTelling(template, scored);
  return {
    language: example.tree.language,
    isTest: ofTests,
    key: ofTests ? `test ${key}` : key,
    ...describeIdiom(template, scored, text),
    code,
    template: text,
    holes: template.holes.map(({ kind, values }) => ({ kind, values: countValues(values) })),
    example: places.find((_, at) => isSame(spans[at], span)) ?? placeOf(span),
    places,
    deviations: deviates
      ? deviationsOf(corpus, run).map(({ shape, ...at }) => ({ ...placeOf(at), shape }))
      : [],
    statements: run.length,
    score: Math.round(scored.score * 10) / 10,
  };
}

function isSame(place: PlaceSpan | undefined, { file, start }: PlaceSpan): boolean {
  return place?.file === file && place.start === start;
}

/** @param lineStarts of the file, in order */
function rangeOf(lineStarts: readonly number[], start: number, end: number): Range {
  return { start: positionOf(lineStarts, start), end: positionOf(lineStarts, end) };
}

function positionOf(lineStarts: readonly number[], index: number): Range['start'] {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: index - (lineStarts[low] ?? 0) };
}
