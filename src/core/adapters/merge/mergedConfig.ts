import { moduleName } from '../adapter.ts';
import type { Adapter } from '../adapter.ts';

/** A merged module as the configuration needs it. */
export interface ConfiguredModule {
  /** As in the tensor file. */
  readonly name: string;
  readonly rank: number;
  readonly scaling: number;
}

/** Fields of PEFT that say what to train or how to start, or that name layers by number. */
const DROPPED = ['layers_to_transform', 'layers_pattern', 'exclude_modules', 'target_parameters'];

/**
 * `adapter_config.json` for merged factors, as PEFT reads it: the most frequent rank as `r`, other
 * ranks module by module.
 *
 * @param heads names of the whole weights that are kept
 */
export function toMergedConfig(
  [first, ...others]: readonly Adapter[],
  modules: readonly ConfiguredModule[],
  heads: readonly string[],
): Readonly<Record<string, unknown>> {
  const { fields } = first?.config ?? { fields: {} };
  const rank = mostFrequent(modules.map((module) => module.rank));
  const alpha = mostFrequent(modules.map((module) => module.rank * module.scaling));
  const patternOf = (usual: number, valueOf: (module: ConfiguredModule) => number) =>
    Object.fromEntries(
      modules
        .filter((module) => valueOf(module) !== usual)
        .map((module) => [moduleName(module), valueOf(module)]),
    );
  return {
    ...fields,
    ...Object.fromEntries(DROPPED.filter((name) => name in fields).map((name) => [name, null])),
    init_lora_weights: true,
    inference_mode: true,
    r: rank,
    lora_alpha: alpha,
    use_rslora: false,
    rank_pattern: patternOf(rank, (module) => module.rank),
    alpha_pattern: patternOf(alpha, (module) => module.rank * module.scaling),
    target_modules: targetsOf([...(first ? [first] : []), ...others], modules),
    modules_to_save: headModules(heads),
  };
}

/** The names all adapters give, where they name no layers; else each module by its path. */
function targetsOf(
  adapters: readonly Adapter[],
  modules: readonly ConfiguredModule[],
): readonly string[] {
  const lists = adapters.map(({ config: { fields } }) => fields['target_modules']);
  const hasLayers = adapters.some(({ config: { fields } }) =>
    DROPPED.some((name) => (fields[name] ?? null) !== null),
  );
  const names = lists.flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]).map(String) : [],
  );
  const covers = modules.every((module) =>
    names.some((name) => `.${moduleName(module)}`.endsWith(`.${name}`)),
  );
  const isSame = new Set(lists.map((list) => JSON.stringify(sortedList(list)))).size === 1;
  if (isSame && covers && !hasLayers) return [...new Set(names)].sort();
  return modules.map(moduleName);
}

function sortedList(list: unknown): unknown {
  return Array.isArray(list) ? (list as unknown[]).map(String).sort() : list;
}

/** `base_model.model.classifier.weight` is of `classifier`; biases of merged layers are of none. */
function headModules(heads: readonly string[]): readonly string[] | null {
  const paths = heads.map((name) => moduleName({ name }).split('.').slice(0, -1));
  const names = paths.map((path) => path.at(-1) ?? '').filter((name) => name !== '');
  return names.length === 0 ? null : [...new Set(names)].sort();
}

/** Of equally frequent ones the smallest; 1 of none. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [best = [1]] = [...counts].sort(([x, xs], [y, ys]) => ys - xs || x - y);
  return best[0];
}
