import type { LocalizedText } from '../localizedText.ts';
import type { InstanceSource } from '../resolution/instanceSet.ts';
import type { Parameters } from '../resolution/stages.ts';
import type { CallTable } from './calls.ts';
import type { Generator, Localizer, Selector, TestLeave } from './resolution.ts';
import type { Watch } from './watch.ts';

/** Values of hyper-parameters; an experiment runs each combination. Empty lists count as absent. */
export interface StageGrid {
  /** `hybrid` when absent. */
  readonly localizers?: readonly Localizer[];
  /** Nothing is proposed when absent. */
  readonly generators?: readonly Generator[];
  /** Nothing is chosen when absent. */
  readonly selectors?: readonly Selector[];
  /** Patches at most; as many as each generator thinks right when absent. */
  readonly candidates?: readonly number[];
  /** Files that a generator is given, and as many functions; 15 when absent. */
  readonly places?: readonly number[];
}

export interface ExperimentOrder {
  /** What it is recorded under: letters, digits and `.+-_`, at most 60. */
  readonly name: string;
  readonly source: InstanceSource;
  /** Instances at most; all when absent. */
  readonly limit?: number;
  readonly grid: StageGrid;
  /** Times each combination is run on each instance; 1 when absent. */
  readonly repetitions?: number;
  /** Runs at a time; 2 when absent. */
  readonly atOnce?: number;
  /**
   * Another experiment, whose recorded answers take the place of the stages before the first one that
   * the grid names.
   */
  readonly from?: string;
  /** Puts the patch that is known to resolve an instance among the candidates. */
  readonly addsGold?: boolean;
  /** Grades again what has grades already, such as when there are new measures. */
  readonly gradesAgain?: boolean;
  /** Leave to run the tests of the repositories; none is run when absent. */
  readonly tests?: TestLeave;
}

export interface ExperimentSummary {
  readonly name: string;
  /** Combinations of the grid. */
  readonly points: number;
  readonly instances: number;
  /** Runs that ended now. */
  readonly finished: number;
  /** Runs that had ended before. */
  readonly known: number;
  readonly failed: number;
  /** What was passed over, what failed, and why it ended early, each once. */
  readonly notes: readonly LocalizedText[];
}

export interface ExperimentRow {
  readonly name: string;
  readonly points: number;
  readonly instances: number;
  readonly finished: number;
  readonly failed: number;
  /** Begun and not ended: they go on when the experiment is run again. */
  readonly open: number;
  /** Tokens sent to models and received. */
  readonly tokens: number;
  /** When the first run was begun, in ms since 1970. */
  readonly begunAt: number;
}

/** A mean with the interval that holds it 95 times of 100, were other instances drawn. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Instances that it is the mean of. */
  readonly count: number;
}

/** One combination of hyper-parameters. */
export interface ExperimentPoint {
  /** Of `hypersKey`, 16 hex digits. */
  readonly key: string;
  readonly hypers: Parameters;
  readonly finished: number;
  readonly failed: number;
  readonly open: number;
  readonly tokens: number;
  /** By stage and measure, such as `localization` and `mrr`. */
  readonly measures: readonly PointMeasure[];
}

export interface PointMeasure extends Interval {
  readonly stage: string;
  readonly measure: string;
}

export interface ExperimentReport {
  readonly name: string;
  readonly points: readonly ExperimentPoint[];
  /** Why runs failed, with how many did. */
  readonly failures: readonly { readonly why: string; readonly runs: number }[];
  /** Lines of the record that are damaged; the rest is read. */
  readonly badLines: number;
}

/** One measure of two combinations over the instances that both were run on. */
export interface PointDifference {
  readonly stage: string;
  readonly measure: string;
  readonly count: number;
  readonly first: number;
  readonly second: number;
  /** Second − first, with its interval by a paired bootstrap over instances. */
  readonly difference: Interval;
  /** The interval leaves 0 out. */
  readonly isClear: boolean;
}

export interface ExperimentComparison {
  readonly first: ComparedPoint;
  readonly second: ComparedPoint;
  readonly differences: readonly PointDifference[];
}

export interface ComparedPoint {
  readonly experiment: string;
  readonly key: string;
  /** The hyper-parameters in which it differs from the other one. */
  readonly differs: Parameters;
}

/**
 * `chat`: the messages of each conversation. `sft`: prompt and completion apart. `preferences`: a better
 * and a worse answer to one prompt. `atif`: the Agent Trajectory Interchange Format.
 */
export const TRAINING_FORMATS = ['chat', 'sft', 'preferences', 'atif'] as const;

export interface TrainingOrder {
  readonly name: string;
  readonly format: (typeof TRAINING_FORMATS)[number];
  /** By which answers are preferred; `pass-rate-best`, else `similarity-best`, when absent. */
  readonly measure?: string;
}

export interface PlacesOrder {
  /**
   * A `loc_outputs.jsonl` of Agentless; or a folder of CodeMonkeys, with a folder for each instance or
   * of one instance.
   */
  readonly located: string;
  /** The instances that it is about, and their repository: see `InstanceSource`. */
  readonly instances: string;
  readonly repository: string;
}

/**
 * `unreadable`: a line or folder that is damaged, too long, or of another kind. `instance-unknown`: it is
 * about no instance that was named. `instance-unusable`: the line of an instance holds no issue, or its
 * code is not there. `path-outside`: a path that leaves the repository. `path-not-found`,
 * `spot-not-found`: no source file, or nothing in the file, as the commit of the instance has it.
 * `nothing-left`: an instance of which there is no place to keep.
 */
export type PassedOverCode =
  | 'unreadable'
  | 'instance-unknown'
  | 'instance-unusable'
  | 'path-outside'
  | 'path-not-found'
  | 'spot-not-found'
  | 'nothing-left';

export interface PassedOver {
  readonly code: PassedOverCode;
  readonly count: number;
  /** The first ones, at most 5. */
  readonly first: readonly LocalizedText[];
}

export interface ImportedPlaces {
  readonly format: 'agentless' | 'codemonkeys';
  /** Instances whose places are kept now. */
  readonly instances: number;
  /** Files, functions, classes and stretches of lines of them all. */
  readonly places: number;
  /** What was not, each code once; empty where everything was. */
  readonly passedOver: readonly PassedOver[];
}

/** Experiments with ways to resolve issues. */
export interface ExperimentsApi {
  /**
   * Runs an experiment, or goes on with one that was stopped; what is on record is not done again.
   *
   * @throws AppError `bad-argument`, `folder-not-found`, `git-failed`, `experiment-not-found` for
   *   `from`, `model-not-allowed`, and as `SequenceWriter.write`; what fails in one run is recorded, and
   *   the others go on
   */
  run(order: ExperimentOrder, watch?: Watch): Promise<ExperimentSummary>;
  /** The newest first. */
  list(): Promise<readonly ExperimentRow[]>;
  /** @throws AppError `experiment-not-found` */
  show(name: string): Promise<ExperimentReport>;
  /**
   * Each pair of combinations of one experiment, or of two.
   *
   * @param names one or two names, each of an experiment or `name@key` for one of its combinations
   * @throws AppError `experiment-not-found`, `bad-argument` where there is nothing to compare
   */
  compare(names: readonly string[]): Promise<readonly ExperimentComparison[]>;
  /**
   * What models were asked in the runs that ended, and answered, a line of JSON each, without secrets.
   *
   * @throws AppError `experiment-not-found`, `bad-argument` for preferences where no answer is graded
   */
  training(order: TrainingOrder): Promise<readonly string[]>;
  /**
   * Deletes all that is on record of an experiment.
   *
   * @returns runs that were on record
   * @throws AppError `experiment-not-found`, `library-write-failed`
   */
  forget(name: string): Promise<number>;
  /**
   * Keeps where another program found that instances are to be resolved, as the answers of the
   * localizer `imported`. What is kept of an instance takes the place of what was.
   *
   * @throws AppError `bad-argument` for files that are not there or of another kind, `bad-config`,
   *   `library-write-failed`; an `AbortError` when stopped, with what was imported so far kept
   */
  importPlaces(order: PlacesOrder, watch?: Watch): Promise<ImportedPlaces>;
}

export const EXPERIMENTS_CALLS: CallTable<ExperimentsApi> = {
  ...{ run: 1, list: 0, show: 1, compare: 1, training: 1, forget: 1, importPlaces: 1 },
};
