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
import { showInStatusBar, showWarning } from '../messages.ts';
import { FIX_SCHEME } from '../names.ts';
import { changedLines } from './changedLines.ts';
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
  if (!(await workspace.applyEdit(edit))) {
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
      const { start, end, text } = changedLines(unified(file.before), unified(file.after));
      edit.replace(uri, new Range(...start, ...end), text);
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
