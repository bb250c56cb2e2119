import { randomBytes } from 'node:crypto';
import { experimentFolder, experimentFolders } from '../../../library/sequences/experiments.ts';
import { openSequences } from '../../../library/sequences/sequences.ts';
import type { EpochMs } from '../../../model/epochMs.ts';
import { AppError } from '../../../model/errors.ts';
import type { SecretGate } from '../../../model/ports/secretGate.ts';
import type { InstanceId } from '../../../model/resolution/instance.ts';
import type {
  RunKey,
  SequenceReceipt,
  SequenceStorage,
  SequenceWriter,
} from '../../../model/resolution/sequence.ts';
import type { Parameters } from '../../../model/resolution/stages.ts';

export interface StorageParts {
  readonly libraryFolder: string;
  readonly gate: SecretGate;
  readonly now: () => EpochMs;
}

/** What is on record of an experiment; must be closed. */
export function openExperiment(
  { libraryFolder, gate, now }: StorageParts,
  experiment: string,
): SequenceStorage {
  const folder = experimentFolder(libraryFolder, experiment);
  return openSequences({ folder, gate, now, random: randomBytes });
}

/** What is on record of all experiments; each must be closed. */
export function openExperiments({
  libraryFolder,
  gate,
  now,
}: StorageParts): readonly SequenceStorage[] {
  return experimentFolders(libraryFolder).map((folder) =>
    openSequences({ folder, gate, now, random: randomBytes }),
  );
}

/**
 * Records a run, and where it comes to nothing, why. One that is stopped is neither finished nor
 * failed: it goes on another time.
 *
 * @throws what the run throws, and as `SequenceWriter.write`
 */
export async function recordRun<Id extends InstanceId>(
  storage: SequenceStorage,
  { key, hypers }: { readonly key: RunKey<Id>; readonly hypers: Parameters },
  run: (writer: SequenceWriter<Id>) => Promise<SequenceReceipt<Id>>,
): Promise<SequenceReceipt<Id>> {
  const writer = await storage.begin(key, hypers);
  try {
    return await run(writer);
  } catch (error) {
    if (error instanceof AppError) {
      await storage.fail(key, { code: error.code, message: error.message });
    }
    throw error;
  }
}
