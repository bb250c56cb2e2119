import { join } from 'node:path';
import { type OpenExtractor, openExtractor } from '../../../extraction/extractor.ts';
import type { Absence, DeclaredName } from '../../../model/api/find.ts';
import type { Fragment } from '../../../model/code.ts';
import type { Config } from '../../../model/config.ts';
import { localized, type LocalizedText } from '../../../model/localizedText.ts';
import type { LibraryPatterns } from '../../../model/ports/libraryPatterns.ts';
import type { SecretGate } from '../../../model/ports/secretGate.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';
import { readSource } from '../../../sources/files/readSource.ts';
import { MAX_SOURCE_BYTES, openSourceTexts } from '../../../sources/sourceText.ts';
import { createWanted } from '../../extract/wanted.ts';
import { SKIP_REASONS } from '../skipReasons.ts';

/** A declaration that was found in a source. */
export interface FoundDeclaration {
  readonly name: string;
  readonly kind: DeclaredName['kind'];
  /** Absolute top of the repository. */
  readonly root: string;
  /** Relative to it, with `/`. */
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
}

export interface AbsenceParts {
  readonly assetsDir: string;
  /** In force for a folder. */
  readonly settingsOf: (folder: string) => Config;
  readonly patterns: Pick<LibraryPatterns, 'byId' | 'isForgotten'>;
  readonly gate: SecretGate;
}

/** The id of a pattern begins its fingerprint. */
const ID_DIGITS = 16;

/**
 * Shows declarations that the library lacks as it would show patterns, and says why it lacks each. Those
 * of files with a secret in their path are left out.
 */
export async function showDeclarations(
  found: readonly FoundDeclaration[],
  { assetsDir, settingsOf, patterns, gate }: AbsenceParts,
): Promise<readonly DeclaredName[]> {
  if (found.length === 0) return [];
  const extractor = await openExtractor({ assetsDir });
  try {
    const shown: DeclaredName[] = [];
    for (const one of found) {
      if ((await gate.redact(one.path)).found.length > 0) continue;
      const { extraction } = settingsOf(one.root);
      shown.push(await showDeclaration(one, { extractor, extraction, patterns, gate }));
    }
    return shown;
  } finally {
    extractor.close();
  }
}

interface Reading extends Pick<AbsenceParts, 'patterns' | 'gate'> {
  readonly extractor: OpenExtractor;
  readonly extraction: Config['extraction'];
}

async function showDeclaration(
  { root, ...found }: FoundDeclaration,
  { extractor, extraction, patterns, gate }: Reading,
): Promise<DeclaredName> {
  const { path, line, kind, name } = found;
  const shared = { ...found, file: join(root, path), language: languageOf(path) ?? null };
  const skipped = openSourceTexts(root, { ...extraction, attributesFile: undefined }).skipPath(
    path,
  );
  if (skipped !== undefined) {
    const why = localized`its file is left out: ${SKIP_REASONS[skipped]}`;
    return { ...shared, ...UNTOLD, ...because('left-out', why) };
  }
  const source = await readSource(join(root, path), MAX_SOURCE_BYTES);
  // Before anything is read from it, as for patterns: the fingerprints are the same only then.
  const { text } = await gate.redact('skipped' in source ? '' : source.text);
  const written = text.split('\n')[line - 1]?.trim() ?? '';
  const asValue = { signature: written, description: '', code: written };
  if (kind === 'value') return { ...shared, ...asValue, ...because('value', VALUE) };
  const read = await extractor.extract({ path, text });
  const fragment = read?.fragments.find(
    ({ qualifiedName, range }) => qualifiedName === name && range.start.line === line - 1,
  );
  if (fragment === undefined) return { ...shared, ...asValue, ...because('unread', UNREAD) };
  const { signature, description, code } = fragment;
  const absent = absenceOf(fragment, extraction, patterns);
  const isUnwanted = absent.absence === 'left-out' || absent.absence === 'forgotten';
  return { ...shared, ...(isUnwanted ? UNTOLD : { signature, description, code }), ...absent };
}

/** Of what a person does not want in the library only the place is told. */
const UNTOLD = { signature: '', description: '', code: '' };

type Absent = Pick<DeclaredName, 'absence' | 'why'>;

function because(absence: Absence, why: LocalizedText): Absent {
  return { absence, why };
}

const VALUE = localized`a value, which is no pattern`;
const UNREAD = localized`its code cannot be read whole`;
const NEW = localized`not extracted yet`;
const FORGOTTEN = localized`you forgot it`;
const UNWANTED = localized`the settings leave it out`;

function absenceOf(
  fragment: Fragment,
  extraction: Config['extraction'],
  patterns: AbsenceParts['patterns'],
): Absent {
  const { lines, complexity } = fragment;
  const { minLines, minComplexity } = extraction;
  if (lines < minLines) {
    return because(
      'too-small',
      localized`too small for a pattern (lines: ${lines}, at least ${minLines})`,
    );
  }
  const wanted = createWanted(extraction);
  if (!wanted.isKept(fragment)) {
    return because(
      'too-small',
      localized`too simple for a pattern (complexity: ${complexity}, at least ${minComplexity})`,
    );
  }
  if (!wanted.fragment(fragment)) return because('left-out', UNWANTED);
  const id = fragment.fingerprint.slice(0, ID_DIGITS);
  if (patterns.isForgotten(id)) return because('forgotten', FORGOTTEN);
  const twin = patterns.byId(id);
  return twin?.state !== 'live'
    ? because('new', NEW)
    : because('twin', localized`nearly the same as ${twin.qualifiedName}, which stands for it`);
}
