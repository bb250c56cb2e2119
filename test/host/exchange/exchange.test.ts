import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

import { exportTo } from '../../../src/extension/actions/writeExport.ts';
import { importFrom } from '../../../src/extension/commands/importPatterns.ts';
import type { Engine } from '../../../src/core/model/engine.ts';
import { MemoryFiles } from '../support/memoryFiles.ts';
import { openShell } from '../support/theShell.ts';

const CODE = 'function halve(value) {\n  if (value > 1) return value / 2;\n  return value;\n}';

describe('exchanging patterns', () => {
  let engine: Engine;
  let folder: string;
  let memory: MemoryFiles;
  let registration: vscode.Disposable;
  let id: string;
  let temporary: readonly string[];

  before(async () => {
    ({ engine } = (await openShell()).connection);
    folder = mkdtempSync(join(tmpdir(), 'exchange-'));
    memory = new MemoryFiles();
    registration = vscode.workspace.registerFileSystemProvider('exchange', memory);
    ({ id } = await engine.curate.add({ code: CODE, language: 'javascript' }));
    temporary = foldersOfOurs();
  });
  after(async () => {
    await engine.curate.forget({ pattern: id }, true);
    registration.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const inMemory = (name: string): vscode.Uri => vscode.Uri.parse(`exchange:/${name}`);
  const onDisk = (name: string): vscode.Uri => vscode.Uri.file(join(folder, name));

  it('writes a pack to disk and reads it back', async () => {
    assert.equal(await exportTo(engine, { format: 'pack', ids: [id] }, onDisk('one.pack')), 1);
    const { pack, unchanged } = await importFrom(engine, onDisk('one.pack'));
    assert.deepEqual([pack, unchanged], ['one', 1]);
  });

  it('brings every format to a file that is not on disk, and nothing to one of that name', async () => {
    memory.files.set('/one.jsonl', Buffer.from('before'));
    for (const format of ['pack', 'jsonl', 'sqlite'] as const) {
      await exportTo(engine, { format, ids: [id] }, inMemory(`one.${format}`));
    }
    const textOf = (name: string): string =>
      Buffer.from(memory.readFile(inMemory(name))).toString();
    assert.equal(textOf('one.pack'), readFileSync(join(folder, 'one.pack'), 'utf8'));
    assert.equal(textOf('one.jsonl'), '');
    assert.ok(textOf('one.sqlite').startsWith('SQLite format 3\0'));
    assert.equal(existsSync('/one.sqlite'), false);
    assert.deepEqual(foldersOfOurs(), temporary);
  });

  it('reads a file that is not on disk', async () => {
    const { pack, unchanged } = await importFrom(engine, inMemory('one.pack'));
    assert.deepEqual([pack, unchanged], ['one', 1]);
    await assert.rejects(importFrom(engine, inMemory('nosuch.pack')), {
      code: 'bad-argument',
      message: /^\/nosuch\.pack cannot be read: /,
    });
    assert.deepEqual(foldersOfOurs(), temporary);
  });
});

/** That hold files on their way. */
function foldersOfOurs(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('pattern-foundry-file-'));
}
