import { join } from 'node:path';
import { place } from '../../../library/sequences/fields.ts';
import type { CodePointer, Signal } from '../../../model/resolution/codePointer.ts';
import type { Localization } from '../../../model/resolution/stages.ts';
import { openKeptFiles } from '../../../platform/keptFiles.ts';
import { collect } from '../../../resolution/feed.ts';
import { openSourceTree, type SourceTree } from '../sourceTree.ts';
import type { CodeParts } from './readCode.ts';

/** Answers of localizers, by all that they depend on. */
export interface KeptPlaces {
  get(asked: AskedPlaces): readonly CodePointer[] | undefined;
  set(asked: AskedPlaces, places: readonly CodePointer[]): void;
}

export interface AskedPlaces {
  /** `SourceTree.identity` of the code. */
  readonly tree: string;
  /** The text of the issue. */
  readonly text: string;
  readonly localizer: Pick<Localization, 'name' | 'parameters'>;
}

/** Some thousands of answers. */
const MOST_BYTES = 128 * 1024 * 1024;

/** @param libraryFolder a purge deletes what is kept in it, since reasons quote code */
export function openKeptPlaces(libraryFolder: string, mostBytes = MOST_BYTES): KeptPlaces {
  const files = openKeptFiles(join(libraryFolder, 'derived', 'located-1'), mostBytes);
  return {
    get(asked) {
      const places = files.get(keyOf(asked));
      const isSound = Array.isArray(places) && places.every((one) => place.holds(one));
      return isSound ? (places as readonly CodePointer[]) : undefined;
    },
    set(asked, places) {
      files.set(keyOf(asked), places);
    },
  };
}

function keyOf({ tree, text, localizer: { name, parameters } }: AskedPlaces): string {
  const sorted = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([tree, text, name, sorted]);
}

/**
 * A localizer that is asked once about the same issue of the same code, by whichever process.
 *
 * @param telling the signal that shows that an answer is all it can be, and not what was left when a
 *   model did not answer: other answers are not kept. `undefined` where there is no such signal
 */
export function withKeptPlaces(
  localizer: Localization,
  parts: CodeParts,
  telling: Signal | undefined,
): Localization {
  const kept = openKeptPlaces(parts.libraryFolder);
  return {
    name: localizer.name,
    parameters: localizer.parameters,
    async *locate(instance, watch = {}) {
      const opening = {
        exclude: parts.settings(instance.folder).extraction.exclude,
        now: parts.now,
      };
      const tree = await openSourceTree(instance, opening, watch.signal);
      try {
        const asked = { tree: tree.identity(), text: instance.text, localizer };
        const known = kept.get(asked);
        if (known !== undefined) {
          yield* known;
          return;
        }
        const places = await collect(localizer.locate(instance, watch));
        if (isWhole(places, telling) && isUnchanged(tree, asked.tree)) kept.set(asked, places);
        yield* places;
      } finally {
        await tree.close();
      }
    },
  };
}

function isWhole(places: readonly CodePointer[], telling: Signal | undefined): boolean {
  return telling === undefined || places.some(({ signals }) => signals[telling] !== undefined);
}

/** Files of a work tree may be written while they are read. */
function isUnchanged(tree: SourceTree, identity: string): boolean {
  return tree.identity() === identity;
}
