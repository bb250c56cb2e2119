import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openEngine } from '../../src/core/engine/open.ts';
import { functionTextsOf } from '../../src/core/extraction/functionTexts.ts';
import { openSourceParser } from '../../src/core/extraction/sourceParser.ts';
import { isProductionSource } from '../../src/core/extraction/sourcePaths.ts';
import { groupBy } from '../../src/core/platform/groupBy.ts';
import type { Engine } from '../../src/core/model/engine.ts';
import { languageOf } from '../../src/core/model/sourceFile/fileLanguage.ts';
import type { WrittenFunction } from '../../src/core/model/suggestions/suggestion.ts';
import { openGit } from '../../src/core/sources/git/repository.ts';
import { openSourceTexts } from '../../src/core/sources/sourceText.ts';
import { listFiles } from '../../src/core/sources/files/listing.ts';
import { createFunctionIndex } from '../../src/core/suggestions/bodies/functionIndex.ts';
import { createTokenNumbers, likeness } from '../../src/core/suggestions/bodies/likeness.ts';
import { rankBodies } from '../../src/core/suggestions/bodies/rankBodies.ts';
import type { BenchTable } from '../bench/table.ts';

/** Functions that are taken out of each repository, one after another. */
const PLACES = 50;
const LEAST_LINES = 5;
const SHOWN = 5;
/** From so alike on a suggestion is something like the real body. */
const ALIKE = 0.5;

interface Place {
  readonly file: string;
  readonly text: string;
  readonly written: WrittenFunction;
}

interface Outcome {
  readonly places: number;
  readonly ownFirst: number;
  readonly like: number;
  /** Somewhere in the library, the function itself left out: more cannot be suggested. */
  readonly likeInLibrary: number;
  readonly likeByRecipe: number;
}

/**
 * Replays Insert Pattern at signatures: the file is cut there, and what is suggested is compared
 * with the body that was written, beside what the recipe for whole bodies finds in the functions of
 * the whole project.
 */
export async function insertScoreboard(reposDir: string, assetsDir: string): Promise<BenchTable> {
  const rows: (string | number)[][] = [];
  for (const name of readdirSync(reposDir).sort()) {
    const found = await replay(join(reposDir, name), assetsDir);
    const { places, ownFirst, like, likeInLibrary, likeByRecipe } = found;
    const shares = [places - ownFirst, like, likeInLibrary, likeByRecipe].map((n) => n / places);
    rows.push([name, places, ...shares]);
  }
  return {
    title: 'Insert Pattern, replayed',
    columns: [
      ...['repository', 'places', 'first is another', 'like body in 5'],
      ...['like body in library', 'by the recipe'],
    ],
    rows,
  };
}

async function replay(folder: string, assetsDir: string): Promise<Outcome> {
  const library = mkdtempSync(join(tmpdir(), 'pattern-foundry-insert-'));
  const engine = await openEngine({
    ...{ library, assetsDir, folder, env: {} },
    now: () => Date.now(),
    clockMs: () => performance.now(),
  });
  try {
    await engine.jobs.extract({ folder, git: true, embed: false });
    return await measure(engine, await readPlaces(folder, assetsDir), folder);
  } finally {
    await engine.close();
    rmSync(library, { recursive: true, force: true });
  }
}

async function readPlaces(folder: string, assetsDir: string): Promise<readonly Place[]> {
  const git = await openGit(folder);
  const texts = openSourceTexts(folder, {
    ...{ attributesFile: git?.attributesFile, exclude: [], languages: [] },
  });
  const parts = { git, texts, maxBytes: 1024 * 1024, now: () => Date.now() };
  const { files } = await listFiles(folder, parts);
  const parser = await openSourceParser({ assetsDir });
  const places: Place[] = [];
  for (const { path } of files.filter((file) => isProductionSource(file.path, languageOf))) {
    const text = readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n');
    const source = await parser.parse(path, text);
    if (source === undefined) continue;
    for (const written of functionTextsOf(source)) places.push({ file: path, text, written });
    source.delete();
  }
  parser.close();
  return places;
}

async function measure(engine: Engine, all: readonly Place[], folder: string): Promise<Outcome> {
  const long = all.filter(({ written }) => written.lastLine - written.firstLine + 1 >= LEAST_LINES);
  const step = Math.max(1, Math.floor(long.length / PLACES));
  const chosen = long.filter((_, at) => at % step === 0).slice(0, PLACES);
  const tokens = createTokenNumbers();
  const isLike = (one: string, other: string): boolean =>
    likeness(tokens.read(one), tokens.read(other)) >= ALIKE;
  let ownFirst = 0;
  let like = 0;
  let likeInLibrary = 0;
  let likeByRecipe = 0;
  const kept = await codeInLibrary(engine, folder);
  for (const place of chosen) {
    const { file, text, written } = place;
    const headEnd = written.firstLine + 1;
    const { rows } = await engine.find.patterns({
      ...{ text: '', limit: SHOWN, minRelevance: 0, folders: [folder] },
      at: {
        ...{ file: join(folder, file), line: headEnd, inserting: true },
        text: text.split('\n').slice(0, headEnd).join('\n'),
      },
    });
    const shown = await Promise.all(rows.map(({ id }) => engine.patterns.show(id)));
    const [first] = shown;
    const isOwn = first?.provenance.path === file && first.name === written.name;
    ownFirst += Number(isOwn);
    const bodies = shown.map((pattern) =>
      pattern !== undefined && 'code' in pattern ? bodyOf(pattern.code) : '',
    );
    like += Number(bodies.some((body) => isLike(body, written.body)));
    const others = kept.filter(({ path, name }) => path !== file || name !== written.name);
    likeInLibrary += Number(others.some(({ body }) => isLike(body, written.body)));
    likeByRecipe += Number(bestBodies(all, place).some((body) => isLike(body, written.body)));
  }
  return { places: chosen.length, ownFirst, like, likeInLibrary, likeByRecipe };
}

interface KeptCode {
  readonly path: string | null;
  readonly name: string;
  readonly body: string;
}

/** All that could be suggested: changes are no code to insert. */
async function codeInLibrary(engine: Engine, folder: string): Promise<readonly KeptCode[]> {
  const { rows } = await engine.find.patterns({
    ...{ text: '', limit: 1_000_000, minRelevance: 0, folders: [folder] },
  });
  const shown = await Promise.all(rows.map(({ id }) => engine.patterns.show(id)));
  return shown.flatMap((pattern) => {
    if (pattern === undefined || !('code' in pattern)) return [];
    const { name, code, provenance } = pattern;
    return [{ path: provenance.path, name, body: bodyOf(code) }];
  });
}

function bodyOf(code: string): string {
  return code.split('\n').slice(1).join('\n');
}

/** Bodies by the recipe, the function itself taken out. */
function bestBodies(all: readonly Place[], { file, written }: Place): readonly string[] {
  const index = createFunctionIndex();
  const byFile = groupBy(all, (place) => place.file);
  for (const [path, places] of byFile) {
    const functions = places.map((place) => place.written).filter((one) => one !== written);
    index.put({ path, text: '', functions });
  }
  const { name, head, comment, firstLine } = written;
  const wanted = { path: file, line: firstLine, name, head, isHeadWhole: true, comment };
  return rankBodies(index, wanted)
    .slice(0, SHOWN)
    .map(({ known }) => known.body);
}
