import type { Adapter, Module } from './adapter.ts';
import { coreOf, difference, factorsOf, innerProduct } from './merge/factors.ts';
import type { Factors } from './merge/factors.ts';
import { frobenius, zeros } from './merge/matrix.ts';

/** How the changes of two adapters stand to one another, over all modules. */
export interface Likeness {
  /** ⟨merged, parent⟩ / ‖parent‖². */
  readonly share: number;
  readonly cosine: number;
  /** ‖merged − parent‖ / ‖parent‖. */
  readonly distance: number;
}

/** Modules that one of them lacks count as unchanged by it. */
export function compareAdapters(merged: Adapter, parent: Adapter): Likeness {
  let product = 0;
  let mergedSquared = 0;
  let parentSquared = 0;
  let apartSquared = 0;
  for (const [mine, theirs] of pairs(merged, parent)) {
    const [module] = [mine ?? theirs];
    if (!module) continue;
    const first = mine ? factorsOf(merged, mine, mine.scaling) : nothing(module);
    const second = theirs ? factorsOf(parent, theirs, theirs.scaling) : nothing(module);
    product += innerProduct(first, second);
    mergedSquared += frobenius(coreOf(first)) ** 2;
    parentSquared += frobenius(coreOf(second)) ** 2;
    apartSquared += frobenius(coreOf(difference(first, second))) ** 2;
  }
  return {
    share: parentSquared === 0 ? 0 : product / parentSquared,
    cosine: product === 0 ? 0 : product / Math.sqrt(mergedSquared * parentSquared),
    distance: parentSquared === 0 ? 0 : Math.sqrt(apartSquared / parentSquared),
  };
}

function pairs(
  merged: Adapter,
  parent: Adapter,
): readonly (readonly [Module | undefined, Module | undefined])[] {
  const names = new Set([...merged.modules, ...parent.modules].map(({ name }) => name));
  const find = ({ modules }: Adapter, name: string) =>
    modules.find((module) => module.name === name);
  return [...names].map((name) => [find(merged, name), find(parent, name)]);
}

function nothing({ outputs, inputs }: Module): Factors {
  return { left: zeros(outputs, 1), right: zeros(inputs, 1) };
}
