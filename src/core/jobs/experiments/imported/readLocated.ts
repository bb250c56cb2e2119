import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BadLine } from '../../../exchange/fields.ts';
import { parseAgentlessLine } from '../../../exchange/located/agentless.ts';
import {
  DECISIONS_FOLDER,
  parseDecision,
  parseRanking,
  RANKING_FILE,
} from '../../../exchange/located/codemonkeys.ts';
import type { Located } from '../../../exchange/located/located.ts';
import { readPieces } from '../../../exchange/pieces.ts';
import type { ImportedPlaces } from '../../../model/api/experiments.ts';
import { AppError } from '../../../model/errors.ts';
import { joined, localized, type LocalizedText, verbatim } from '../../../model/localizedText.ts';
import { listFolder, readIfPossible } from '../../../platform/disk.ts';
import { createLineCutter } from '../../../platform/text/lineCutter.ts';

/** Of a line of Agentless, which also holds all that its model was asked. */
const MOST_CHARACTERS = 32_000_000;
/** Of a file of CodeMonkeys. */
const MOST_BYTES = 16_000_000;

export type LocatedItem = Located | { readonly unreadable: LocalizedText };

/** What another program located, issue by issue, in its order; what is damaged is told in its place. */
export interface LocatedSource {
  readonly format: ImportedPlaces['format'];
  readonly items: AsyncIterable<LocatedItem> | Iterable<LocatedItem>;
}

/**
 * @param path see `PlacesOrder.located`
 * @throws AppError `bad-argument` for what is not there, or neither of the two
 */
export function readLocated(path: string): LocatedSource {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return { format: 'agentless', items: readAgentless(path) };
  }
  const folders = isInstance(path)
    ? [path]
    : [...listFolder(path)]
        .sort()
        .map((name) => join(path, name))
        .filter(isInstance);
  if (folders.length > 0) return { format: 'codemonkeys', items: readCodemonkeys(folders) };
  throw new AppError(
    'bad-argument',
    localized`${path} holds no folder with ${RANKING_FILE} or ${DECISIONS_FOLDER}`,
  );
}

function isInstance(folder: string): boolean {
  const names = listFolder(folder);
  return names.includes(RANKING_FILE) || names.includes(DECISIONS_FOLDER);
}

async function* readAgentless(file: string): AsyncGenerator<LocatedItem, void, undefined> {
  const cutter = createLineCutter(MOST_CHARACTERS);
  let at = 0;
  const read = (raw: string): LocatedItem | undefined => {
    at += 1;
    const line = raw.trim();
    if (line === '') return undefined;
    const where = localized`line ${at}`;
    if (raw.length > MOST_CHARACTERS) return tooLong(where);
    return readable(where, () => parseAgentlessLine(line));
  };
  for await (const { text } of readPieces({ file })) {
    for (const line of cutter.take(text)) {
      const item = read(line);
      if (item !== undefined) yield item;
    }
  }
  const item = read(cutter.end());
  if (item !== undefined) yield item;
}

function* readCodemonkeys(folders: readonly string[]): Generator<LocatedItem, void, undefined> {
  for (const folder of folders) {
    const instanceId = basename(folder);
    const where = verbatim(instanceId);
    const text = textOf(join(folder, RANKING_FILE));
    if (text === undefined) {
      yield { unreadable: joined([where, localized`there is no ${RANKING_FILE}`], ': ') };
    } else if (text === null) {
      yield tooLong(where);
    } else {
      yield readable(where, () => ({
        ...{ instanceId, files: parseRanking(text), spots: [] },
        reasonFor: (path) => reasonFor(join(folder, DECISIONS_FOLDER, `${path}.json`)),
      }));
    }
  }
}

/** A reason is worth less than the place it is of: what is damaged counts as none. */
function reasonFor(file: string): string | undefined {
  const text = textOf(file);
  if (text === undefined || text === null) return undefined;
  try {
    return parseDecision(text);
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    return undefined;
  }
}

/** `undefined` where it is not there; `null` where it is too long to be read. */
function textOf(file: string): string | null | undefined {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile() !== true) return undefined;
  return status.size > MOST_BYTES ? null : readIfPossible(file)?.toString('utf8');
}

function readable(where: LocalizedText, read: () => Located): LocatedItem {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    return { unreadable: joined([where, error.localizedMessage], ': ') };
  }
}

function tooLong(where: LocalizedText): LocatedItem {
  return { unreadable: joined([where, localized`it is too long`], ': ') };
}
