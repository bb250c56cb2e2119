import { join } from 'node:path';
import type { LocalizeOptions, Places } from '../../model/api/resolution.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Config } from '../../model/config.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { NamelessInstance } from '../../model/resolution/instance.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { codeIndexFile } from '../../library/codeIndexes.ts';
import { createTokenizer } from '../../platform/text/words.ts';
import { fileSignals } from '../../resolution/localization/fileSignals.ts';
import { readIssue } from '../../resolution/localization/issue.ts';
import { toPlaces } from '../../resolution/localization/places.ts';
import { rankDeclarations } from '../../resolution/localization/rankDeclarations.ts';
import { HYBRID, rankFiles, WORDS } from '../../resolution/localization/rankFiles.ts';
import { readCandidates } from './readCandidates.ts';
import { openRecordCache } from './recordCache.ts';
import { openSourceTree } from './sourceTree.ts';

export interface LocalizeParts {
  /** Folder of the library, in which words of code are kept from run to run. */
  readonly libraryFolder: string;
  readonly assetsDir: string;
  readonly gate: SecretGate;
  readonly settings: (folder: string) => Config;
  readonly now: () => EpochMs;
}

/** Functions are looked for in so many of the best files. */
const FILES_LOOKED_INTO = 10;
const PLACES = 10;

/**
 * Finds the files and functions in which an issue is to be resolved.
 *
 * @throws AppError `folder-not-found`, `git-failed`, `bad-config`, and `bad-argument` for a revision
 *   that is not there
 */
export async function localize(
  parts: LocalizeParts,
  instance: NamelessInstance,
  { localizer = 'hybrid', limit = PLACES }: LocalizeOptions,
  watch: Watch,
): Promise<Places> {
  const { exclude } = parts.settings(instance.folder).extraction;
  const tree = await openSourceTree(instance, { exclude, now: parts.now }, watch.signal);
  try {
    const tokenizer = createTokenizer();
    const cache = openRecordCache(codeIndexFile(join(parts.libraryFolder, 'derived'), tree.root));
    const candidates = await readCandidates({ ...parts, tokenizer, cache }, tree, watch);
    const issue = readIssue(instance.text);
    const table = fileSignals(issue, candidates, tokenizer);
    const ranked = rankFiles(candidates, table, localizer === 'words' ? WORDS : HYBRID);
    const read = await Promise.all(
      ranked.slice(0, FILES_LOOKED_INTO).map(async (file) => {
        return { file, text: (await tree.read(file.path))?.text };
      }),
    );
    const stretches = rankDeclarations(issue, read, tokenizer);
    return {
      places: toPlaces(issue, ranked.slice(0, limit), stretches.slice(0, limit)),
      ...{ root: tree.root, files: candidates.length },
    };
  } finally {
    await tree.close();
  }
}
