import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

import type { Shell } from '../../../src/extension/shell.ts';
import { createGhostText } from '../../../src/extension/suggest/ghostText.ts';
import { measureDelay, type EventLoopDelay } from '../../../test/host/support/eventLoop.ts';

/** Somebody who types fast: a key each. */
const KEY_MS = 120;
const SOURCES = '**/*.{ts,js,py,go,rs,java,rb,php}';
const MOST_FILES = 200;
/** What is typed comes from a file of about this many characters. */
const WANTED_CHARACTERS = 20_000;

export interface TypingReport {
  readonly delay: EventLoopDelay;
  readonly keys: number;
  /** Milliseconds from each changed text to the answer, and whether there was one to show. */
  readonly answers: readonly { readonly ms: number; readonly isShown: boolean }[];
}

/** Called by VS Code inside the extension host, once without the extension and once with it. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<Shell>('pattern-foundry.pattern-foundry');
  const shell = await extension?.activate();
  const seconds = Number(process.env['PATTERN_FOUNDRY_BENCH_SECONDS']);
  const report = await type(shell, seconds * 1000);
  appendFileSync(process.env['PATTERN_FOUNDRY_REPORT'] ?? '', JSON.stringify(report));
}

/** Types code of the project into a copy of one of its files, and asks for ghost text at each key. */
async function type(shell: Shell | undefined, durationMs: number): Promise<TypingReport> {
  const model = await chooseModel();
  const editor = await openCopy(model.uri);
  if (shell !== undefined) await prepare(shell, editor.document.uri);
  const answers: { readonly ms: number; readonly isShown: boolean }[] = [];
  const provider =
    shell &&
    createGhostText(shell, {
      buffers: { send: () => undefined },
      showings: { show: () => 0 },
    });
  const text = model.getText();
  let keys = 0;
  const delay = await measureDelay(async () => {
    const endMs = performance.now() + durationMs;
    while (performance.now() < endMs) {
      const key = text[keys % text.length] ?? ' ';
      keys += 1;
      await vscode.commands.executeCommand('type', { text: key });
      const startMs = performance.now();
      const items = await provider?.provideInlineCompletionItems(
        editor.document,
        editor.selection.active,
        {
          triggerKind: vscode.InlineCompletionTriggerKind.Automatic,
          selectedCompletionInfo: undefined,
        },
        new vscode.CancellationTokenSource().token,
      );
      const ms = performance.now() - startMs;
      if (provider !== undefined) {
        answers.push({ ms, isShown: Array.isArray(items) && items.length > 0 });
      }
      await sleep(Math.max(0, KEY_MS - ms));
    }
  });
  return { delay, keys, answers };
}

/** Switches ghost text on; resolves when the code of the project is read. */
async function prepare(shell: Shell, { fsPath: file }: vscode.Uri): Promise<void> {
  const settings = vscode.workspace.getConfiguration('patternFoundry.suggestions');
  await settings.update('enabled', 'on', true);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  await shell.connection.engine.suggest.read({
    ...{ file, folder: folder?.uri.fsPath ?? '', text: '' },
  });
}

async function chooseModel(): Promise<vscode.TextDocument> {
  const uris = await vscode.workspace.findFiles(SOURCES, '**/node_modules/**', MOST_FILES);
  const sizes = await Promise.all(
    uris.map(async (uri) => ({ uri, size: (await vscode.workspace.fs.stat(uri)).size })),
  );
  const distance = (size: number): number => Math.abs(size - WANTED_CHARACTERS);
  const [nearest] = sizes.toSorted((a, b) => distance(a.size) - distance(b.size));
  if (nearest === undefined) throw new Error('the folder holds no source file');
  return vscode.workspace.openTextDocument(nearest.uri);
}

/** An empty file of the same language in the same folder. */
async function openCopy(model: vscode.Uri): Promise<vscode.TextEditor> {
  const ending = model.path.slice(model.path.lastIndexOf('.'));
  const uri = vscode.Uri.joinPath(model, '..', `patternFoundryBench${ending}`);
  await vscode.workspace.fs.writeFile(uri, new Uint8Array());
  return vscode.window.showTextDocument(uri);
}
