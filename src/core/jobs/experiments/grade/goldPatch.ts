import type { Instance } from '../../../model/resolution/instance.ts';
import type { Patch } from '../../../model/resolution/patch.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import { readDiff } from '../../../resolution/patches/readDiff.ts';
import { openSourceTree } from '../../resolve/sourceTree.ts';
import { type ResolveParts, treeOf } from '../../resolve/stageParts.ts';

/**
 * A diff of a benchmark as a patch of the code of an instance; `undefined` where it is none, or does
 * not apply there.
 *
 * @throws AppError as `openSourceTree`
 */
export async function goldPatchOf(
  parts: ResolveParts,
  instance: Instance,
  diff: string,
  { signal }: StageWatch,
): Promise<Patch | undefined> {
  const tree = await openSourceTree(instance, treeOf(parts)(instance.folder), signal);
  try {
    const read = await readDiff(diff, (path) => tree.readExact(path), {
      origin: { by: 'gold', sample: 0 },
    });
    return 'refused' in read ? undefined : read;
  } finally {
    await tree.close();
  }
}
