import { join } from 'node:path';
import type { Generator, Selector, TestLeave } from '../../model/api/resolution.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Library } from '../../model/ports/library.ts';
import type { Instance } from '../../model/resolution/instance.ts';
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
import type { Words } from '../../retrieval/words/words.ts';
import { trialOf } from '../trials/trialOf.ts';
import { createAgentlessGeneration } from './generation/agentless.ts';
import { createCodemonkeysGeneration } from './generation/codemonkeys.ts';
import { createPatterns } from './generation/patterns.ts';
import { type LocalizerParts, modelOf } from './localizers/createLocalizer.ts';
import { judgeByModel } from './selection/modelJudge.ts';
import { createSelector } from './selection/selectors.ts';
import type { TreeSettings } from './sourceTree.ts';
import { openPatchTests, type PatchTests } from './testing/patchTests.ts';

export interface ResolveParts extends LocalizerParts {
  /** With what other processes wrote meanwhile. */
  readonly current: () => Library;
  readonly words: () => Words;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What makes generators and selectors. */
export interface StageParts extends ResolveParts {
  readonly tests: TestLeave | undefined;
  /** Patches at most; as many as the generator thinks right when absent. */
  readonly most: number | undefined;
  /** What tests are run by; handed on as it is, or noted. */
  readonly note: (tests: PatchTests) => PatchTests;
}

/** @throws AppError `model-not-allowed`; `folder-not-trusted` for one that runs tests without leave */
export async function createGenerator(
  parts: StageParts,
  name: Generator,
): Promise<PatchGeneration | (PatchGeneration & TestGeneration)> {
  const { most, tests } = parts;
  const tree = treeOf(parts);
  if (name === 'patterns') {
    const { current, words, assetsDir } = parts;
    return createPatterns({ current, words, assetsDir, tree, ...(most !== undefined && { most }) });
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
  parts: StageParts,
  leave: TestLeave,
): (instance: Instance, watch: StageWatch) => Promise<PatchTests> {
  return async (instance, { signal }) =>
    parts.note(await openPatchTests({ ...(await testsOf(parts, instance, leave)), signal }));
}

const MIXES: Readonly<Record<Selector, Mix>> = {
  mix: MIXED,
  tests: BY_TESTS,
  majority: BY_VOTES,
  model: BY_JUDGEMENT,
};

/** @throws AppError `model-not-allowed` */
export async function openSelector(parts: StageParts, name: Selector): Promise<Selection> {
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

export function treeOf(
  parts: Pick<ResolveParts, 'settings' | 'now'>,
): (folder: string) => TreeSettings {
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
