import { applyHunks, reversed } from '../../../platform/text/patch.ts';
import type { StepChange } from './stepChanges.ts';

/** Changes that can only be taken out together, in order; most are alone. */
export type Unit = readonly StepChange[];

export interface Units {
  /** In the order of their first steps. */
  readonly removable: readonly Unit[];
  /** Steps that cannot be taken out, neither alone nor with those that build on them. */
  readonly entangled: readonly number[];
}

export type ReadText = (path: string) => string | undefined;
export type ChangedTexts = ReadonlyMap<string, string | undefined>;

/** Lines of context that others may have changed since. */
const STRANGE = 2;

/** Groups changes so that each group can be taken out of the texts of the end by itself. */
export function toUnits(changes: readonly StepChange[], read: ReadText): Units {
  const entangled: number[] = [];
  let units: readonly Unit[] = [];
  // From the end on: only what came later can be in the way.
  for (const change of [...changes].reverse()) {
    if (change.isBlurred || change.files.length === 0) {
      entangled.push(change.step);
      continue;
    }
    const unit = growUntilRemovable(change, units, read);
    if (unit === undefined) entangled.push(change.step);
    else units = [unit, ...units.filter((one) => !one.some((part) => unit.includes(part)))];
  }
  return {
    removable: [...units].sort((a, b) => (a[0]?.step ?? 0) - (b[0]?.step ?? 0)),
    entangled: entangled.reverse(),
  };
}

/** The change with those later ones of the same files that stand in its way. */
function growUntilRemovable(
  change: StepChange,
  later: readonly Unit[],
  read: ReadText,
): Unit | undefined {
  const paths = new Set(change.files.map(({ path }) => path));
  const near = later.filter((unit) =>
    unit.some(({ files }) => files.some(({ path }) => paths.has(path))),
  );
  const withOthers = (others: readonly Unit[]): Unit =>
    [change, ...others.flat()].sort((a, b) => a.step - b.step);
  const isRemovable = (others: readonly Unit[]): boolean =>
    textsWithout([withOthers(others)], read) !== undefined;
  let others: readonly Unit[] = [];
  while (!isRemovable(others)) {
    const next = near[others.length];
    if (next === undefined) return undefined;
    others = [...others, next];
  }
  // Not all that was added on the way had to be.
  for (const other of others) {
    const fewer = others.filter((one) => one !== other);
    if (isRemovable(fewer)) others = fewer;
  }
  return withOthers(others);
}

/**
 * The texts of the end that change when some units are taken out, the last change first; `undefined`
 * where what stays is in the way. A file that is not there without them is `undefined`.
 */
export function textsWithout(units: readonly Unit[], read: ReadText): ChangedTexts | undefined {
  const texts = new Map<string, string | undefined>();
  const lastFirst = units.flat().sort((a, b) => b.step - a.step);
  for (const file of lastFirst.flatMap(({ files }) => [...files].reverse())) {
    const text = texts.has(file.path) ? texts.get(file.path) : read(file.path);
    if (text === undefined) return undefined;
    const back = reversed(file);
    const before = applyHunks(text, back.hunks) ?? applyHunks(text, back.hunks, STRANGE);
    if (before === undefined) return undefined;
    texts.set(file.path, back.kind === 'deleted' && before === '' ? undefined : before);
  }
  return texts;
}
