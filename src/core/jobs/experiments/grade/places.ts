import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import type { Instance } from '../../../model/resolution/instance.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import {
  goldFunctions,
  type GoldPlaces,
  readGoldFiles,
} from '../../../resolution/rewards/goldPlaces.ts';
import {
  linesHandedOn,
  lineRecall,
  ranksOfGold,
  recallWithin,
  reciprocalRank,
} from '../../../resolution/rewards/localization.ts';
import { readCode, type CodeParts } from '../../resolve/localizers/readCode.ts';
import type { Grades } from './grades.ts';

/** Where a gold patch changes the code of an instance. */
export async function goldPlacesOf(
  parts: CodeParts,
  instance: Instance,
  diff: string,
  watch: StageWatch,
): Promise<GoldPlaces> {
  const files = readGoldFiles(diff);
  const code = await readCode(parts, instance, watch);
  await code.tree.close();
  const functions = files.flatMap((file) => {
    const record = code.candidates.find(({ path }) => path === file.path)?.record;
    return goldFunctions(file, record?.declarations ?? []);
  });
  return { files, functions };
}

export function gradePlaces(places: readonly CodePointer[], gold: GoldPlaces): Grades {
  const { files, functions } = ranksOfGold(places, gold);
  return {
    'file-recall@1': recallWithin(files, 1),
    'file-recall@5': recallWithin(files, 5),
    'file-recall@10': recallWithin(files, 10),
    'file-reciprocal-rank': reciprocalRank(files),
    'function-recall@5': recallWithin(functions, 5),
    'function-recall@10': recallWithin(functions, 10),
    'line-recall': lineRecall(places, gold),
    'lines-handed-on': linesHandedOn(places),
  };
}
