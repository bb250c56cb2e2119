import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

import type { Shell } from '../../../src/extension/shell.ts';
import { measureDelay, type EventLoopDelay } from '../../../test/host/support/eventLoop.ts';

const BASELINE_MS = 20_000;
/** Embedding a large repository takes longer than anybody waits for a bench; all else is waited for. */
const EMBEDDING_MS = 60_000;
/** Longer than an idle embedding process lives. */
const IDLE_MS = 70_000;

export interface HostReport {
  readonly delay: EventLoopDelay;
  readonly seconds: number;
  /** Whether embedding was stopped before its end. */
  readonly stopped: boolean;
}

/** Called by VS Code inside the extension host, once without the extension and once with it. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<Shell>('pattern-foundry.pattern-foundry');
  const report = extension === undefined ? await rest() : await extract(extension);
  appendFileSync(process.env['PATTERN_FOUNDRY_REPORT'] ?? '', JSON.stringify(report));
}

async function rest(): Promise<HostReport> {
  const delay = await measureDelay(() => sleep(BASELINE_MS));
  return { delay, seconds: BASELINE_MS / 1000, stopped: false };
}

async function extract(extension: vscode.Extension<Shell>): Promise<HostReport> {
  const { jobs } = await extension.activate();
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('no folder is open');
  const startMs = performance.now();
  let stopped = false;
  const delay = await measureDelay(async () => {
    let timer: NodeJS.Timeout | undefined;
    const watching = jobs.onDidChange((status) => {
      if (status.state !== 'extracting' || status.progress?.stage !== 'embed') return;
      timer ??= setTimeout(() => {
        jobs.cancel();
      }, EMBEDDING_MS);
    });
    const summary = await jobs.start({ folder: folder.uri, history: true, origin: 'person' });
    clearTimeout(timer);
    watching.dispose();
    stopped = summary?.stopped ?? true;
  });
  const seconds = (performance.now() - startMs) / 1000;
  await sleep(IDLE_MS);
  return { delay, seconds, stopped };
}
