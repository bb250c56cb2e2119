import { lstatSync, type Stats } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { BadLine } from '../../exchange/fields.ts';
import { parsePackLine } from '../../exchange/pack.ts';
import { readPatternFile, type FileProblem } from '../../exchange/patternFile.ts';
import type { PatternFileProblem } from '../../model/api/packs.ts';
import { localized } from '../../model/localizedText.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { listFolder, readIfPossible } from '../../platform/disk.ts';
import { decodeText } from '../../platform/text/decode.ts';
import { openKnownIdioms } from '../exchange/knownIdioms.ts';
import { toGiven, type Given } from './plan.ts';

/** Below a project, with `/`: the patterns that its people share in git. */
export const PATTERN_FILES = '.pattern-foundry/patterns';

export const MOST_PATTERN_FILES = 2_000;
/** Larger than any pattern that a person reviews. */
const MOST_BYTES = 1_000_000;

/** The patterns that a project's files hold. */
export interface PatternFiles {
  readonly given: ReadonlyMap<PatternId, Given>;
  /** Relative to the project, with `/`, by the id of its pattern. */
  readonly files: ReadonlyMap<PatternId, string>;
  readonly problems: readonly PatternFileProblem[];
}

interface Found {
  readonly name: string;
  readonly stats: Stats;
}

/** Names of files in order; none where there is no such folder, or where it is a link that leads away. */
function findFiles(root: string): readonly Found[] {
  if (placeOf(root) !== 'here') return [];
  return listFolder(join(root, PATTERN_FILES))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .flatMap((name) => {
      const stats = lstatSync(join(root, PATTERN_FILES, name), { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ name, stats }];
    });
}

/** Whether the folder is there, and whether each one on the way is one of the project itself. */
export function placeOf(root: string): 'here' | 'nowhere' | 'elsewhere' {
  const [outer = '', inner = ''] = PATTERN_FILES.split('/');
  for (const folder of [join(root, outer), join(root, outer, inner)]) {
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (stats === undefined) return 'nowhere';
    if (!stats.isDirectory()) return 'elsewhere';
  }
  return 'here';
}

/** What `stampOf` tells of a project without files. */
export const NO_FILES = 'none';

/** Another text where a file came, went or was written since. */
export function stampOf(root: string): string {
  const files = findFiles(root);
  if (files.length === 0) return NO_FILES;
  const hash = createHash('sha256');
  for (const { name, stats } of files) hash.update(`${name}\0${stats.size}\0${stats.mtimeMs}\n`);
  return hash.digest('hex');
}

/**
 * Patterns have the ids by which the library knows them.
 *
 * @param root absolute: of the project
 */
export async function readPatternFiles(library: Library, root: string): Promise<PatternFiles> {
  const asHere = openKnownIdioms(library);
  const given = new Map<PatternId, Given>();
  const files = new Map<PatternId, string>();
  const problems: PatternFileProblem[] = [];
  const found = findFiles(root);
  for (const { name, stats } of found.slice(0, MOST_PATTERN_FILES)) {
    const file = `${PATTERN_FILES}/${name}`;
    const read = await readOne(join(root, file), stats);
    if ('code' in read) {
      problems.push({ file, ...read });
      continue;
    }
    const event = asHere(read.event);
    const { id } = event.text;
    const first = files.get(id);
    if (first === undefined) {
      given.set(id, { event, hash: read.hash });
      files.set(id, file);
    } else {
      const reason = localized`${first} holds the same pattern`;
      problems.push({ file, code: 'pattern-file-duplicate', line: null, reason });
    }
  }
  if (found.length > MOST_PATTERN_FILES) {
    const reason = localized`only the first ${MOST_PATTERN_FILES} files are read`;
    problems.push({ file: PATTERN_FILES, code: 'pattern-files-too-many', line: null, reason });
  }
  return { given, files, problems };
}

async function readOne(path: string, stats: Stats): Promise<Given | FileProblem> {
  const damaged = (reason: FileProblem['reason']): FileProblem => ({
    ...{ code: 'pattern-file-damaged', line: null, reason },
  });
  if (!stats.isFile()) {
    const reason = localized`it is a link or no file: only what lies here is read`;
    return { code: 'pattern-file-linked', line: null, reason };
  }
  if (stats.size > MOST_BYTES) {
    return {
      ...{ code: 'pattern-file-too-large', line: null },
      reason: localized`it is larger than ${MOST_BYTES} bytes`,
    };
  }
  const bytes = readIfPossible(path);
  if (bytes === undefined) return damaged(localized`it cannot be read`);
  const decoded = await decodeText(bytes);
  if (!('text' in decoded)) return damaged(localized`it is not text`);
  const read = readPatternFile(decoded.text);
  if ('code' in read) return read;
  try {
    return toGiven(parsePackLine(read.fields), JSON.stringify(read.fields));
  } catch (error) {
    if (error instanceof BadLine) return damaged(error.localizedMessage);
    throw error;
  }
}
