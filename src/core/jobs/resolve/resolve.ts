import { join } from 'node:path';
import type {
  Generator,
  Resolution,
  ResolveOptions,
  Selector,
  TestLeave,
} from '../../model/api/resolution.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Library } from '../../model/ports/library.ts';
import { type Instance, named, type NamelessInstance } from '../../model/resolution/instance.ts';
import type { PatchGeneration, Selection, StageWatch } from '../../model/resolution/stages.ts';
import { BY_TESTS, BY_VOTES, type Mix, MIXED } from '../../resolution/selection/choose.ts';
import { collect } from '../../resolution/feed.ts';
import { trialOf } from '../trials/trialOf.ts';
import { createPatterns } from './generation/patterns.ts';
import { localize } from './localize.ts';
import type { LocalizerParts } from './localizers/createLocalizer.ts';
import { createSelector } from './selection/selectors.ts';
import type { TreeSettings } from './sourceTree.ts';
import { openPatchTests, type PatchTests } from './testing/patchTests.ts';

export interface ResolveParts extends LocalizerParts {
  /** With what other processes wrote meanwhile. */
  readonly current: () => Library;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A generator of edits reads more than a person does. */
const PLACES_READ = 15;
const MOST_CANDIDATES = 10;

/**
 * Finds places, proposes patches for them and chooses among these.
 *
 * @throws AppError as `localize`, `folder-not-trusted` for tests without trust, and `bad-argument`
 *   where nobody can tell how tests are run
 */
export async function resolveIssue(
  parts: ResolveParts,
  issue: NamelessInstance,
  options: ResolveOptions,
  watch: Watch,
): Promise<Resolution> {
  const { generator = 'patterns', selector = 'mix', tests, limit } = options;
  const instance = named(issue);
  const stageWatch: StageWatch = watch.signal === undefined ? {} : { signal: watch.signal };
  // A command that cannot be told is known before anything takes time.
  if (tests !== undefined) await testsOf(parts, instance, tests);
  const located = await localize(
    parts,
    instance,
    { ...options, limit: Math.max(limit ?? 0, PLACES_READ) },
    watch,
  );
  const proposing = createGenerator(parts, generator, options.candidates ?? MOST_CANDIDATES);
  const patches = await collect(proposing.generate(located.places, instance, stageWatch));
  const selecting = openSelector(parts, selector, tests);
  const selected = await selecting.select(patches, instance, {}, stageWatch);
  return { ...located, patches, selected };
}

function createGenerator(parts: ResolveParts, name: Generator, most: number): PatchGeneration {
  const makers: Readonly<Record<Generator, () => PatchGeneration>> = {
    patterns: () => createPatterns({ ...parts, tree: treeOf(parts), most }),
  };
  return makers[name]();
}

const MIXES: Readonly<Record<Selector, Mix>> = {
  mix: MIXED,
  tests: BY_TESTS,
  majority: BY_VOTES,
};

function openSelector(
  parts: ResolveParts,
  name: Selector,
  leave: TestLeave | undefined,
): Selection {
  return createSelector(
    {
      assetsDir: parts.assetsDir,
      tree: treeOf(parts),
      openTests: async (instance, { signal }): Promise<PatchTests | undefined> => {
        if (leave === undefined) return undefined;
        return openPatchTests({ ...(await testsOf(parts, instance, leave)), signal });
      },
    },
    { name, mix: MIXES[name] },
  );
}

function treeOf(parts: ResolveParts): (folder: string) => TreeSettings {
  return (folder) => ({ exclude: parts.settings(folder).extraction.exclude, now: parts.now });
}

/** What runs where, as it is also shown before. */
export function testsOf(
  { env, gate, settings, current }: Pick<ResolveParts, 'settings' | 'env' | 'gate' | 'current'>,
  { folder, revision }: Pick<Instance, 'folder' | 'revision'>,
  leave: TestLeave,
): ReturnType<typeof trialOf> {
  const derived = join(current().folder, 'derived');
  const configured = settings(folder).learning.testCommand;
  const order = { ...leave, folder, ...(revision !== undefined && { revision }) };
  return trialOf({ env, gate, derived, configured }, order);
}
