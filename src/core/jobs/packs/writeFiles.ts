import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseFields } from '../../exchange/fields.ts';
import { toPatternFile } from '../../exchange/patternFile.ts';
import { replaceFile } from '../../exchange/replaceFile.ts';
import type { WriteRequest, WrittenFiles } from '../../model/api/packs.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Pattern } from '../../model/pattern.ts';
import { readIfPossible } from '../../platform/disk.ts';
import { makeFolders } from '../../platform/fileSystem.ts';
import { inForce } from '../curate/curate.ts';
import { keepShared, lineOf } from '../exchange/shared.ts';
import { filterWithin } from '../find/scope.ts';
import type { PackParts } from './build.ts';
import { forReview } from './forReview.ts';
import { MOST_PATTERN_FILES, PATTERN_FILES, placeOf, readPatternFiles } from './patternFiles.ts';

/** Of a name in that of a file. */
const MOST_LETTERS = 40;

/** Writes patterns as files; one that has a file keeps it, so that git shows what changed. */
export async function writePatternFiles(
  parts: PackParts,
  request: WriteRequest,
  root: string,
): Promise<WrittenFiles> {
  const { library, gate } = parts;
  const { filter, projects } = await filterWithin(parts, request);
  const patterns = [
    ...(request.ids?.map((id) => inForce(library, id)) ?? library.patterns.each(filter)),
  ];
  if (patterns.length === 0) {
    throw new AppError('bad-argument', localized`there is nothing to write`);
  }
  if (patterns.length > MOST_PATTERN_FILES) {
    throw new AppError(
      'bad-argument',
      localized`${patterns.length} patterns are more than ${MOST_PATTERN_FILES} files: choose some`,
    );
  }
  const folder = openFolder(root);
  if (request.ids !== undefined && library.readOnlyReason === undefined) {
    await library.record(keepShared(patterns));
  }
  const { files, problems } = await readPatternFiles(library, root);
  const unreadable = new Set(problems.map(({ file }) => file));
  const written: string[] = [];
  let unchanged = 0;
  for (const pattern of patterns) {
    const file = files.get(pattern.id) ?? `${PATTERN_FILES}/${fileName(pattern)}`;
    if (unreadable.has(file)) continue;
    const text = toPatternFile(forReview(parseFields(await lineOf(pattern, gate))));
    // Git may have given it other line ends.
    const before = readIfPossible(join(root, file))?.toString('utf8').replaceAll('\r\n', '\n');
    if (before === text) {
      unchanged += 1;
      continue;
    }
    await replaceFile(join(root, file), Readable.from([text]));
    written.push(file);
  }
  return { folder, written, unchanged, problems, projects };
}

/** @throws AppError `bad-argument` where a link leads out of the project */
function openFolder(root: string): string {
  const folder = join(root, PATTERN_FILES);
  if (placeOf(root) === 'elsewhere') {
    throw new AppError(
      'bad-argument',
      localized`${folder} is a link: nothing is written through it`,
    );
  }
  makeFolders(folder);
  return folder;
}

/** Such as `retry-with-backoff-3f9a1c2e.yaml`. */
function fileName({ id, name }: Pattern): string {
  const words = name
    .normalize('NFKD')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_LETTERS)
    .replace(/^-|-$/g, '');
  return `${words === '' ? 'pattern' : words}-${id.slice(0, 8)}.yaml`;
}
