import type { ReadFiles } from '../../model/api/packs.ts';
import type { Library } from '../../model/ports/library.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import { readInstalled, writeInstalled, type InstalledPacks } from '../../packs/installed.ts';
import { NO_FILES, readPatternFiles, stampOf } from './patternFiles.ts';
import { planFor } from './plan.ts';

/** A project whose files are looked at. */
export interface FilesProject {
  /** Absolute. */
  readonly root: string;
  readonly key: ProjectKey;
  readonly name: string;
  /** See `Project.parent`. */
  readonly parent: string;
}

export interface ReadingFiles {
  readonly library: Library;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** See `PacksApi.read`. */
  readonly takesAccepted: boolean;
}

/**
 * What a run over a project picks up by itself: nothing where no file changed, or where a person
 * removed what these files brought.
 */
export async function pickUpFiles(
  library: Library,
  project: FilesProject,
  at: string,
): Promise<ReadFiles | undefined> {
  const installed = readInstalled(library.folder);
  const pack = packOf(installed, project);
  const before = installed.packs[pack];
  if (before === undefined && installed.removed[pack] !== undefined) return undefined;
  if (before?.files?.stamp === stampOf(project.root)) return undefined;
  return readFiles({ library, at, takesAccepted: false }, project);
}

/** Takes in what a project's files hold; `undefined` where there is no file and never was. */
export async function readFiles(
  { library, at, takesAccepted }: ReadingFiles,
  project: FilesProject,
): Promise<ReadFiles | undefined> {
  const stamp = stampOf(project.root);
  const installed = readInstalled(library.folder);
  const pack = packOf(installed, project);
  const before = installed.packs[pack];
  if (stamp === NO_FILES && before === undefined) return undefined;
  const { given, problems } = await readPatternFiles(library, project.root);
  const plan = planFor(
    library,
    { name: pack, given: given.values() },
    // What cannot be read may be any of those that seem to be gone.
    {
      takesAccepted,
      keeps: new Set(problems.length > 0 ? Object.keys(before?.patterns ?? {}) : []),
    },
  );
  await library.record(plan.events);
  // What is wrong is told by each run until it is mended.
  const isDone = problems.length === 0 && plan.differing.length === 0;
  const files = { project: project.key, stamp: isDone ? stamp : null };
  const now = readInstalled(library.folder);
  writeInstalled(library.folder, {
    ...now,
    packs: { ...now.packs, [pack]: { ...plan.next, version: '', addedAt: at, files } },
    removed: { ...now.removed, [pack]: [] },
    labels: { ...now.labels, [project.key]: pack },
  });
  const { added, changed, removed: gone, differing } = plan;
  const waiting = [...given.values()].flatMap(({ event: { text } }) =>
    library.patterns.byId(text.id)?.state === 'quarantined' ? [text.name] : [],
  );
  return {
    ...{ pack, patterns: given.size, added, changed, removed: gone },
    ...{ differing, waiting, problems },
  };
}

/** Two projects of one name have labels of their own, also where what one of them brought was removed. */
function packOf({ packs, labels = {} }: InstalledPacks, project: FilesProject): string {
  const { key, name, parent } = project;
  const known = Object.entries(packs).find(([, { files }]) => files?.project === key);
  const own = labels[key] ?? known?.[0];
  if (own !== undefined) return own;
  const label = `repository ${parent === '' ? name : `${parent}/${name}`}`;
  const isTaken = packs[label] !== undefined || Object.values(labels).includes(label);
  return isTaken ? `${label} (${key})` : label;
}
