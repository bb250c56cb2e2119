import type { LocalizeOptions, Places } from '../../model/api/resolution.ts';
import type { Watch } from '../../model/api/watch.ts';
import { named, type NamelessInstance } from '../../model/resolution/instance.ts';
import { openGit } from '../../sources/git/repository.ts';
import { identifyProject } from '../../sources/project.ts';
import { collect } from '../../resolution/feed.ts';
import { firstOf } from './firstOf.ts';
import { createLocalizer, type LocalizerParts } from './localizers/createLocalizer.ts';

const PLACES = 10;

/**
 * Finds the files and functions in which an issue is to be resolved.
 *
 * @throws AppError `folder-not-found`, `git-failed`, `bad-config`, `bad-argument` for a revision
 *   that is not there, and of a localizer that asks a model those of `ChatModel.complete`
 */
export async function localize(
  parts: LocalizerParts,
  instance: NamelessInstance,
  { localizer = 'hybrid', limit = PLACES, atOnce = false }: LocalizeOptions,
  watch: Watch,
): Promise<Places> {
  const stage = await createLocalizer(localizer, { ...parts, atOnce });
  const places = await collect(stage.locate(named(instance), watch));
  return { places: firstOf(places, limit), root: await rootOf(instance, watch) };
}

/** Top level of the repository of an instance on the disk. */
export async function rootOf(
  { folder }: Pick<NamelessInstance, 'folder'>,
  watch: Watch,
): Promise<string> {
  const { root } = await identifyProject(folder, await openGit(folder, watch));
  return root;
}
