import type { ElementType, HeadPolicy } from '../../model/api/adapters.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Adapter } from '../adapter.ts';
import type { TensorSource } from '../safetensors/writer.ts';
import { piecesOf, sumPieces } from './pieces.ts';
import { mismatch, namesOf } from './plan.ts';

/**
 * The whole weights of a merge.
 *
 * @throws AppError `adapter-mismatch` where the policy does not fit what the adapters hold
 */
export function mergeHeads(
  adapters: readonly Adapter[],
  shares: readonly number[],
  policy: HeadPolicy,
  type: ElementType,
): readonly TensorSource[] {
  const names = [...new Set(adapters.flatMap(({ heads }) => [...heads.keys()]))].sort();
  if (names.length === 0 || policy === 'drop') return [];
  if (policy === 'refuse' && adapters.length > 1) {
    throw mismatch(
      localized`they hold full weights, which cannot be merged: ${namesOf(names)}; choose one with --heads`,
    );
  }
  const holdersOf = (name: string) => adapters.filter(({ heads }) => heads.has(name));
  const wrong = names.filter((name) => {
    const shapes = holdersOf(name).map(({ heads }) => JSON.stringify(heads.get(name)?.shape));
    return new Set(shapes).size > 1;
  });
  if (wrong.length > 0) throw mismatch(localized`shapes do not fit in ${namesOf(wrong)}`);
  return names.map((name) => {
    const holders = holdersOf(name);
    const [first] = holders;
    if (!first) throw new AppError('adapter-damaged', localized`there is no tensor ${name}`);
    const shape = first.heads.get(name)?.shape ?? [];
    if (policy !== 'average') return { name, type, shape, pieces: () => piecesOf(first, name) };
    if (holders.length < adapters.length) {
      throw mismatch(localized`not every adapter holds ${namesOf([name])}`);
    }
    const sources = adapters.map((adapter, at) => ({ adapter, name, factor: shares[at] ?? 0 }));
    return { name, type, shape, pieces: () => sumPieces(sources) };
  });
}
