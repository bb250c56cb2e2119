import { resolve } from 'node:path';
import { openExtractor } from '../../extraction/extractor.ts';
import type { AroundPlace, FindQuery } from '../../model/api/find.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { InsertionPlace } from './insertion.ts';
import { queryAtPlace } from '../../retrieval/ranking/place.ts';
import { readSource } from '../../sources/files/readSource.ts';
import { MAX_SOURCE_BYTES } from '../../sources/sourceText.ts';
import { SKIP_REASONS } from './skipReasons.ts';

/** The text to search for. */
export interface QueryText {
  readonly text: string;
  /** The pattern the place in the file is itself. */
  readonly ownId: PatternId | undefined;
  /** What the place in the file is in, with the absolute path of the file, with `/`. */
  readonly around: (AroundPlace & { readonly path: string }) | undefined;
  /** Where something is to be inserted. */
  readonly insertion: InsertionPlace | undefined;
}

/**
 * The words of a query together with the code around its place, if it names one.
 *
 * @param folder relative file names start from here
 * @throws AppError `bad-argument` for a file that cannot be read as text
 */
export async function readQuery(
  { text, at }: Pick<FindQuery, 'text' | 'at'>,
  { assetsDir, folder }: { readonly assetsDir: string; readonly folder: string },
): Promise<QueryText> {
  if (at === undefined) return { text, ownId: undefined, around: undefined, insertion: undefined };
  const path = resolve(folder, at.file);
  const content = at.text ?? (await readText(path, at.file));
  const lines = content.split(/\r\n|\r|\n/);
  if (at.line > lines.length) {
    throw new AppError(
      'bad-argument',
      localized`${at.file} has ${lines.length} lines, not ${at.line}`,
    );
  }
  const extractor = await openExtractor({ assetsDir });
  try {
    const source = { path: at.file, text: content };
    const { text: code, fragment } = await queryAtPlace(
      extractor,
      source,
      at.line - 1,
      at.inserting,
    );
    const slashed = path.replaceAll('\\', '/');
    return {
      text: [text, code].filter((part) => part.trim() !== '').join('\n'),
      ownId: fragment?.fingerprint.slice(0, 16),
      around: fragment && { name: fragment.qualifiedName, range: fragment.range, path: slashed },
      insertion:
        at.inserting === true
          ? {
              path: slashed,
              lines: lines.slice(0, at.line),
              symbol: fragment?.qualifiedName,
            }
          : undefined,
    };
  } finally {
    extractor.close();
  }
}

/** @param name as it was given, for the error */
async function readText(path: string, name: string): Promise<string> {
  const file = await readSource(path, MAX_SOURCE_BYTES);
  if (!('skipped' in file)) return file.text;
  throw new AppError(
    'bad-argument',
    localized`cannot search at ${name}: ${SKIP_REASONS[file.skipped]}`,
  );
}
