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
  /** As extraction reads it; `undefined` where there is no file that can be read. */
  text(path: string): Promise<string | undefined>;
  /** Fragments of a text as if it stood in the file. */
  read(path: string, text: string): Promise<readonly Fragment[] | undefined>;
}

/** @param root absolute and real */
export function readProjectFiles({ extractor, gate }: SourceParts, root: string): ProjectFiles {
  const known = new Map<string, Promise<readonly Fragment[] | undefined>>();

  const absolute = (path: string): string | undefined =>
    normalise(path) === path ? join(root, path) : undefined;

  // As in extraction, or what is recorded would look changed.
  const redact = async (text: string): Promise<string> => (await gate.redact(text)).text;

  async function read(path: string, text: string): Promise<readonly Fragment[] | undefined> {
    return (await extractor.extract({ path, text: await redact(text) }))?.fragments;
  }

  async function textOf(path: string): Promise<string | undefined> {
    const file = absolute(path);
    if (file === undefined || leadsOut(root, file)) return undefined;
    const source = await readSource(file, MAX_SOURCE_BYTES);
    return 'skipped' in source ? undefined : source.text;
  }

  async function open(path: string): Promise<readonly Fragment[] | undefined> {
    const text = await textOf(path);
    return text === undefined ? undefined : read(path, text);
  }

  return {
    absolute,
    read,
    async text(path) {
      const text = await textOf(path);
      return text === undefined ? undefined : redact(text);
    },
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
