import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fragment } from '../../model/code.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Extractor } from '../../model/ports/extractor.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { isIn, normalise } from '../../sources/pathScope.ts';
import { readSource } from '../../sources/files/readSource.ts';
import { MAX_SOURCE_BYTES } from '../../sources/sourceText.ts';

export interface SourceParts {
  readonly extractor: Extractor;
  readonly gate: SecretGate;
}

/** The files of a project as they are now, each read once. */
export interface ProjectFiles {
  /** `undefined` for a path that leads out of the project, whoever recorded it. */
  absolute(path: string): string | undefined;
  /** `undefined` where there is no file that can be read. */
  fragments(path: string): Promise<readonly Fragment[] | undefined>;
  /** Fragments of a text as if it stood in the file. */
  read(path: string, text: string): Promise<readonly Fragment[] | undefined>;
}

/** @param root absolute and real */
export function readProjectFiles({ extractor, gate }: SourceParts, root: string): ProjectFiles {
  const known = new Map<string, Promise<readonly Fragment[] | undefined>>();

  const absolute = (path: string): string | undefined =>
    normalise(path) === path ? join(root, path) : undefined;

  async function read(path: string, text: string): Promise<readonly Fragment[] | undefined> {
    // As in extraction, or what is recorded would look changed.
    const redacted = await gate.redact(text);
    return (await extractor.extract({ path, text: redacted.text }))?.fragments;
  }

  async function open(path: string): Promise<readonly Fragment[] | undefined> {
    const file = absolute(path);
    if (file === undefined || leadsOut(root, file)) return undefined;
    const source = await readSource(file, MAX_SOURCE_BYTES);
    return 'skipped' in source ? undefined : read(path, source.text);
  }

  return {
    absolute,
    read,
    fragments(path) {
      let fragments = known.get(path);
      if (fragments === undefined) {
        fragments = open(path);
        known.set(path, fragments);
      }
      return fragments;
    },
  };
}

/** True behind a link to another place, and where there is no such folder. */
function leadsOut(root: string, file: string): boolean {
  try {
    return !isIn(root, realpathSync.native(dirname(file)));
  } catch {
    return true;
  }
}

export function idOf({ fingerprint }: Fragment): PatternId {
  return fingerprint.slice(0, 16);
}
