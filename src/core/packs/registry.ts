import search from 'libnpmsearch';
import pacote from 'pacote';
import { AppError } from '../model/errors.ts';
import type { FoundPack } from '../model/api/packs.ts';
import { localized, verbatim } from '../model/localizedText.ts';
import { npmSettings } from './npmSettings.ts';
import { KEYWORD } from './contents.ts';

const MOST_FOUND = 50;

/**
 * The tarball of a package, whose integrity is checked; its scripts are not run.
 *
 * @throws AppError `pack-not-found`
 */
export async function fetchPackage(spec: string): Promise<Buffer> {
  try {
    return await pacote.tarball(spec, {
      ...(await npmSettings()),
      ignoreScripts: true,
      preferOnline: true,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('pack-not-found', localized`${spec} cannot be fetched: ${verbatim(reason)}`);
  }
}

/** Packs that hold the words, in the order of the registry. @throws AppError `pack-not-found` */
export async function searchPacks(words: string): Promise<readonly FoundPack[]> {
  try {
    const query = `keywords:${KEYWORD} ${words}`.trim();
    const found = await search(query, { ...(await npmSettings()), limit: MOST_FOUND });
    return found
      .filter(({ keywords = [] }) => keywords.includes(KEYWORD))
      .map(({ name, version, description = '', publisher }) => ({
        ...{ name, version, description },
        author: publisher?.username ?? '',
      }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'pack-not-found',
      localized`the registry does not answer: ${verbatim(reason)}`,
    );
  }
}
