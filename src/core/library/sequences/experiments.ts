import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder } from '../../platform/disk.ts';
import { errorCode } from '../../platform/fileSystem.ts';

/** Where the sequences of a library are, a folder an experiment. */
export function sequencesFolder(libraryFolder: string): string {
  return join(libraryFolder, 'sequences');
}

/**
 * Where the sequences of one experiment are. Each has a folder of its own, so that one is forgotten
 * without touching the others; it is named by a hash, because not every disk takes every name.
 */
export function experimentFolder(libraryFolder: string, experiment: string): string {
  const name = createHash('sha256').update(experiment).digest('hex').slice(0, 16);
  return join(sequencesFolder(libraryFolder), name);
}

/** The folders of all experiments on record, in any order. */
export function experimentFolders(libraryFolder: string): readonly string[] {
  const folder = sequencesFolder(libraryFolder);
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Deletes all that is on record of an experiment.
 *
 * @returns false where something could not be deleted
 */
export function forgetExperiment(libraryFolder: string, experiment: string): boolean {
  return removeFolder(experimentFolder(libraryFolder, experiment));
}
