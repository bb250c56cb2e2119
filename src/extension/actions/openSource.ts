import { l10n, Position, Range, Uri, window, workspace } from 'vscode';
import type { SourcePlace } from '../../core/model/api/patterns.ts';
import type { Pattern } from '../../core/model/pattern.ts';
import { openPattern } from '../documents/patternDocuments.ts';
import { extractableFolders } from '../folders.ts';
import { showInformation } from '../messages.ts';
import type { Shell } from '../shell.ts';

/**
 * Opens the file a pattern occurs in where it stands today; where it cannot, says so and offers the
 * code the library keeps.
 *
 * @param place `undefined` where no open folder holds the occurrence
 */
export async function openSource(pattern: Pattern, place: SourcePlace | undefined): Promise<void> {
  if (place === undefined || place.state === 'gone') {
    await offerStoredCode(pattern, place);
    return;
  }
  const document = await workspace.openTextDocument(Uri.file(place.file));
  await window.showTextDocument(document, {
    ...(place.range !== null && { selection: document.validateRange(toRange(place.range)) }),
  });
}

async function offerStoredCode(pattern: Pattern, place: SourcePlace | undefined): Promise<void> {
  const showStored = l10n.t('Show Stored Code');
  const message =
    place === undefined
      ? l10n.t('The project of “{0}” is not open in this window.', pattern.name)
      : l10n.t('“{0}” is no longer in its file.', pattern.name);
  const choice = await showInformation(message, showStored);
  if (choice === showStored) await openPattern(pattern, {});
}

/** Opens what the sources of the open folders declare under a name; nothing where it is gone. */
export async function openDeclared(
  { connection }: Pick<Shell, 'connection'>,
  asked: { readonly text: string; readonly path: string; readonly line: number },
): Promise<void> {
  const query = { text: asked.text, folders: extractableFolders().map(({ uri }) => uri.fsPath) };
  const { unknownName } = await connection.engine.find.patterns({
    ...query,
    ...{ seeksName: true, atOnce: true, surface: null },
  });
  const place = unknownName?.declared.find(
    ({ path, line }) => path === asked.path && line === asked.line,
  );
  if (place === undefined) return;
  const document = await workspace.openTextDocument(Uri.file(place.file));
  const start = new Position(place.line - 1, 0);
  await window.showTextDocument(document, { selection: new Range(start, start) });
}

function toRange({ start, end }: NonNullable<SourcePlace['range']>): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
