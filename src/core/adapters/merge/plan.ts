import { AppError } from '../../model/errors.ts';
import { joined, localized, verbatim } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import { compareNames, moduleName } from '../adapter.ts';
import type { Adapter, Module } from '../adapter.ts';

/** What one adapter gives to a merged module. */
export interface Part {
  readonly adapter: Adapter;
  readonly module: Module;
  /** Its share of all weights, 0 to 1. */
  readonly share: number;
}

/** A module as any of the adapters changes it; one that lacks it changes it by nothing. */
export interface MergedModule {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** In the order of the adapters. */
  readonly parts: readonly Part[];
}

/** How many of a kind an error names. */
const MAX_NAMED = 5;

/**
 * Weights as shares that add up to 1: the given ones, or equal ones.
 *
 * @throws AppError `bad-argument`
 */
export function toShares(weights: readonly number[] | undefined, count: number): readonly number[] {
  const given = weights ?? Array.from({ length: count }, () => 1);
  if (given.length !== count) {
    const text = localized`there are ${count} adapters and ${given.length} weights`;
    throw new AppError('bad-argument', text);
  }
  const sum = given.reduce((total, weight) => total + weight, 0);
  if (given.some((weight) => !Number.isFinite(weight) || weight < 0) || !(sum > 0)) {
    const text = localized`weights must be numbers of at least 0, and one of them more than 0`;
    throw new AppError('bad-argument', text);
  }
  return given.map((weight) => weight / sum);
}

/**
 * Checks that adapters change one model, and lines their modules up.
 *
 * @param force merges adapters of models with different names, as long as the shapes fit
 * @throws AppError `adapter-mismatch`
 */
export function planMerge(
  adapters: readonly Adapter[],
  shares: readonly number[],
  force: boolean,
): readonly MergedModule[] {
  checkModels(adapters, force);
  const byName = new Map<string, Part[]>();
  adapters.forEach((adapter, index) => {
    for (const module of adapter.modules) {
      const parts = byName.get(module.name) ?? [];
      parts.push({ adapter, module, share: shares[index] ?? 0 });
      byName.set(module.name, parts);
    }
  });
  const modules = [...byName].map(([name, parts]) => {
    const { inputs = 0, outputs = 0 } = parts[0]?.module ?? {};
    return { name, inputs, outputs, parts };
  });
  const wrong = modules.filter(({ parts }) => !hasOneShape(parts));
  if (wrong.length > 0) {
    throw mismatch(localized`shapes do not fit in ${namesOf(wrong.map(moduleName))}`);
  }
  return modules.sort((a, b) => compareNames(a.name, b.name));
}

export function mismatch(text: LocalizedText): AppError {
  return new AppError('adapter-mismatch', text);
}

/** The first few, and how many there are besides. */
export function namesOf(names: readonly string[]): LocalizedText {
  const shown = joined(names.slice(0, MAX_NAMED).map(verbatim), ', ');
  const more = names.length - MAX_NAMED;
  return more > 0 ? localized`${shown} and ${more} more` : shown;
}

function checkModels(adapters: readonly Adapter[], force: boolean): void {
  const [first, ...others] = adapters;
  if (!first) throw new AppError('bad-argument', localized`there is no adapter to merge`);
  for (const other of others) {
    if (other.config.isFanInFanOut !== first.config.isFanInFanOut) {
      throw mismatch(localized`${other.path} and ${first.path} do not agree in fan_in_fan_out`);
    }
    const isSame =
      other.config.baseModel === first.config.baseModel &&
      other.config.revision === first.config.revision;
    if (!isSame && !force) {
      const names = [other, first].map(({ config }) => nameOf(config));
      throw mismatch(
        localized`${other.path} is made for ${names[0] ?? ''}, not for ${names[1] ?? ''}`,
      );
    }
  }
}

function nameOf({ baseModel, revision }: Adapter['config']): string {
  return [baseModel ?? '?', ...(revision === null ? [] : [revision])].join('@');
}

function hasOneShape(parts: readonly Part[]): boolean {
  const shapes = parts.map(({ module: { a, aShape, bShape } }) =>
    JSON.stringify([a, aShape.slice(1), [bShape[0], ...bShape.slice(2)]]),
  );
  return new Set(shapes).size === 1;
}
