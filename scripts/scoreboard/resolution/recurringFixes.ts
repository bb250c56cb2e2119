import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FILE_NAMES } from '../../../src/core/extraction/frames.ts';
import type { SourceParser } from '../../../src/core/extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../../src/core/extraction/sourceParser.ts';
import { tokensOf } from '../../../src/core/jobs/resolve/generation/knownFixes.ts';
import { resolveIssue } from '../../../src/core/jobs/resolve/resolve.ts';
import type { ResolveParts } from '../../../src/core/jobs/resolve/stageParts.ts';
import { wordsOf } from '../../../src/core/jobs/resolve/selection/normalForm.ts';
import type { ChangePattern, Pattern, Provenance } from '../../../src/core/model/pattern.ts';
import type { Library } from '../../../src/core/model/ports/library.ts';
import type { Patch } from '../../../src/core/model/resolution/patch.ts';
import type { Selected } from '../../../src/core/model/resolution/stages.ts';
import { testEnvironment } from '../../../src/core/jobs/trials/testEnvironment.ts';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';
import { applyPatch } from '../../../src/core/resolution/patches/applyPatch.ts';
import { choose, MIXED } from '../../../src/core/resolution/selection/choose.ts';
import { isVariable } from '../../../src/core/suggestions/edits/editTemplate.ts';
import { knownFix, type KnownFix } from '../../../src/core/suggestions/edits/fixPlaces.ts';
import { isTestPath } from '../../../src/core/model/sourceFile/testPath.ts';
import type { BenchTable } from '../../bench/table.ts';
import { withInterval } from '../measures.ts';
import { learnFixes, openFixLibrary } from './fixLibrary.ts';
import { resolveUnrelated, type Unrelated, unrelatedTable } from './unrelatedIssues.ts';

/** A fix that was made in one function, and another one that changes the same tokens. */
interface Planting {
  readonly pattern: ChangePattern;
  readonly place: Provenance;
  /** The other fix was made in an earlier commit; otherwise in the same one. */
  readonly isOfEarlier: boolean;
}

interface Result {
  readonly isOfEarlier: boolean;
  /** Rank of the patch that leaves the very code of the real fix, from 1; `Infinity` without one. */
  readonly rank: number;
  /** What was chosen, if one patch was, before any test ran. */
  readonly answer: 'equal' | 'other' | 'tie' | 'nothing';
  /** Whether the tests of the real fix pass with the chosen patch; `undefined` where they cannot run. */
  readonly isResolved: boolean | undefined;
}

const MOST_A_COMMIT = 2;
const MOST_A_REPOSITORY = 25;
const MOST_HUNKS = 6;
/** Names in what is changed, so that the two do not agree by accident. */
const FEWEST_NAMES = 2;

/**
 * Real fixes that recur: each is taken back in the code as its commit left it, and resolved by the
 * message of its commit with a library of what was fixed before and beside it. A fix that is looked
 * for is in no library it is looked for with.
 */
export async function fixesScoreboard(
  reposDir: string,
  assetsDir: string,
  cacheDir: string,
): Promise<readonly BenchTable[]> {
  const results: Result[] = [];
  const unrelated: Unrelated[] = [];
  const parser = await openSourceParser({ assetsDir });
  for (const name of readdirSync(reposDir)) {
    const folder = join(reposDir, name);
    if (!existsSync(join(folder, '.git'))) continue;
    const library = join(cacheDir, 'fixes', name);
    await learnFixes(folder, library, assetsDir);
    unrelated.push(...(await resolveUnrelated(name, folder, { library, assetsDir })));
    results.push(...(await resolveAll(folder, library, { parser, assetsDir })));
  }
  parser.close();
  const groups: readonly (readonly [string, (one: Result) => boolean])[] = [
    ['another fix in an earlier commit', (one) => one.isOfEarlier],
    ['other places of the same commit', (one) => !one.isOfEarlier],
    ['all', () => true],
  ];
  return [
    {
      title: `Recurring fixes of real repositories, resolved without a model: ${results.length}`,
      columns: [
        'known by',
        'fixes',
        'equal @1',
        'equal @5',
        'equal @10',
        'nothing proposed',
        'chosen equal',
        'chosen other',
        'tests ran',
        'chosen passes',
      ],
      rows: groups.map(([group, belongs]) => {
        const all = results.filter(belongs);
        const ran = all.flatMap(({ isResolved }) => isResolved ?? []);
        const within = (most: number): string =>
          withInterval(all.map(({ rank }) => (rank <= most ? 1 : 0)));
        return [
          ...[group, all.length, within(1), within(5), within(10)],
          ...[count(all, 'nothing'), count(all, 'equal'), count(all, 'other'), ran.length],
          ran.length === 0 ? '–' : withInterval(ran.map(Number)),
        ];
      }),
      note: 'equal: the code of the real fix, comments and layout aside; 95 % intervals by bootstrap',
    },
    unrelatedTable(unrelated),
  ];
}

function count(results: readonly Result[], answer: Result['answer']): number {
  return results.filter((one) => one.answer === answer).length;
}

async function resolveAll(
  folder: string,
  libraryFolder: string,
  { parser, assetsDir }: { readonly parser: SourceParser; readonly assetsDir: string },
): Promise<readonly Result[]> {
  const { library, parts: known } = await openFixLibrary(libraryFolder, assetsDir);
  const around = mkdtempSync(join(tmpdir(), 'pattern-foundry-fixes-'));
  const work = join(around, 'work');
  git(around, 'clone', '--quiet', '--shared', folder, work);
  const results: Result[] = [];
  try {
    for (const planting of await plantingsIn(library, parser)) {
      const { commit, path } = planting.place;
      git(work, 'checkout', '--quiet', '--force', commit ?? '');
      git(work, 'clean', '--quiet', '-fdx');
      const file = join(work, path ?? '');
      const fixed = existsSync(file) ? readFileSync(file, 'utf8') : '';
      const planted = takenBack(fixed, planting);
      if (planted === undefined) continue;
      writeFileSync(file, planted);
      const parts = { ...known, current: () => without(library, planting) };
      results.push(await resolveOne(planting, { parts, parser, work, fixed }));
      console.error(path, commit?.slice(0, 8), JSON.stringify(results.at(-1)));
    }
  } finally {
    library.close();
    rmSync(around, { recursive: true, force: true });
  }
  return results;
}

async function resolveOne(
  { pattern, place, isOfEarlier }: Planting,
  at: {
    readonly parts: ResolveParts;
    readonly parser: SourceParser;
    readonly work: string;
    readonly fixed: string;
  },
): Promise<Result> {
  const { parts, parser, work, fixed } = at;
  const path = place.path ?? '';
  const command = await testsOf(work, place, fixed);
  const { patches, selected } = await resolveIssue(
    parts,
    { text: pattern.message, folder: work },
    {
      selector: command === undefined ? 'majority' : 'tests',
      ...(command !== undefined && { tests: { isTrusted: true, command, timeoutSeconds: 120 } }),
    },
    {},
  );
  const gold = await codeOf(parser, path, fixed);
  let rank = Infinity;
  for (const [index, patch] of patches.entries()) {
    const texts = await applyPatch(patch, (one) => readFileSync(join(work, one), 'utf8'));
    const text = 'refused' in texts || patch.files.length > 1 ? undefined : texts.get(path);
    if (text === undefined || (await codeOf(parser, path, text)) !== gold) continue;
    rank = index + 1;
    break;
  }
  const answer = answerOf(patches, rank);
  return {
    isOfEarlier,
    rank,
    answer,
    isResolved: command === undefined ? undefined : isMended(selected),
  };
}

function answerOf(patches: readonly Patch[], rank: number): Result['answer'] {
  const candidates = patches.map((patch) => ({
    ...{ patch, votes: 1, findings: undefined, judgement: undefined },
  }));
  const { choice } = choose(candidates, MIXED);
  if (choice.kind !== 'chosen') return choice.kind === 'tie' ? 'tie' : 'nothing';
  return choice.patch.id === patches[rank - 1]?.id ? 'equal' : 'other';
}

/** Whether the patch that is chosen, or the first of those nothing tells apart, mends a test. */
function isMended({ choice, judged }: Selected): boolean {
  if (choice.kind === 'none') return false;
  const first = choice.kind === 'tie' ? choice.patches[0] : choice.patch;
  const why = judged.find(({ patch }) => patch.id === first?.id)?.why ?? [];
  return why.some((reason) => reason.text.startsWith('tests that failed pass'));
}

/** The command for the tests of a fix, where they fail without it and pass with it on this machine. */
async function testsOf(
  work: string,
  { commit, path }: Provenance,
  fixed: string,
): Promise<string | undefined> {
  if (path?.endsWith('.py') !== true) return undefined;
  const changed = git(work, 'show', '--name-only', '--format=', commit ?? '').split('\n');
  const tests = changed.filter((one) => isTestPath(one) && one.endsWith('.py')).slice(0, 5);
  if (tests.length === 0) return undefined;
  const args = ['-m', 'pytest', '-q', '-x', '-p', 'no:cacheprovider', ...tests];
  const from = existsSync(join(work, 'src')) ? 'src' : '.';
  const env = await testEnvironment(process.env, createSecretGate());
  const runs = (): number | null =>
    spawnSync('python3', args, {
      ...{ cwd: work, timeout: 60_000, stdio: 'ignore' },
      env: { ...env, PYTHONPATH: from },
    }).status;
  const file = join(work, path);
  const planted = readFileSync(file, 'utf8');
  if (runs() !== 1) return undefined;
  writeFileSync(file, fixed);
  const isRight = runs() === 0;
  writeFileSync(file, planted);
  return isRight ? `env PYTHONPATH=${from} python3 ${args.join(' ')}` : undefined;
}

/** Fixes of which another one changes the same tokens in the same way. */
async function plantingsIn(library: Library, parser: SourceParser): Promise<readonly Planting[]> {
  const all: { pattern: ChangePattern; place: Provenance; key: string }[] = [];
  for (const pattern of library.patterns.each({ kind: { any: ['fix'] } })) {
    if (pattern.kind !== 'fix' || pattern.before === '' || pattern.language === null) continue;
    const name = FILE_NAMES[pattern.language];
    const before = await tokensOf(parser, { path: name, text: pattern.before });
    const after = await tokensOf(parser, { path: name, text: pattern.after });
    const fix = before && after && knownFix(before, after);
    if (fix === undefined || fix.hunks.length > MOST_HUNKS) continue;
    const { key, names } = shapeOf(fix);
    if (names < FEWEST_NAMES) continue;
    for (const place of pattern.occurrences) all.push({ pattern, place, key });
  }
  const count = new Map<string, number>();
  return all
    .flatMap(({ pattern, place, key }): readonly Planting[] => {
      const others = all.filter((one) => one.key === key && !isSame(one, { pattern, place }));
      const isOfEarlier = others.some((one) => isBefore(one.place, place));
      const isBeside = others.some((one) => one.place.commit === place.commit);
      return isOfEarlier || isBeside ? [{ pattern, place, isOfEarlier }] : [];
    })
    .filter(({ place }) => {
      const former = count.get(place.commit ?? '') ?? 0;
      count.set(place.commit ?? '', former + 1);
      return former < MOST_A_COMMIT;
    })
    .slice(0, MOST_A_REPOSITORY);
}

/** A function and one inside it are changed by the same fix. */
function isSame(
  one: { readonly pattern: Pattern; readonly place: Provenance },
  other: { readonly pattern: Pattern; readonly place: Provenance },
): boolean {
  const [name, otherName] = [one.pattern.qualifiedName, other.pattern.qualifiedName];
  return (
    one.place.commit === other.place.commit &&
    one.place.path === other.place.path &&
    (`${name}.`.startsWith(`${otherName}.`) || `${otherName}.`.startsWith(`${name}.`))
  );
}

function isBefore(one: Provenance, other: Provenance): boolean {
  return one.commit !== other.commit && (one.date ?? '') < (other.date ?? '');
}

/** What goes and what comes, variables by their order. */
function shapeOf({ before, after, hunks }: KnownFix): {
  readonly key: string;
  readonly names: number;
} {
  let names = 0;
  const shapes = hunks.map(({ from, to, newFrom, newTo }) => {
    const numbers = new Map<string, number>();
    const shape = ({ tokens }: KnownFix['before'], first: number, last: number): string =>
      tokens
        .slice(first, last)
        .map(({ text }, offset) => {
          if (/^[\p{L}_"'`]/u.test(text)) names += 1;
          if (!isVariable(tokens, first + offset)) return text;
          numbers.set(text, numbers.get(text) ?? numbers.size);
          return `$${numbers.get(text) ?? 0}`;
        })
        .join(' ');
    return `${shape(before, from, to)} => ${shape(after, newFrom, newTo)}`;
  });
  return { key: shapes.join('\n'), names };
}

/** The library as it was: nothing later, and of the same commit nothing of the fix itself. */
function without(library: Library, planting: Planting): Library {
  const { patterns } = library;
  const byId = (id: string): Pattern | undefined => {
    const pattern = patterns.byId(id);
    const isKnown = pattern?.occurrences.some(
      (place) =>
        !isSame({ pattern, place }, planting) &&
        (isBefore(place, planting.place) ||
          (!planting.isOfEarlier && place.commit === planting.place.commit)),
    );
    return isKnown === true ? pattern : undefined;
  };
  return { ...library, patterns: { ...patterns, byId } };
}

/** The file with the function as it was before; `undefined` where it is no more as it was left. */
function takenBack(fixed: string, { pattern, place }: Planting): string | undefined {
  const { range } = place;
  if (range === null) return undefined;
  const lines = fixed.split('\n');
  const offset = ({
    line,
    character,
  }: {
    readonly line: number;
    readonly character: number;
  }): number => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  const indentation = /^[ \t]*/.exec(lines[range.start.line] ?? '')?.[0] ?? '';
  const placed = (code: string): string =>
    code
      .split('\n')
      .map((line, at) => (at > 0 && line !== '' ? indentation + line : line))
      .join('\n');
  const [start, end] = [offset(range.start), offset(range.end)];
  if (fixed.slice(start, end) !== placed(pattern.after)) return undefined;
  return fixed.slice(0, start) + placed(pattern.before) + fixed.slice(end);
}

async function codeOf(parser: SourceParser, path: string, text: string): Promise<string> {
  return (await wordsOf(parser, path, text)).join(' ');
}

function git(folder: string, ...args: readonly string[]): string {
  return spawnSync('git', [...args], { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 })
    .stdout;
}
