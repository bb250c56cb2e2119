import { createHash } from 'node:crypto';

import type { CodeTree } from '../../extraction/idioms/codeTree.ts';
import type { IdiomSource } from '../../extraction/idioms/corpus.ts';
import { mineIdioms } from '../../extraction/idioms/mine.ts';
import { isProductionSource } from '../../extraction/sourcePaths.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Idiom, IdiomDeviation, IdiomPlace, SourceFile } from '../../model/code.ts';
import type { RecordedIdiom } from '../../model/event.ts';
import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import { toIdiomText } from '../../model/conversions.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { ReadFile } from './reading/fileReader.ts';
import { pauseOf } from '../rest.ts';
import type { FileTraces, ScanCache } from './scanCache.ts';

/** Raised whenever the same files would give other idioms. */
const MINING_VERSION = 7;

/** Written once and never again, whatever it looks like. */
const MIGRATION = /(^|\/)([a-z_]*migrations?|migrate|alembic)\/|(^|\/)schema\.rb$/i;

/** An idiom of this score is half as strong as the strongest. */
const HALF_SCORE = 150;
/** Tests recur more than other code, and help less. */
const SHARE_OF_TESTS = 0.5;

export interface MiningProject {
  readonly library: Library;
  readonly project: ProjectKey;
  readonly cache: ScanCache;
  readonly gate: SecretGate;
  readonly read: (path: string) => Promise<ReadFile>;
  readonly codeTree: (file: SourceFile) => Promise<CodeTree | undefined>;
}

/**
 * Records the idioms of a project in place of those recorded before, unless it was mined as it is.
 *
 * @returns their number, candidates included
 */
export async function mineProject(parts: MiningProject, watch: Watch): Promise<number> {
  const { library, project, cache } = parts;
  const paths = cache.paths().filter(isMined).sort();
  const contentHash = hashOf(paths, cache);
  if (library.projects.idioms(project) === contentHash) return 0;
  const traces = cache.traces();
  const sources = paths.flatMap((path): IdiomSource[] => {
    const statements = traces.get(path)?.statements;
    return statements === undefined ? [] : [{ path, isTest: isTestPath(path), statements }];
  });
  watch.onProgress?.({ stage: 'idioms', done: 0, total: undefined, patterns: 0 });
  const idioms = await mineIdioms(sources, {
    readTree: (path) => readTree(parts, path),
    pause: pauseOf(watch),
  });
  const marked = markDeviations(parts, idioms, traces);
  const recorded = idioms.map((idiom, at) => toRecorded(idiom, traces, marked[at] ?? []));
  await library.record([{ type: 'idioms', project, contentHash, idioms: recorded }]);
  return recorded.length;
}

function isMined(path: string): boolean {
  return (
    (isTestPath(path) || isProductionSource(path, languageOf)) &&
    !MIGRATION.test(path) &&
    !path.split('/').some((folder) => /^(vendor|vendored|third_party|node_modules)$/.test(folder))
  );
}

function hashOf(paths: readonly string[], cache: ScanCache): string {
  const hash = createHash('sha256').update(String(MINING_VERSION));
  for (const path of paths) hash.update(`\n${path} ${cache.file(path)?.contentHash ?? ''}`);
  return hash.digest('hex');
}

/** As the file was read for its statements: without secrets. */
async function readTree(
  { read, gate, codeTree }: MiningProject,
  path: string,
): Promise<CodeTree | undefined> {
  const content = await read(path);
  if ('skipped' in content) return undefined;
  const { text } = await gate.redact(content.text);
  return codeTree({ path, text });
}

function toRecorded(
  idiom: Idiom,
  traces: ReadonlyMap<string, FileTraces>,
  deviations: readonly IdiomDeviation[],
): RecordedIdiom {
  const { isTest, places, example, score } = idiom;
  return {
    ...toIdiomText(idiom),
    strength: (score / (score + HALF_SCORE)) * (isTest ? SHARE_OF_TESTS : 1),
    sources: sourcesOf(places, traces),
    places: [...places.filter((place) => place !== example), example],
    deviations,
  };
}

/** Functions, classes and tests that hold a place, whether they are recorded or purged. */
function sourcesOf(
  places: Idiom['places'],
  traces: ReadonlyMap<string, FileTraces>,
): readonly PatternId[] {
  return [...new Set(places.flatMap((place) => around(place, traces)))].sort();
}

/** Functions, classes and tests around a place, the outer ones first. */
function around(
  { path, range }: IdiomPlace,
  traces: ReadonlyMap<string, FileTraces>,
): readonly PatternId[] {
  return (traces.get(path)?.fragments ?? [])
    .filter(([, first, last]) => first <= range.start.line && range.end.line <= last)
    .sort(([, a, aEnd], [, b, bEnd]) => a - b || bEnd - aEnd)
    .map(([id]) => id);
}

/** The deviations of each idiom as they are recorded. */
function markDeviations(
  { library, project }: MiningProject,
  idioms: readonly Idiom[],
  traces: ReadonlyMap<string, FileTraces>,
): readonly (readonly IdiomDeviation[])[] {
  const paths = new Set(idioms.flatMap(({ deviations }) => deviations.map(({ path }) => path)));
  const names = new Map(
    [...library.projects.files(project, [...paths])].map(([path, { fragments }]) => [
      path,
      new Map(fragments.map(({ id, qualifiedName }) => [id, qualifiedName])),
    ]),
  );
  // The id of a function changes with its code, its name seldom does.
  const nameAround = (place: IdiomPlace): string =>
    names.get(place.path)?.get(around(place, traces).at(-1) ?? '') ?? '';
  return idioms.map(({ deviations }) => {
    const equals = new Map<string, number>();
    return deviations.map(({ shape, ...place }) => {
      const what = [place.path, nameAround(place), shape].join('\n');
      const count = equals.get(what) ?? 0;
      equals.set(what, count + 1);
      return { ...place, mark: markOf(what, count) };
    });
  });
}

/** @param before places before it of which the same is to be said */
function markOf(what: string, before: number): string {
  return createHash('sha256')
    .update(`${what}\n${String(before)}`)
    .digest('hex')
    .slice(0, 8);
}
