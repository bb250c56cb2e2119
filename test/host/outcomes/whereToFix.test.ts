import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { acceptUntil } from '../support/acceptUntil.ts';
import { setAutoExtraction } from '../support/autoExtraction.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

const INVOICE = `from shop.tax import rate_of


class Invoice:
    def add_line(self, line):
        self.lines.append(line)

    def net_total(self):
        return sum(line.price * line.count for line in self.lines)

    def gross_total(self):
        return self.net_total() * (1 + rate_of(self.country))
`;
const TAX = `RATES = {"at": 0.2, "de": 0.19}


def rate_of(country):
    if country not in RATES:
        raise LookupError("no tax rate is known for country %s" % country)
    return RATES[country]
`;
/** As pytest prints it. */
const FAILURE = `____________________ test_gross_total_abroad ____________________

    def test_gross_total_abroad():
>       assert Invoice("fr").gross_total() == 0

tests/test_invoice.py:5:
_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _
shop/invoice.py:12: in gross_total
    return self.net_total() * (1 + rate_of(self.country))
_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _
shop/tax.py:6: LookupError
E       LookupError: no tax rate is known for country fr
`;

describe('Find Where to Fix', () => {
  let folder: TemporaryFolder;

  before(async () => {
    await openShell();
    await setAutoExtraction('never');
    folder = createTemporaryFolder({
      'shop/invoice.py': INVOICE,
      'shop/tax.py': TAX,
      'shop/mail.py': 'def send(address, text):\n    return deliver(address, text)\n',
      'printed.txt': FAILURE,
    });
    folder.git('init', '--quiet');
    await addFolder(vscode.Uri.file(folder.path));
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closeEditors();
  });

  after(async () => {
    await removeFolder(vscode.Uri.file(folder.path));
    await setAutoExtraction('onSave');
    folder.remove();
  });

  const inFront = (): string => {
    const editor = vscode.window.activeTextEditor;
    return `${editor?.document.uri.path.split('/').at(-1)}:${(editor?.selection.start.line ?? 0) + 1}`;
  };

  /** A place is in front while it is only looked at, too, so the end of the command counts. */
  async function acceptFirstPlace(...given: readonly unknown[]): Promise<void> {
    let isLeft = false;
    void vscode.commands.executeCommand('patternFoundry.findWhereToFix', ...given).then(() => {
      isLeft = true;
    });
    await acceptUntil('a place is chosen', () => isLeft);
  }

  it('leads from what a failing test printed to the place, which opens', async () => {
    const editor = await vscode.window.showTextDocument(
      vscode.Uri.file(`${folder.path}/printed.txt`),
    );
    editor.selection = new vscode.Selection(0, 0, editor.document.lineCount, 0);
    // The selection is the first source that is offered, the likeliest file the first place.
    await acceptFirstPlace();
    await until('the likeliest file is open', () => inFront() === 'invoice.py:1');
  });

  it('comes back to what was in front when no place is chosen', async () => {
    const uri = vscode.Uri.file(`${folder.path}/shop/mail.py`);
    (await vscode.window.showTextDocument(uri)).selection = new vscode.Selection(1, 0, 1, 0);
    const left = vscode.commands.executeCommand('patternFoundry.findWhereToFix', FAILURE);
    await until('the likeliest file is looked at', () => inFront() === 'invoice.py:1');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await left;
    await until('the file from before is in front', () => inFront() === 'mail.py:2');
    assert.deepEqual(
      vscode.window.visibleTextEditors.map(({ document }) => document.uri.path.split('/').at(-1)),
      ['mail.py'],
    );
  });

  it('takes a message of a failed test', async () => {
    await vscode.window.showTextDocument(vscode.Uri.file(`${folder.path}/shop/mail.py`));
    const test = { label: 'test_rate_of' };
    const message = new vscode.TestMessage('LookupError: no tax rate is known for country fr');
    const given = { test, message };
    await acceptFirstPlace(given);
    await until('the file that says so is open', () => inFront() === 'tax.py:1');
  });
});
