import { type LocalizedText, localized } from '../../model/localizedText.ts';
import type { SkipReason } from '../../sources/files/skip.ts';

/** Why a file is not read. */
export const SKIP_REASONS: Readonly<Record<SkipReason, LocalizedText>> = {
  binary: localized`binary`,
  'build-folder': localized`build-folder`,
  excluded: localized`excluded`,
  generated: localized`generated`,
  'lfs-pointer': localized`lfs-pointer`,
  minified: localized`minified`,
  'name-not-utf-8': localized`name-not-utf-8`,
  'nested-repository': localized`nested-repository`,
  'not-text': localized`not-text`,
  notebook: localized`notebook`,
  submodule: localized`submodule`,
  'symbolic-link': localized`symbolic-link`,
  'too-large': localized`too-large`,
  unreadable: localized`unreadable`,
  unsupported: localized`unsupported`,
  vendored: localized`vendored`,
};
