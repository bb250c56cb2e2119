import type { Located } from '../../../exchange/located/located.ts';
import type {
  ImportedPlaces,
  PassedOverCode,
  PlacesOrder,
} from '../../../model/api/experiments.ts';
import type { Watch } from '../../../model/api/watch.ts';
import { AppError } from '../../../model/errors.ts';
import { joined, localized, type LocalizedText, verbatim } from '../../../model/localizedText.ts';
import type { GradedInstance } from '../../../model/resolution/instanceSet.ts';
import { benchmarkInstances } from '../instances/benchmark.ts';
import { IMPORTED } from '../../resolve/localizers/imported.ts';
import { openKeptPlaces } from '../../resolve/localizers/keptPlaces.ts';
import type { CodeParts } from '../../resolve/localizers/readCode.ts';
import { openSourceTree } from '../../resolve/sourceTree.ts';
import { type PassedOverTally, tallyPassedOver } from './passedOver.ts';
import { placesInTree } from './placesInTree.ts';
import { readLocated } from './readLocated.ts';

/**
 * Keeps what another program located as the answers of `imported`.
 *
 * @throws AppError as `ExperimentsApi.importPlaces`
 */
export async function importPlaces(
  parts: CodeParts,
  { located, instances: file, repository }: PlacesOrder,
  watch: Watch,
): Promise<ImportedPlaces> {
  const { format, items } = readLocated(located);
  const passedOver = tallyPassedOver();
  const waiting = new Map<string, Located>();
  for await (const item of items) {
    watch.signal?.throwIfAborted();
    if ('unreadable' in item) passedOver.add('unreadable', item.unreadable);
    // What was written last is what a program that was started again came to.
    else waiting.set(item.instanceId, item);
  }
  const total = waiting.size;
  let instances = 0;
  let places = 0;
  for await (const read of benchmarkInstances(file, repository)) {
    watch.signal?.throwIfAborted();
    if ('unusable' in read) {
      passedOver.add('instance-unusable', read.unusable);
      continue;
    }
    const { instance } = read;
    const found = waiting.get(instance.id);
    if (found === undefined) continue;
    waiting.delete(instance.id);
    const kept = await keep(parts, instance, found, { passedOver, watch });
    places += kept;
    if (kept > 0) instances += 1;
    const done = total - waiting.size;
    watch.onProgress?.({ stage: 'issues', done, total, patterns: 0 });
  }
  for (const id of waiting.keys()) passedOver.add('instance-unknown', verbatim(id));
  return { format, instances, places, passedOver: passedOver.all() };
}

interface Keeping {
  readonly passedOver: PassedOverTally;
  readonly watch: Watch;
}

/**
 * @returns places that are kept
 * @throws AppError `library-write-failed`, `bad-config`
 */
async function keep(
  parts: CodeParts,
  instance: GradedInstance['instance'],
  found: Located,
  { passedOver, watch }: Keeping,
): Promise<number> {
  const { exclude } = parts.settings(instance.folder).extraction;
  const of = (what: LocalizedText): LocalizedText => joined([verbatim(instance.id), what], ': ');
  const { signal } = watch;
  const tree = await openSourceTree(instance, { exclude, now: parts.now }, signal).catch(
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      passedOver.add('instance-unusable', of(error.localizedMessage));
      return undefined;
    },
  );
  if (tree === undefined) return 0;
  try {
    const note = (code: PassedOverCode, what: string): void => {
      passedOver.add(code, of(verbatim(what.slice(0, LONGEST_NAME))));
    };
    const places = await placesInTree(parts, tree, found, { note, ...(signal && { signal }) });
    if (places.length === 0) {
      passedOver.add('nothing-left', verbatim(instance.id));
      return 0;
    }
    const kept = openKeptPlaces(parts.libraryFolder);
    const asked = { tree: tree.identity(), text: instance.text, localizer: IMPORTED };
    kept.set(asked, places);
    if (kept.get(asked) !== undefined) return places.length;
    throw new AppError(
      'library-write-failed',
      localized`the places of ${instance.id} cannot be kept in ${parts.libraryFolder}`,
    );
  } finally {
    await tree.close();
  }
}

/** Of a path that somebody else wrote, as much as is told. */
const LONGEST_NAME = 200;
