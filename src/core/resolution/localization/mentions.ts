import { identifiersIn } from './fileRecord.ts';
import type { Frame, Issue } from './issue.ts';

type Paths = readonly (readonly string[])[];

/** A name alone may be that of another file. */
const BARE_NAME = 0.5;

/** Whether the issue names the file: by the longest end of its path, shared where several end so. */
export function mentionScores({ paths: mentions }: Issue, paths: Paths): Float64Array {
  const scores = new Float64Array(paths.length);
  const best = createEndings(paths);
  for (const mention of mentions) {
    const { length, files } = best(mention);
    const worth = (length > 1 ? 1 : BARE_NAME) / files.length;
    for (const file of files) scores[file] = Math.max(scores[file] ?? 0, worth);
  }
  return scores;
}

/** How much each frame before the one that failed counts of the one behind it. */
export const FADING = 0.5;

/** Whether a traceback passes through the file, the later the more. */
export function tracebackScores({ frames }: Issue, paths: Paths): Float64Array {
  const scores = new Float64Array(paths.length);
  const inside = projectFrames(frames, paths);
  for (const [at, { files }] of inside.entries()) {
    const worth = FADING ** (inside.length - 1 - at) / files.length;
    for (const file of files) scores[file] = Math.max(scores[file] ?? 0, worth);
  }
  return scores;
}

/** A frame with the files it may be of, by their index. */
export interface ProjectFrame {
  readonly frame: Frame;
  readonly files: readonly number[];
}

/**
 * The frames that pass through files of the project, in their order; others are no step further from
 * the failure. A library may have a file of the same name, so the folder must be the same, too, where
 * both tell one.
 */
export function projectFrames(frames: readonly Frame[], paths: Paths): readonly ProjectFrame[] {
  const best = createEndings(paths);
  return frames.flatMap((frame) => {
    const { length, files } = best(frame.path);
    const inSame = files.filter(
      (file) => length >= Math.min(2, frame.path.length, paths[file]?.length ?? 0),
    );
    return inSame.length === 0 ? [] : [{ frame, files: inSame }];
  });
}

const IN_TEXT = 0.5;

/** Whether the name of the file, without its ending, is a word of the issue. */
export function basenameScores({ title, text }: Issue, paths: Paths): Float64Array {
  const inTitle = new Set(identifiersIn(title));
  const inText = new Set(identifiersIn(text));
  return Float64Array.from(paths, (parts) => {
    const name = (parts.at(-1) ?? '').replace(/\.[^.]*$/, '');
    if (inTitle.has(name)) return 1;
    return inText.has(name) ? IN_TEXT : 0;
  });
}

interface Ending {
  /** Parts that are equal. */
  readonly length: number;
  readonly files: readonly number[];
}

/** Finds the files whose paths share the longest end with another path. */
function createEndings(paths: Paths): (path: readonly string[]) => Ending {
  const byName = new Map<string, number[]>();
  for (const [file, parts] of paths.entries()) {
    const name = parts.at(-1) ?? '';
    const files = byName.get(name);
    if (files === undefined) byName.set(name, [file]);
    else files.push(file);
  }
  return (path) => {
    let length = 0;
    let files: readonly number[] = [];
    for (const file of byName.get(path.at(-1) ?? '') ?? []) {
      const shared = sharedEnd(path, paths[file] ?? []);
      if (shared > length) files = [];
      if (shared < length) continue;
      length = shared;
      files = [...files, file];
    }
    return { length, files };
  };
}

function sharedEnd(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (
    length < one.length &&
    length < other.length &&
    one.at(-1 - length) === other.at(-1 - length)
  ) {
    length += 1;
  }
  return length;
}
