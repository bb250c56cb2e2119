import { AppError } from '../../../model/errors.ts';
import { localized } from '../../../model/localizedText.ts';
import type { ChatUsage } from '../../../model/ports/chatModel.ts';
import type { SecretGate } from '../../../model/ports/secretGate.ts';
import type { InstanceId } from '../../../model/resolution/instance.ts';
import type {
  NewSequence,
  Sequence,
  SequenceId,
  SequenceReceipt,
  SequenceWriter,
  Written,
} from '../../../model/resolution/sequence.ts';
import type { StageName, StageOutput } from '../../../model/resolution/stages.ts';
import type { ModelSource } from '../localizers/createLocalizer.ts';
import type { PatchTests } from '../testing/patchTests.ts';
import { type Conversation, createConversationLog } from './conversations.ts';
import { createTestRunLog } from './testRuns.ts';

type OutputOf<Name extends StageName> = Extract<StageOutput, { readonly stage: Name }>;

/** How stages are run, one after another: whether they are recorded is no affair of theirs. */
export interface StageRuns {
  readonly isRecorded: boolean;
  /** The model that stages ask. */
  readonly chat: ModelSource;
  /** The tests that stages run. */
  readonly note: (tests: PatchTests) => PatchTests;
  /** What comes of a stage: of its work, or of what is on record of it. */
  readonly run: <Name extends StageName>(
    stage: Name,
    work: () => Promise<OutputOf<Name>>,
  ) => Promise<OutputOf<Name>>;
}

export interface RecordedStages<Id extends InstanceId> extends StageRuns {
  /** Ends the run. At least one stage ran. */
  finish(): Promise<SequenceReceipt<Id>>;
}

/** Stages of which nothing is kept. */
export function unrecorded(chat: StageRuns['chat']): StageRuns {
  return { isRecorded: false, chat, note: (tests) => tests, run: (_stage, work) => work() };
}

export interface RecordingParts<Id extends InstanceId> {
  readonly writer: SequenceWriter<Id>;
  readonly chat: StageRuns['chat'];
  readonly gate: SecretGate;
  /** Stages that are not run: what another run recorded of them takes their place. */
  readonly given?: ReadonlyMap<StageName, Sequence>;
  /**
   * A later try comes to the same. A stage whose model was not asked to the end, because the budget
   * is spent, fails in place of handing on what there is; and stages hand on what is on record, which
   * is without secrets.
   */
  readonly isRepeatable?: boolean;
}

/** Name of the sequence that holds what a stage came to. */
export const RESULT = 'result';

const NO_USAGE: ChatUsage = { input: 0, output: 0, isGuessed: false };

/**
 * Stages whose work is written down: each conversation with a model as a sequence of its own, and
 * then, as `result`, what the stage handed on, with the tests that ran for it. A stage on record is not
 * run again.
 */
export function recordStages<Id extends InstanceId>({
  writer,
  chat,
  gate,
  given = new Map(),
  isRepeatable = false,
}: RecordingParts<Id>): RecordedStages<Id> {
  const conversations = createConversationLog();
  const testRuns = createTestRunLog(gate);
  const results: Written<Id>[] = [];
  const begun: StageName[] = [];
  let parent: SequenceId | null = null;

  const record = async (stage: StageName, output: StageOutput): Promise<void> => {
    const taken = conversations.take();
    if (isRepeatable && taken.isBudgetSpent) {
      throw new AppError(
        'model-budget-spent',
        localized`the budget for the model was spent before ${stage} ended`,
      );
    }
    const all = { stage, parent };
    for (const { name, messages, usage, ...conversation } of taken.conversations) {
      // What writes patches and tests together is asked once for both.
      if (begun.some((former) => writer.recorded(former, name) !== undefined)) continue;
      const own = ownOutput(output, conversation);
      await writer.write({ ...all, name, messages, usage, output: own });
    }
    const result: NewSequence = {
      ...all,
      name: RESULT,
      messages: testRuns.take(),
      usage: NO_USAGE,
      output,
    };
    const written = await writer.write(result);
    results.push(written);
    parent = written.id;
  };

  return {
    isRecorded: true,
    chat: async () => {
      const opened = await chat();
      return 'model' in opened ? { ...opened, model: conversations.note(opened.model) } : opened;
    },
    note: (tests) => testRuns.note(tests),
    async run<Name extends StageName>(stage: Name, work: () => Promise<OutputOf<Name>>) {
      const other = given.get(stage);
      const own = other === undefined ? writer.recorded(stage, RESULT) : undefined;
      if (own !== undefined) results.push(own);
      const known = other ?? own;
      if (known?.output?.stage === stage) {
        begun.push(stage);
        parent = known.id;
        return known.output as OutputOf<Name>;
      }
      const output = await work();
      await record(stage, output);
      begun.push(stage);
      const onRecord = isRepeatable ? writer.recorded(stage, RESULT)?.output : undefined;
      return onRecord?.stage === stage ? (onRecord as OutputOf<Name>) : output;
    },
    async finish() {
      const [first, ...others] = results;
      if (first === undefined) throw new Error('a run ended without a stage');
      return writer.finish([first, ...others]);
    },
  };
}

/**
 * What of the output of a stage came of one conversation: nothing of an answer that was of no use;
 * `null` where nobody can tell.
 */
function ownOutput(
  output: StageOutput,
  { sample }: Pick<Conversation, 'sample'>,
): StageOutput | null {
  if (sample === undefined) return null;
  switch (output.stage) {
    case 'generation': {
      const patches = output.patches.filter(({ origin }) => origin.sample === sample);
      return { stage: 'generation', patches };
    }
    case 'testing': {
      const tests = output.tests.filter(({ patch }) => patch.origin.sample === sample);
      return tests.length === 0 ? null : { stage: 'testing', tests };
    }
    case 'localization':
    case 'selection':
      return null;
  }
}
