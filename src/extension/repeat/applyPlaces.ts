import { join } from 'node:path';
import { l10n, Range, Uri, workspace, WorkspaceEdit } from 'vscode';
import type { EditPlace } from '../../core/model/suggestions/edit.ts';
import { showInformation } from '../messages.ts';
import type { Offer } from './offers.ts';

/**
 * Makes the changes, all of them one step to undo. Places that no longer look as they did stay.
 *
 * @param isPreviewed shows them as a tree first, in which each can be looked at and left out
 */
export async function applyPlaces(
  offers: readonly Offer[],
  { isPreviewed }: { readonly isPreviewed: boolean },
): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const { root, edit: repeated } of offers) {
    const label = l10n.t('Like the change in {0}', repeated.made.path);
    for (const place of repeated.places) await addPlace(edit, { root, place, label, isPreviewed });
  }
  if (edit.size === 0) {
    void showInformation(l10n.t('No other place looks like this one did before the change.'));
    return;
  }
  await workspace.applyEdit(edit, { isRefactoring: true });
}

interface LabelledPlace {
  readonly root: string;
  readonly place: EditPlace;
  readonly label: string;
  readonly isPreviewed: boolean;
}

async function addPlace(
  edit: WorkspaceEdit,
  { root, place, label, isPreviewed }: LabelledPlace,
): Promise<void> {
  const uri = Uri.file(join(root, place.path));
  const document = await workspace.openTextDocument(uri);
  const last = place.endLine - 1;
  if (last >= document.lineCount) return;
  const range = new Range(place.startLine, 0, last, document.lineAt(last).text.length);
  if (document.getText(range).replaceAll('\r\n', '\n') !== place.before) return;
  edit.replace(uri, range, place.after, { label, needsConfirmation: isPreviewed });
}
