import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { Pattern } from '../../../src/core/model/pattern.ts';
import { otherProvider } from '../../../src/extension/suggest/otherProviders.ts';
import { askBesideOther } from '../../../src/extension/suggest/askBesideOther.ts';
import { REPORT_SCHEME } from '../../../src/extension/names.ts';
import type { Shell } from '../../../src/extension/shell.ts';
import { pickVersion, type ChosenVersion } from '../../../src/extension/versions/versionPick.ts';
import { openVersion } from '../../../src/extension/documents/patternDocuments.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';

const spool = (turn: string): string => `def rewind_spindle(spindle, turns):
    for turn in range(turns):
        if spindle.full:
            return turn
        spindle.push(${turn})
    return turns`;

describe('what becomes of patterns in VS Code', () => {
  let shell: Shell;
  let pattern: Pattern;

  before(async () => {
    shell = await openShell();
    const draft = { code: spool('1'), language: 'python', name: 'rewind_spindle' };
    pattern = await shell.connection.engine.curate.add(draft);
  });
  afterEach(closeEditors);

  /** The report that a command opens, as soon as it says what it should. */
  async function reportBy(says: RegExp, command: string, ...args: unknown[]): Promise<string> {
    const texts = (): readonly string[] =>
      vscode.workspace.textDocuments
        .filter(({ uri }) => uri.scheme === REPORT_SCHEME)
        .map((document) => document.getText());
    await vscode.commands.executeCommand(command, ...args);
    await until(`a report says ${says.source}`, () => texts().some((text) => says.test(text)));
    return texts().find((text) => says.test(text)) ?? '';
  }

  async function kinds(): Promise<readonly string[]> {
    const { outcomes } = shell.connection.engine;
    const impression = await outcomes.impression((await outcomes.latest(pattern.id)) ?? '');
    return (impression?.outcomes ?? []).map(({ kind }) => kind);
  }

  it('is accepted when it is inserted and reverted when that is undone', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: '\n' });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('patternFoundry.insert', pattern.id);
    assert.match(document.getText(), /spindle\.push/);
    assert.deepEqual(await kinds(), ['accepted']);
    await vscode.commands.executeCommand('undo');
    assert.doesNotMatch(document.getText(), /spindle\.push/);
    await until('it is noted as taken back', async () => (await kinds()).includes('reverted'));
  });

  it('is told by Does It Help?, with tokens and times', async () => {
    const { engine } = shell.connection;
    const [look = ''] = await engine.outcomes.show({
      ...{ surface: 'inject', task: 'rewind', session: 'one' },
      shown: [{ pattern: pattern.id, tokens: 77, chance: 0.9 }],
    });
    await engine.outcomes.record(look, { kind: 'passed' });
    const report = await reportBy(/^# Does It Help\?/, 'patternFoundry.doesItHelp');
    assert.match(report, /not enough tasks yet/);
    assert.match(report, /rewind\\_spindle \| 1 \| 0 \|.*\| 77 \| \d+ s \| – \|/);
    const [again = ''] = await engine.outcomes.show({
      ...{ surface: 'inject', task: 'rewind again', session: 'one' },
      shown: [{ pattern: pattern.id, tokens: 77, chance: 0.9 }],
    });
    await engine.outcomes.record(again, { kind: 'passed' });
    await reportBy(/rewind\\_spindle \| 2 \| 0 \|/, 'patternFoundry.doesItHelp');
    const tabs = (): readonly string[] =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);
    await until('it is shown', () => tabs().includes('Preview Does It Help.md'));
    assert.equal(tabs().length, 1);
  });

  it('is told by Why This?, with what was left out', async () => {
    const { engine } = shell.connection;
    await engine.outcomes.show({
      ...{ surface: 'inject', task: 'rewind it', session: 'two' },
      shown: [{ pattern: pattern.id, signals: { words: 0.4 } }],
      leftOut: [{ pattern: 'f'.repeat(16), reason: 'budget' }],
    });
    const shown = vscode.Uri.from({
      scheme: 'pattern-foundry',
      path: '/x',
      query: `id=${pattern.id}&side=code`,
    });
    const report = await reportBy(/^# Why This\?/, 'patternFoundry.whyThis', shown);
    assert.match(report, /its words added 0\\\.400/);
    assert.match(report, /## Left Out\n\n- f{16}: there was no room for it/);
    assert.match(report, /reverted/);
  });

  it('is told of each version, which is shown beside the present one and rolled back to', async () => {
    const { engine } = shell.connection;
    await engine.curate.edit(pattern.id, { code: spool('turn').replaceAll('turns', 'count') });
    const versions = await engine.patterns.versions(pattern.id);
    const former = versions.find(({ isCurrent }) => !isCurrent) ?? assert.fail();
    const present = await engine.patterns.show(pattern.id);
    await openVersion(present ?? assert.fail(), former.version);
    const texts = (): readonly string[] =>
      vscode.workspace.textDocuments
        .filter(({ uri }) => uri.scheme === 'pattern-foundry')
        .map((document) => document.getText());
    await until('both are open', () => texts().some((text) => text.includes('push(1)')));
    assert.ok(texts().some((text) => text.includes('push(turn)')));
    let chosen: ChosenVersion | undefined;
    const choosing = pickVersion('rewind_spindle', versions).then((one) => (chosen = one));
    await until('the present one is chosen', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return chosen !== undefined;
    });
    assert.equal((await choosing)?.version.version, versions[0]?.version);
    await engine.curate.rollBack(pattern.id, former.version);
    const back = await engine.patterns.show(pattern.id);
    assert.ok(back !== undefined && 'code' in back && back.code.includes('push(1)'));
  });

  it('gives way to another extension with ghost text, and asks once', async () => {
    const proposing = { enabledApiProposals: ['inlineCompletionsAdditions@2'] };
    const other = { id: 'some.one', packageJSON: { displayName: 'Some One', ...proposing } };
    assert.equal(otherProvider([{ id: 'a.b', packageJSON: {} }, other]), 'Some One');
    assert.equal(otherProvider([{ id: 'GITHUB.copilot', packageJSON: { name: 'c' } }]), 'c');
    assert.equal(otherProvider([{ id: 'a.b', packageJSON: {} }]), undefined);
    const { globalState } = shell.context;
    const asked = 'suggestions.askedBesideOther';
    await globalState.update(asked, undefined);
    const question = askBesideOther(shell, 'Some One');
    await until('it is asked', () => globalState.get(asked) === true);
    await askBesideOther(shell, 'Some One');
    let isAnswered = false;
    void question.then(() => (isAnswered = true));
    await until('it is closed', async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      return isAnswered;
    });
    const mode = vscode.workspace.getConfiguration('patternFoundry').get('suggestions.enabled');
    assert.equal(mode, 'auto');
  });
});
