import search from 'libnpmsearch';
import pacote from 'pacote';
import { AppError } from '../model/errors.ts';
import type { FoundPack, PackVersion } from '../model/api/packs.ts';
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

/** Newest first: what was published last. @throws AppError `pack-not-found` */
export async function listVersions(name: string): Promise<readonly PackVersion[]> {
  try {
    const settings = await npmSettings();
    // The short form has no times.
    const asked = { ...settings, fullMetadata: true, preferOnline: true } as const;
    const packument = await pacote.packument(name, asked);
    const { versions } = packument;
    // Small registries leave times out.
    const { time = {} } = packument as { readonly time?: Readonly<Record<string, unknown>> };
    const timeOf = (version: string): string | null => {
      const told = time[version];
      return typeof told === 'string' ? told : null;
    };
    return Object.entries(versions)
      .map(([version, { description = '' }]) => {
        return { version, description, publishedAt: timeOf(version) };
      })
      .reverse()
      .sort((a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('pack-not-found', localized`${name} cannot be fetched: ${verbatim(reason)}`);
  }
}

/** Packs that hold the words, in the order of the registry. @throws AppError `pack-not-found` */
export async function searchPacks(words: string): Promise<readonly FoundPack[]> {
  try {
    const settings = { ...(await npmSettings()), limit: MOST_FOUND };
    const packsBy = async (query: string): Promise<readonly FoundPack[]> =>
      (await search(query, settings))
        .filter(({ keywords = [] }) => keywords.includes(KEYWORD))
        .map((found) => ({
          name: found.name,
          version: found.version ?? found['dist-tags']?.['latest'] ?? '',
          description: found.description ?? '',
          author: found.publisher?.username ?? '',
        }));
    const found = await packsBy(`keywords:${KEYWORD} ${words}`.trim());
    // Private registries such as Verdaccio take a keyword for a word, which no name holds.
    return found.length > 0 ? found : await packsBy(words.trim());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'pack-not-found',
      localized`the registry does not answer: ${verbatim(reason)}`,
    );
  }
}
