import type { OpenedChat } from '../../chat/openChat.ts';
import type { ExperimentOrder, ExperimentSummary, StageGrid } from '../../model/api/experiments.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError, type ErrorCode } from '../../model/errors.ts';
import { joined, localized, type LocalizedText, verbatim } from '../../model/localizedText.ts';
import type { ChatModel } from '../../model/ports/chatModel.ts';
import type { ModelEndpoint, RunInputs } from '../../model/resolution/experiment.ts';
import type { RunKey, SequenceStorage } from '../../model/resolution/sequence.ts';
import type { StageWatch } from '../../model/resolution/stages.ts';
import { hypersKey } from '../../resolution/experiments/hypersKey.ts';
import { openExperiment, recordRun } from '../resolve/record/openExperiment.ts';
import type { ResolveParts } from '../resolve/stageParts.ts';
import { eachRun, type PlannedRun } from './eachRun.ts';
import { goldPatchOf } from './grade/goldPatch.ts';
import { gradeRun, isGraded } from './grade/gradeRun.ts';
import { openInputs, type RecordedInputs, testsName } from './inputs.ts';
import { createStagedExperiment, pointsOf, type StagedHypers } from './stagedExperiment.ts';

export interface ExperimentParts extends ResolveParts {
  /** The person's model; each call begins a budget. */
  readonly chat: () => Promise<OpenedChat>;
}

const NAME = /^[A-Za-z0-9][\w.+-]{0,59}$/;
const AT_ONCE = 2;
const MOST_NOTES = 20;

/**
 * Runs each point of a grid on each instance, as far as that is not on record, and grades what came of
 * it where it is known what resolves the instance.
 *
 * @throws AppError as `ExperimentsApi.run`; an `AbortError` when stopped, after what was under way has
 *   ended
 */
export async function runExperiment(
  parts: ExperimentParts,
  order: ExperimentOrder,
  watch: Watch,
): Promise<ExperimentSummary> {
  const { name, from } = order;
  if (!NAME.test(name)) {
    throw new AppError('bad-argument', localized`"${name}" cannot be the name of an experiment`);
  }
  if (from === name) {
    throw new AppError('bad-argument', localized`${name} cannot go on from itself`);
  }
  const storage = openExperiment(parts, name);
  const others = new Map<string, SequenceStorage>();
  const openOther = (experiment: string): SequenceStorage => {
    const other = others.get(experiment) ?? openExperiment(parts, experiment);
    others.set(experiment, other);
    return other;
  };
  try {
    const inputs = from === undefined ? undefined : openInputs(openOther, from, order.grid);
    return await runAll(
      { ...(await planOf(parts, order, inputs)), parts, order, inputs, storage },
      watch,
    );
  } finally {
    storage.close();
    for (const other of others.values()) other.close();
  }
}

interface Running {
  readonly parts: ExperimentParts;
  readonly order: ExperimentOrder;
  readonly inputs: RecordedInputs | undefined;
  readonly storage: SequenceStorage;
  readonly points: readonly StagedHypers[];
  readonly chat: Extract<OpenedChat, { readonly to: string }> | undefined;
}

/**
 * What nothing would come of: each value of it would be a way of its own that does the same.
 *
 * @throws AppError `bad-argument`
 */
function refuseIdle(
  { selectors = [], candidates = [], places = [] }: StageGrid,
  points: readonly StagedHypers[],
  addsGold: boolean,
): void {
  const isOfPatches = selectors.length + candidates.length + places.length > 0;
  if (isOfPatches && points.some(({ generator }) => generator === null)) {
    throw new AppError(
      'bad-argument',
      localized`selectors, candidates and places are about patches: name a generator`,
    );
  }
  if (addsGold && points.some(({ selector }) => selector === null)) {
    throw new AppError(
      'bad-argument',
      localized`the patch that resolves an issue is put before a selector: name one`,
    );
  }
}

/** @throws AppError `bad-argument`, and `model-not-allowed` where a point asks a model and none may be asked */
async function planOf(
  { chat: open }: ExperimentParts,
  { grid, tests, addsGold = false }: ExperimentOrder,
  inputs: RecordedInputs | undefined,
): Promise<Pick<Running, 'points' | 'chat'>> {
  const around = { tests: testsName(tests), addsGold, starts: inputs?.starts ?? [] };
  const points = pointsOf(grid, { ...around, model: '' });
  refuseIdle(grid, points, addsGold);
  if (points.every(({ model }) => model === null)) return { points, chat: undefined };
  const chat = await open();
  if ('why' in chat) throw new AppError('model-not-allowed', chat.why);
  return { points: pointsOf(grid, { ...around, model: `${chat.model.name} ${chat.to}` }), chat };
}

/** Failures that the next run would meet as well. */
const STOPPING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...([
    'disk-full',
    'library-read-only',
    'library-write-failed',
    'library-on-shared-drive',
  ] as const),
  ...(['model-not-allowed', 'folder-not-trusted', 'bad-config'] as const),
]);

async function runAll(running: Running, watch: Watch): Promise<ExperimentSummary> {
  const { order, points, parts, storage } = running;
  const notes = new Map<string, LocalizedText>();
  const note = (text: LocalizedText): void => {
    if (notes.size < MOST_NOTES) notes.set(text.text, text);
  };
  const counts = { instances: 0, finished: 0, known: 0, failed: 0 };
  const stop = new AbortController();
  const signal =
    watch.signal === undefined ? stop.signal : AbortSignal.any([watch.signal, stop.signal]);
  const stageWatch: StageWatch = { signal };
  const tally = { onInstance: () => (counts.instances += 1), onUnusable: note };
  const runs = eachRun(order, points, { parts, tally, watch: stageWatch });
  const recorded = new Set(
    storage.runs().flatMap(({ key, state }) => (state === 'finished' ? [nameOf(key)] : [])),
  );
  const tell = (): void => {
    const { finished, known, failed } = counts;
    const done = finished + known + failed;
    watch.onProgress?.({ stage: 'runs', done, total: undefined, patterns: 0 });
  };
  let isBudgetSpent = false;
  const work = async (): Promise<void> => {
    for await (const planned of runs) {
      if (isBudgetSpent) return;
      const key = keyOf(order.name, planned);
      const isKnown = recorded.has(nameOf(key));
      try {
        await watch.rest?.();
        if (!isKnown) await runOne(running, planned, key, stageWatch);
        await gradeRecorded({ ...running, note }, planned, key, stageWatch);
        counts[isKnown ? 'known' : 'finished'] += 1;
      } catch (error) {
        if (!(error instanceof AppError) || STOPPING.has(error.code)) throw error;
        counts.failed += 1;
        isBudgetSpent ||= error.code === 'model-budget-spent';
        note(
          error.code === 'model-budget-spent'
            ? localized`the budget for the model is spent; run the experiment again to go on`
            : joined([verbatim(planned.instance.id), error.localizedMessage], ': '),
        );
      }
      tell();
    }
  };
  const workers = Array.from({ length: order.atOnce ?? AT_ONCE }, () =>
    work().catch((error: unknown) => {
      // The others end at their next step.
      stop.abort();
      throw error;
    }),
  );
  const ended = await Promise.allSettled(workers);
  const failures = ended.flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  );
  // What stopped the others is the reason, and not that they were stopped.
  const [reason = failures[0]] = failures.filter((failure) => failure instanceof AppError);
  if (reason !== undefined) throw reason as Error;
  if (order.source.kind === 'fixes' && counts.instances === 0) {
    note(localized`no commit of ${order.source.repository} is known to have fixed something`);
  }
  return { name: order.name, points: points.length, ...counts, notes: [...notes.values()] };
}

function keyOf(
  experiment: string,
  { instance, point, repetition }: PlannedRun<StagedHypers>,
): RunKey {
  return { experiment, hypers: hypersKey(point), instance: instance.id, repetition };
}

function nameOf({ hypers, instance, repetition }: RunKey): string {
  return JSON.stringify([hypers, instance, repetition]);
}

async function runOne(
  running: Running,
  planned: PlannedRun<StagedHypers>,
  key: RunKey,
  watch: StageWatch,
): Promise<void> {
  const { instance, point } = planned;
  const { storage, chat, parts, order, points } = running;
  const inputs = await inputsOf(running, planned, watch);
  const experiment = createStagedExperiment(parts, { ...order, points });
  const endpoint: ModelEndpoint = point.model === null ? null : (chat?.to ?? null);
  const openModel = (asked: ModelEndpoint) =>
    chat === undefined || asked === null
      ? Promise.reject(new AppError('model-not-allowed', localized`this run asks no model`))
      : Promise.resolve(inRepetition(chat.model, planned.repetition));
  await recordRun(storage, { key, hypers: point }, (sequences) =>
    experiment.run(
      instance.id,
      endpoint,
      { instance, hypers: point, inputs, sequences, openModel },
      watch,
    ),
  );
}

/** More than there are samples of one question. */
const SAMPLES_APART = 10_000;

/** Asks for other samples in each repetition: answers are kept, and the first ones would come again. */
function inRepetition(model: ChatModel, repetition: number): ChatModel {
  if (repetition === 0) return model;
  return {
    name: model.name,
    complete: (request, watch) =>
      model.complete(
        { ...request, sample: repetition * SAMPLES_APART + (request.sample ?? 0) },
        watch,
      ),
  };
}

/** @throws AppError `experiment-not-found` where what is gone on from has no run of this instance */
async function inputsOf(
  { parts, inputs }: Running,
  { instance, gold, point, repetition }: PlannedRun<StagedHypers>,
  watch: StageWatch,
): Promise<RunInputs> {
  const given = inputs?.given(instance.id, point.fromKey, repetition) ?? new Map<never, never>();
  if (inputs !== undefined && given.size === 0) {
    throw new AppError(
      'experiment-not-found',
      localized`${point.from ?? ''} has no run of this instance that ended`,
    );
  }
  const added = point.addsGold && gold !== undefined;
  return {
    given,
    addedPatch: added ? await goldPatchOf(parts, instance, gold.patch, watch) : undefined,
  };
}

async function gradeRecorded(
  running: Running & { readonly note: (text: LocalizedText) => void },
  planned: PlannedRun<StagedHypers>,
  key: RunKey,
  watch: StageWatch,
): Promise<void> {
  const { parts, storage, order, inputs, note } = running;
  const { instance, gold, point, repetition } = planned;
  const run = storage.run(key);
  if (run === undefined || gold === undefined) return;
  if (order.gradesAgain !== true && isGraded(storage, run)) return;
  const given = inputs?.given(instance.id, point.fromKey, repetition) ?? new Map<never, never>();
  const onNote = (text: LocalizedText): void => {
    note(joined([verbatim(instance.id), text], ': '));
  };
  const grading = { ...parts, storage, tests: order.tests, onNote };
  await gradeRun(grading, { run, instance, gold, given }, watch);
}
