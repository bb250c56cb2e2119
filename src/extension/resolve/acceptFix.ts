import { join } from 'node:path';
import {
  l10n,
  Position,
  Range,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { TextDocument } from 'vscode';
import type { ChangedFile } from '../../core/model/resolution/patch.ts';
import { showInStatusBar, showWarning } from '../messages.ts';
import { FIX_SCHEME } from '../names.ts';
import type { Proposal, Proposals } from './proposals.ts';

/** Accept This Fix: of the proposal in front. One step takes it back. */
export async function acceptFix(proposals: Proposals): Promise<void> {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const proposal = input instanceof TabInputTextDiff ? proposals.of(input.modified) : undefined;
  if (proposal === undefined) {
    void showWarning(l10n.t('Open a proposed fix first.'));
    return;
  }
  const edit = await toEdit(proposal);
  if ('changed' in edit) {
    void showWarning(
      l10n.t('{0} has changed since the fix was proposed. Nothing was changed.', edit.changed),
    );
    return;
  }
  if (!(await workspace.applyEdit(edit, { isRefactoring: true }))) {
    void showWarning(l10n.t('The fix could not be written. Nothing was changed.'));
    return;
  }
  const [first] = proposal.files;
  if (first?.after !== null && first !== undefined) {
    await window.showTextDocument(Uri.file(join(proposal.root, first.path)));
  }
  await closeProposal(proposal);
  showInStatusBar(
    l10n.t('The fix is in your code and not saved yet. Undo takes it back.'),
    'check',
  );
}

/** All changes of a proposal, or the file that is no longer as the proposal found it. */
async function toEdit({
  root,
  files,
}: Proposal): Promise<WorkspaceEdit | { readonly changed: string }> {
  const edit = new WorkspaceEdit();
  for (const file of files) {
    const uri = Uri.file(join(root, file.path));
    const former = Uri.file(join(root, file.formerPath ?? file.path));
    if (file.before === null) {
      edit.createFile(uri, { ignoreIfExists: false });
      edit.insert(uri, new Position(0, 0), file.after ?? '');
      continue;
    }
    const document = await openIfThere(former);
    if (document === undefined || unified(document.getText()) !== unified(file.before)) {
      return { changed: file.path };
    }
    if (file.after === null) edit.deleteFile(former);
    else {
      if (former.path !== uri.path) edit.renameFile(former, uri);
      replaceChanged(edit, uri, document, file);
    }
  }
  return edit;
}

async function openIfThere(uri: Uri): Promise<TextDocument | undefined> {
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    // Gone, or no text any more.
    return undefined;
  }
}

/** Only the lines that differ, so that cursors and marks in the rest stay where they are. */
function replaceChanged(
  edit: WorkspaceEdit,
  uri: Uri,
  document: TextDocument,
  { before, after }: ChangedFile,
): void {
  const [former, latter] = [unified(before ?? ''), unified(after ?? '')].map((text) =>
    text.split('\n'),
  ) as [string[], string[]];
  const shorter = Math.min(former.length, latter.length);
  let first = 0;
  while (first < shorter && former[first] === latter[first]) first += 1;
  let behind = 0;
  while (behind < shorter - first && former.at(-1 - behind) === latter.at(-1 - behind)) behind += 1;
  const last = former.length - behind;
  const added = latter.slice(first, latter.length - behind);
  // Whole lines with what ends them; the last line of a file has nothing that ends it.
  const isToEnd = behind === 0;
  const range = document.validateRange(
    isToEnd ? new Range(first, 0, former.length, 0) : new Range(first, 0, last, 0),
  );
  const ends = isToEnd ? added.join('\n') : added.map((line) => `${line}\n`).join('');
  edit.replace(uri, range, ends);
}

/** As editors hold it: without a mark of the encoding, and with one way to end lines. */
function unified(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
}

async function closeProposal({ id }: Proposal): Promise<void> {
  const shown = window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof TabInputTextDiff &&
        input.modified.scheme === FIX_SCHEME &&
        input.modified.query === id,
    );
  await window.tabGroups.close(shown);
}
