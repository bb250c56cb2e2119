import fs from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../../model/config.ts';
import type { EpochMs } from '../../../model/epochMs.ts';
import { AppError } from '../../../model/errors.ts';
import { localized } from '../../../model/localizedText.ts';
import type { Library } from '../../../model/ports/library.ts';
import { withoutSecrets, type SecretGate } from '../../../model/ports/secretGate.ts';
import type { Deed, EditDeed, Recording } from '../../../model/sessions/deed.ts';
import { toWriteFailure } from '../../../library/journal/lineWriter.ts';
import { recordingsFolder } from '../../../library/recordings.ts';
import { listFolder, makePrivateFolder, PRIVATE_FILE, removeFile } from '../../../platform/disk.ts';
import { readableFiles } from './readableFiles.ts';

export interface RecordDeedsParts {
  readonly library: Library;
  readonly gate: SecretGate;
  readonly exclude: Config['extraction']['exclude'];
  readonly now: () => EpochMs;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** See `SessionsApi.record`. */
export async function recordDeeds(
  parts: RecordDeedsParts,
  recording: Recording,
  deeds: readonly Deed[],
): Promise<void> {
  const { library, gate } = parts;
  if (!UUID.test(recording.id)) {
    throw new AppError('bad-argument', localized`a recording is named by a UUID`);
  }
  if (library.readOnlyReason !== undefined || deeds.length === 0) return;
  const told = await withoutPrivateText(parts, recording.folder, deeds);
  const rows = told.map((deed) => (deed.did === 'use' ? withPattern(library, deed) : deed));
  const safe: unknown[] = [];
  for (const row of rows) safe.push(await withoutSecrets(row, gate));
  // A library that holds nothing yet has no folder.
  await library.introduce();
  append(recordingsFolder(library.folder), recording, safe);
}

function append(folder: string, recording: Recording, rows: readonly unknown[]): void {
  const file = join(folder, `${recording.id}.jsonl`);
  const isNew = !fs.existsSync(file);
  const { id, ...facts } = recording;
  const all = isNew ? [{ recording: id, ...facts }, ...rows] : rows;
  try {
    makePrivateFolder(folder);
    fs.appendFileSync(file, all.map((row) => `${JSON.stringify(row)}\n`).join(''), {
      mode: PRIVATE_FILE,
    });
  } catch (error) {
    throw toWriteFailure(folder, error);
  }
  if (isNew) keepNewest(folder);
}

/** More would fill the disk; what was learned of older ones stays in the library. */
const MOST_RECORDINGS = 500;

function keepNewest(folder: string): void {
  const files = listFolder(folder).map((name) => join(folder, name));
  if (files.length <= MOST_RECORDINGS) return;
  const modifiedMs = (file: string): number =>
    fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newestFirst = files.toSorted((a, b) => modifiedMs(b) - modifiedMs(a));
  for (const file of newestFirst.slice(MOST_RECORDINGS)) removeFile(file);
}

/** Files that git ignores hold keys and passwords: that they changed is told, and not how. */
async function withoutPrivateText(
  { exclude, now }: RecordDeedsParts,
  folder: string,
  deeds: readonly Deed[],
): Promise<readonly Deed[]> {
  const paths = [...new Set(deeds.filter(isEdit).map(({ path }) => path))];
  if (paths.length === 0) return deeds;
  const readable = await readableFiles(folder, paths, { exclude, now });
  return deeds.map((deed) => {
    if (!isEdit(deed) || readable.has(deed.path)) return deed;
    const { number, at, did, path } = deed;
    return { number, at, did, path };
  });
}

function isEdit(deed: Deed): deed is EditDeed {
  return deed.did === 'save' || deed.did === 'edit';
}

/** Impressions are folded to counts one day; the pattern is told with them. */
function withPattern(
  { outcomes, patterns }: Library,
  deed: Deed & { readonly did: 'use' },
): object {
  const pattern = patterns.byId(outcomes.impression(deed.impression)?.pattern ?? '');
  return pattern === undefined ? deed : { ...deed, pattern: pattern.id, name: pattern.name };
}
