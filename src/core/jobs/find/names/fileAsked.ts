import type { ListedRow } from '../../../model/ports/listing.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';

const MAX_CHARACTERS = 500;

/**
 * What stands in the file that a text names, by its name alone or with folders before it; `undefined`
 * where it names none of these rows' files. Git and editors write `./` or a line behind it.
 *
 * @returns in the order given
 */
export function rowsOfFile<Row extends Pick<ListedRow, 'path'>>(
  text: string,
  rows: readonly Row[],
): readonly Row[] | undefined {
  if (text.length > MAX_CHARACTERS || /\s/.test(text)) return undefined;
  const path = text.replaceAll('\\', '/').replace(/^\.\//, '').replace(/:\d+$/, '');
  if (languageOf(path) === undefined) return undefined;
  const asked = `/${path.normalize('NFC')}`;
  const found = rows.filter((row) => `/${row.path?.normalize('NFC') ?? ''}`.endsWith(asked));
  return found.length === 0 ? undefined : found;
}
