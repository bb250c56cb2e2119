import type { ChatModel } from '../ports/chatModel.ts';
import type { Instance, InstanceId } from './instance.ts';
import type { Patch } from './patch.ts';
import type { Sequence, SequenceReceipt, SequenceWriter } from './sequence.ts';
import type { Parameters, StageName, StageWatch } from './stages.ts';

/**
 * Where a model is asked: the address of an OpenAI-compatible server, or `VS Code`; `null` asks none.
 */
export type ModelEndpoint = string | null;

/** What a run starts from beside its instance. */
export interface RunInputs {
  /** What another run recorded of stages, which takes the place of running them. */
  readonly given: ReadonlyMap<StageName, Sequence>;
  /** Put among the candidates of a selector. */
  readonly addedPatch: Patch | undefined;
}

/** What one run has at hand. */
export interface RunParts<Id extends InstanceId, Hypers extends Parameters> {
  readonly instance: Instance & { readonly id: Id };
  /** One of `Experiment.hypers()`, or what a person set in its place. */
  readonly hypers: Hypers;
  readonly inputs: RunInputs;
  readonly sequences: SequenceWriter<Id>;
  /**
   * The model at an endpoint. Whatever is asked of it is kept by question, so that a run that is
   * resumed asks nothing twice.
   *
   * @throws AppError `model-not-allowed` for `null`
   */
  readonly openModel: (endpoint: ModelEndpoint) => Promise<ChatModel>;
}

/**
 * A way to combine stages, run over many instances. What it does inside is its own affair; that it
 * can be trained on is not: `run` is generic in the instance, and the only value of its result type
 * is the receipt of the writer it was handed.
 */
export interface Experiment<Hypers extends Parameters = Parameters> {
  readonly name: string;
  /** Points of the grid that is run unless a person names others; at least one. */
  hypers(): readonly Hypers[];
  /**
   * Runs one instance. It may be killed at any point and run again: it then meets what it recorded.
   *
   * @throws AppError of its stages; the runner records that and goes on with the next instance
   */
  run<Id extends InstanceId>(
    instanceId: Id,
    modelEndpoint: ModelEndpoint,
    parts: RunParts<Id, Hypers>,
    watch?: StageWatch,
  ): Promise<SequenceReceipt<Id>>;
}
