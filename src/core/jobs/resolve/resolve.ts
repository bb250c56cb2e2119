import { join } from 'node:path';
import type {
  Generator,
  Resolution,
  ResolveOptions,
  Selector,
  TestLeave,
} from '../../model/api/resolution.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Library } from '../../model/ports/library.ts';
import { type Instance, named, type NamelessInstance } from '../../model/resolution/instance.ts';
import type {
  PatchGeneration,
  Selection,
  StageWatch,
  TestGeneration,
} from '../../model/resolution/stages.ts';
import {
  BY_JUDGEMENT,
  BY_TESTS,
  BY_VOTES,
  type Mix,
  MIXED,
} from '../../resolution/selection/choose.ts';
import { collect } from '../../resolution/feed.ts';
import { trialOf } from '../trials/trialOf.ts';
import { createAgentlessGeneration } from './generation/agentless.ts';
import { createCodemonkeysGeneration } from './generation/codemonkeys.ts';
import { createPatterns } from './generation/patterns.ts';
import { localize } from './localize.ts';
import { type LocalizerParts, modelOf } from './localizers/createLocalizer.ts';
import { judgeByModel } from './selection/modelJudge.ts';
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
  const resolving = { ...parts, tests, most: options.candidates };
  const proposing = await createGenerator(resolving, generator);
  const patches = await collect(proposing.generate(located.places, instance, stageWatch));
  const selecting = await openSelector(resolving, selector);
  // Tests are written where they can be run, and only then.
  const written =
    tests !== undefined && 'generateTests' in proposing && patches.length > 0
      ? await collect(proposing.generateTests(located.places, instance, stageWatch))
      : [];
  const selected = await selecting.select(patches, instance, { tests: written }, stageWatch);
  return { ...located, patches, selected };
}

interface Resolving extends ResolveParts {
  readonly tests: TestLeave | undefined;
  /** Patches at most; as many as the generator thinks right when absent. */
  readonly most: number | undefined;
}

/** @throws AppError `model-not-allowed`; `folder-not-trusted` for one that runs tests without leave */
async function createGenerator(
  parts: Resolving,
  name: Generator,
): Promise<PatchGeneration | (PatchGeneration & TestGeneration)> {
  const { most, tests } = parts;
  const tree = treeOf(parts);
  if (name === 'patterns') {
    const { current, assetsDir } = parts;
    return createPatterns({ current, assetsDir, tree, ...(most !== undefined && { most }) });
  }
  const modelParts = {
    ...{ tree, gate: parts.gate, model: await modelOf(parts) },
    ...(most !== undefined && { samples: most }),
  };
  if (name === 'agentless') return createAgentlessGeneration(modelParts);
  if (tests !== undefined) {
    return createCodemonkeysGeneration({ ...modelParts, openTests: testsOpener(parts, tests) });
  }
  throw new AppError(
    'folder-not-trusted',
    localized`${name} runs the tests of the project, which nobody allowed`,
  );
}

function testsOpener(
  parts: ResolveParts,
  leave: TestLeave,
): (instance: Instance, watch: StageWatch) => Promise<PatchTests> {
  return async (instance, { signal }) =>
    openPatchTests({ ...(await testsOf(parts, instance, leave)), signal });
}

const MIXES: Readonly<Record<Selector, Mix>> = {
  mix: MIXED,
  tests: BY_TESTS,
  majority: BY_VOTES,
  model: BY_JUDGEMENT,
};

/** @throws AppError `model-not-allowed` */
async function openSelector(parts: Resolving, name: Selector): Promise<Selection> {
  const tree = treeOf(parts);
  const openTests =
    parts.tests === undefined ? () => Promise.resolve(undefined) : testsOpener(parts, parts.tests);
  const selector = { ...{ assetsDir: parts.assetsDir, tree, openTests } };
  if (name !== 'model') return createSelector(selector, { name, mix: MIXES[name] });
  const judging = { ...{ tree, openTests, gate: parts.gate }, model: await modelOf(parts) };
  return createSelector(
    { ...selector, judge: (...asked) => judgeByModel(judging, ...asked) },
    { name, mix: MIXES.model },
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
