import type { Config } from '../../../model/config.ts';
import type { EpochMs } from '../../../model/epochMs.ts';
import { listFiles } from '../../../sources/files/listing.ts';
import { openGit } from '../../../sources/git/repository.ts';
import { toPathScope } from '../../../sources/pathScope.ts';
import { MAX_SOURCE_BYTES, openSourceTexts } from '../../../sources/sourceText.ts';

/**
 * Those of some files that extraction would read too: source code that neither git nor a setting
 * leaves out.
 *
 * @param paths relative to the folder, with `/`
 */
export async function readableFiles(
  folder: string,
  paths: readonly string[],
  { exclude, now }: Pick<Config['extraction'], 'exclude'> & { readonly now: () => EpochMs },
): Promise<ReadonlySet<string>> {
  const git = await openGit(folder);
  const root = git?.topLevel ?? folder;
  const subfolder = git?.subfolder ?? '';
  const { files } = await listFiles(root, {
    git,
    scope: toPathScope(subfolder, paths),
    texts: openSourceTexts(root, { attributesFile: git?.attributesFile, exclude, languages: [] }),
    maxBytes: MAX_SOURCE_BYTES,
    now,
  });
  const before = subfolder === '' ? 0 : subfolder.length + 1;
  return new Set(files.map(({ path }) => path.slice(before)));
}
