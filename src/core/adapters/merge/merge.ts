import type { ElementType, HeadPolicy, MergeMethod } from '../../model/api/adapters.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Adapter } from '../adapter.ts';
import { moduleName } from '../adapter.ts';
import { writeTensorFile } from '../safetensors/writer.ts';
import type { TensorSource } from '../safetensors/writer.ts';
import { mergeHeads } from './heads.ts';
import { toMergedConfig } from './mergedConfig.ts';
import { average, concatenate, rankOfAll, truncate } from './methods.ts';
import type { ModuleResult } from './methods.ts';
import type { Room } from './pieces.ts';
import { planMerge } from './plan.ts';
import type { MergedModule } from './plan.ts';

/** Multiplications that measuring may take: some seconds. */
const MOST_STEPS = 2e9;

export interface MergeOptions {
  /** Of each adapter, adding up to 1. */
  readonly shares: readonly number[];
  readonly method: MergeMethod;
  /** Most ranks of a module, for `svd`. */
  readonly rank: number;
  readonly heads: HeadPolicy;
  readonly type: ElementType;
  /** Merges adapters made for models with different names. */
  readonly force: boolean;
}

export interface MergeResult {
  /** Of the file that was written; lower-case hex. */
  readonly sha256: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Sorted by path. */
  readonly modules: readonly {
    readonly name: string;
    readonly rank: number;
    /**
     * ‖merge − exact merge‖ / ‖exact merge‖; `undefined` where only numbers are rounded or it was
     * not measured.
     */
    readonly relativeError: number | undefined;
  }[];
  /** √Σ‖error‖² / √Σ‖exact‖² over the modules that were measured. */
  readonly relativeError: number | undefined;
  readonly heads: readonly string[];
}

/**
 * Writes the merge of adapters: Σ share × scaling × B × A in each module.
 *
 * @throws AppError `adapter-mismatch`, `adapter-damaged`, `bad-argument`; then nothing is written
 */
export async function mergeAdapters(
  adapters: readonly Adapter[],
  options: MergeOptions,
  output: string,
): Promise<MergeResult> {
  const { shares, heads: policy, type, force } = options;
  const plan = planMerge(adapters, shares, force);
  const heads = mergeHeads(adapters, shares, policy, type);
  const every = measuredEvery(plan);
  const room: Room = { numbers: new Float32Array(0) };
  const modules = plan.map((module, at) => ({
    name: module.name,
    ...mergeModule(module, { ...options, isMeasured: at % every === 0, room }),
  }));
  const tensors: TensorSource[] = [...modules.flatMap((module) => module.tensors), ...heads];
  const sha256 = await writeTensorFile(output, tensors);
  const headNames = heads.map(({ name }) => name);
  return {
    sha256,
    config: toMergedConfig(adapters, modules, headNames),
    modules: modules.map((module) => ({
      name: moduleName(module),
      rank: module.rank,
      relativeError: relativeError([module]),
    })),
    relativeError: relativeError(modules),
    heads: headNames,
  };
}

function mergeModule(
  module: MergedModule,
  {
    method,
    rank,
    type,
    isMeasured,
    room,
  }: MergeOptions & { readonly isMeasured: boolean; readonly room: Room },
): ModuleResult {
  switch (method) {
    case 'cat':
      return concatenate(module, type, room);
    case 'average':
      return average(module, isMeasured, type);
    case 'svd':
      if (!Number.isInteger(rank) || rank < 1) {
        throw new AppError('bad-argument', localized`a rank is a whole number of at least 1`);
      }
      return truncate(module, rank, type);
  }
}

/** Of large adapters the error is measured in some modules only: in every so many. */
function measuredEvery(plan: readonly MergedModule[]): number {
  const work = plan.map(
    (module) => (module.inputs + module.outputs) * (2 * rankOfAll(module)) ** 2,
  );
  return Math.max(1, Math.ceil(work.reduce((sum, steps) => sum + steps, 0) / MOST_STEPS));
}

function relativeError(modules: readonly Pick<ModuleResult, 'loss'>[]): number | undefined {
  const losses = modules.flatMap(({ loss }) => loss() ?? []);
  if (losses.length === 0) return undefined;
  const squared = losses.reduce((sum, loss) => sum + loss.squared, 0);
  const exact = losses.reduce((sum, loss) => sum + loss.exactSquared, 0);
  return exact === 0 ? 0 : Math.sqrt(squared / exact);
}
