import type { SourceState } from '../../model/api/patterns.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { FindParts } from '../find/find.ts';
import { checkSources } from '../locate/checkSources.ts';
import type { LocateParts } from '../locate/locate.ts';

/**
 * What the disk says of the code of patterns that are about to be put before a language model.
 *
 * @param folders where the task is; the folder of whoever asks when there are none
 */
export async function sourcesIn(
  parts: LocateParts & Pick<FindParts, 'folder' | 'projectsOfFolders'>,
  rows: readonly { readonly id: PatternId }[],
  folders: readonly string[],
): Promise<ReadonlyMap<PatternId, SourceState>> {
  const { library, folder, projectsOfFolders } = parts;
  const around = folders.length > 0 || folder === undefined ? folders : [folder];
  const patterns = rows.flatMap(({ id }) => library.patterns.byId(id) ?? []);
  const projects = await projectsOfFolders(around);
  return checkSources(parts, patterns, { folders: around, projects });
}
