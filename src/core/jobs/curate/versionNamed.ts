import type { PatternVersion } from '../../model/outcomes/version.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Library } from '../../model/ports/library.ts';
import { found } from './curate.ts';

/**
 * A version of a pattern, by the first digits of its name.
 *
 * @throws AppError `pattern-not-found`, `version-not-found`
 */
export function versionNamed(library: Library, id: string, version: string): PatternVersion {
  const pattern = found(library, id);
  const named = library.versions
    .of(pattern.id)
    .filter((one) => version !== '' && one.version.startsWith(version));
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  throw new AppError(
    'version-not-found',
    localized`no single version of pattern ${pattern.name} matches ${version}`,
  );
}
