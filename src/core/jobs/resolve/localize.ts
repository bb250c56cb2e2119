import type { LocalizeOptions, Places } from '../../model/api/resolution.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { CodePointer } from '../../model/resolution/codePointer.ts';
import { named, type NamelessInstance } from '../../model/resolution/instance.ts';
import { openGit } from '../../sources/git/repository.ts';
import { identifyProject } from '../../sources/project.ts';
import { collect } from '../../resolution/feed.ts';
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
  const git = await openGit(instance.folder, watch);
  const { root } = await identifyProject(instance.folder, git);
  return { places: firstOf(places, limit), root };
}

/** So many files, and as many places that lie in them. */
function firstOf(places: readonly CodePointer[], limit: number): readonly CodePointer[] {
  const files = places.filter(({ kind }) => kind === 'file').slice(0, limit);
  const paths = new Set(files.map(({ path }) => path));
  const inside = places.filter(({ kind, path }) => kind !== 'file' && paths.has(path));
  const kept = new Set([...files, ...inside.slice(0, limit)]);
  return places.filter((place) => kept.has(place));
}
