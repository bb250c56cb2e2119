import { localized } from '../../../model/localizedText.ts';
import type { ChatMessage } from '../../../model/ports/chatModel.ts';
import { cutWithoutSecrets } from '../../../model/ports/secretGate.ts';
import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import type { Instance } from '../../../model/resolution/instance.ts';
import type { Patch, ReproductionTest } from '../../../model/resolution/patch.ts';
import type {
  Feed,
  PatchGeneration,
  StageWatch,
  TestGeneration,
} from '../../../model/resolution/stages.ts';
import { isTestPath } from '../../../model/sourceFile/testPath.ts';
import type { TrialRun } from '../../../model/trial/trial.ts';
import { fence } from '../../../prompts/fence.ts';
import { openSourceTree, type SourceTree } from '../sourceTree.ts';
import type { PatchTests } from '../testing/patchTests.ts';
import { editsToPatch } from './editsToPatch.ts';
import {
  ANSWER_TOKENS,
  answerWithin,
  type ModelGenerationParts,
  openingMessages,
} from './modelContext.ts';

export interface CodemonkeysParts extends ModelGenerationParts {
  readonly openTests: (instance: Instance, watch: StageWatch) => Promise<PatchTests>;
  /** Runs of the machine; 3 when absent. */
  readonly samples?: number;
  /** Answers of one run at most; 6 when absent. */
  readonly rounds?: number;
}

const SAMPLES = 3;
const ROUNDS = 6;
const TEMPERATURE = 0.8;
const OUTPUT_CHARACTERS = 4_000;

const TASKS = {
  test: 'First write one new file of tests, for the test runner of the project, whose tests fail because of the issue. Write it as one edit that makes a new file.',
  edit: 'Now write the edits that fix the issue. Change no other tests.',
  revise:
    'Answer DONE if the issue is fixed and the test shows it. Otherwise write all edits of the fix anew, or the whole file of tests anew, whichever is wrong; edits are always on the project as it was at first.',
} as const;

/** Where one run of the machine stands. */
interface State {
  readonly test: ReproductionTest | undefined;
  readonly patch: Patch | undefined;
}

/** What a run ended with. */
interface Attempt {
  readonly state: State;
  /** The test fails without the patch and passes with it. */
  readonly isShown: boolean;
}

/**
 * The way of CodeMonkeys: a machine that writes a test and an edit, runs both, and has the model
 * revise either by what came of it, until the model is done. Tests and patches are of one run, and
 * so not blind to one another, which is told of the tests.
 *
 * Source: Ehrlich et al., “CodeMonkeys: Scaling Test-Time Compute for Software Engineering”, 2025.
 */
export function createCodemonkeysGeneration(
  parts: CodemonkeysParts,
): PatchGeneration & TestGeneration {
  const { model, samples = SAMPLES, rounds = ROUNDS } = parts;
  /** What was made of an instance: whoever asks for its tests gets those of its patches. */
  const made = new Map<string, Attempt[]>();
  async function* attempts(
    context: Feed<CodePointer>,
    instance: Instance,
    watch: StageWatch,
  ): AsyncGenerator<Attempt> {
    const known = made.get(instance.id) ?? [];
    made.set(instance.id, known);
    yield* known;
    if (known.length >= samples) return;
    const tree = await openSourceTree(instance, parts.tree(instance.folder), watch.signal);
    const tests = await parts.openTests(instance, watch);
    try {
      const opening = await openingMessages(parts, context, instance, tree);
      for (let sample = known.length; sample < samples; sample += 1) {
        const attempt = await runMachine({ ...parts, rounds, tree, tests, opening, sample }, watch);
        known.push(attempt);
        yield attempt;
      }
    } finally {
      await tests.close();
      await tree.close();
    }
  }
  return {
    name: 'codemonkeys',
    parameters: { samples, rounds, temperature: TEMPERATURE, model: model.name },
    async *generate(context, instance, watch = {}) {
      for await (const { state, isShown } of attempts(context, instance, watch)) {
        if (state.patch === undefined) continue;
        const shown = isShown
          ? [localized`a test written together with it fails without it and passes with it`]
          : [];
        yield { ...state.patch, why: [...shown, ...state.patch.why] };
      }
    },
    async *generateTests(context, instance, watch = {}) {
      for await (const { state } of attempts(context, instance, watch)) {
        if (state.test !== undefined) yield state.test;
      }
    },
  };
}

interface Machine extends Omit<ModelGenerationParts, 'tree'> {
  readonly rounds: number;
  readonly tree: SourceTree;
  readonly tests: PatchTests;
  readonly opening: readonly ChatMessage[];
  readonly sample: number;
}

async function runMachine(machine: Machine, watch: StageWatch): Promise<Attempt> {
  const { model, rounds, opening, sample } = machine;
  let messages: readonly ChatMessage[] = [...opening, { role: 'user', content: TASKS.test }];
  let state: State = { test: undefined, patch: undefined };
  let isShown = false;
  for (let round = 0; round < rounds; round += 1) {
    const text = await answerWithin(
      model,
      {
        ...{ messages, maxTokens: ANSWER_TOKENS, sample },
        temperature: sample === 0 ? 0 : TEMPERATURE,
      },
      watch,
    );
    if (text === undefined) break;
    const isReady = state.test !== undefined && state.patch !== undefined;
    if (isReady && /^\s{0,20}DONE\b/m.test(text)) break;
    const step = await takeAnswer(machine, state, text);
    state = step.state;
    isShown = step.isShown;
    messages = [
      ...messages,
      { role: 'assistant', content: text.slice(0, ANSWER_TOKENS * 4) },
      { role: 'user', content: `${step.told}\n\n${nextTask(state)}` },
    ];
  }
  return { state, isShown };
}

function nextTask({ test, patch }: State): string {
  if (test === undefined) return TASKS.test;
  return patch === undefined ? TASKS.edit : TASKS.revise;
}

/** Takes an edit or a test in, and runs what there is. */
async function takeAnswer(
  machine: Machine,
  state: State,
  text: string,
): Promise<{ readonly state: State; readonly isShown: boolean; readonly told: string }> {
  const { tree, tests, sample, gate } = machine;
  const label = {
    origin: { by: 'codemonkeys', sample },
    why: [localized`a language model wrote it and revised it by what tests said`],
  };
  const asTest = await editsToPatch(text, tree, isTestPath, label);
  const isTest = 'patch' in asTest;
  const asPatch = isTest ? asTest : await editsToPatch(text, tree, isNoTest, label);
  if (!('patch' in asPatch)) {
    return { state, isShown: false, told: `That cannot be used: ${asPatch.wrong}.` };
  }
  const [file] = asPatch.patch.files;
  const next: State =
    isTest && file !== undefined
      ? { ...state, test: { patch: asPatch.patch, path: file.path, isBlind: false } }
      : { ...state, patch: asPatch.patch };
  if (next.test === undefined) return { state: next, isShown: false, told: 'Taken.' };
  const without = await tests.runTest(next.test, undefined);
  const withPatch = next.patch && (await tests.runTest(next.test, next.patch));
  const isShown = without?.outcome === 'failed' && withPatch?.outcome === 'passed';
  const told = [
    `Without the fix the test ${await describeRun(without, gate)}`,
    ...(next.patch === undefined
      ? []
      : [`With the fix the test ${await describeRun(withPatch, gate)}`]),
  ].join('\n\n');
  return { state: next, isShown, told };
}

function isNoTest(path: string): boolean {
  return !isTestPath(path);
}

/** Times differ from run to run; without them the same conversation is had again after a stop. */
const TIME = /\d+(?:\.\d+)?\s?(?:ms|s|seconds)\b/g;

async function describeRun(
  run: TrialRun | undefined,
  gate: ModelGenerationParts['gate'],
): Promise<string> {
  if (run === undefined) return 'could not be run: it does not apply.';
  if (run.outcome === 'passed') return 'passed.';
  const output = await cutWithoutSecrets(run.output, 'end', OUTPUT_CHARACTERS, gate);
  return `ended as ${run.outcome}:\n${fence(output.replaceAll(TIME, ''), null)}`;
}
