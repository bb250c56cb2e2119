import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const ENTRY = resolve(import.meta.dirname, '../../support/cli/cliProcess.ts');

function start(argv: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', 'tsx', ENTRY, ...argv]);
}

/** Resolves with what a stream has written once that matches. */
async function read(stream: NodeJS.ReadableStream, until: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (until.test(text)) break;
  }
  return text;
}

describe('the command line as a process', () => {
  it('answers each query as soon as it is asked', async () => {
    const child = start(['search', '--stdin']);
    const answers = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    for (const [query, hits] of [
      ['retries', 1],
      ['zebra', 0],
    ] as const) {
      child.stdin.write(`${query}\n`);
      const { value } = (await answers.next()) as { value: Buffer };
      const document = JSON.parse(value.toString()) as { hits: unknown[] };
      assert.equal(document.hits.length, hits);
    }
    child.stdin.end();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('says in one line that its reader has left, and ends', async () => {
    const child = start(['search', '--stdin']);
    let err = '';
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    child.stdin.on('error', () => undefined);
    child.stdin.write('retries\n');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stdin.write('retries\n'.repeat(100));
    const [code] = (await once(child, 'exit')) as [number];
    assert.deepEqual([code, err], [2, 'error: standard output cannot be written: EPIPE\n']);
  });

  it('stops at an interruption and tells what it got to', async () => {
    const child = start(['extract']);
    const out = read(child.stdout, /Library/);
    await read(child.stderr, /reading files/);
    child.kill('SIGINT');
    const ended = once(child, 'exit');
    assert.match(await out, /stopped; what was found is kept/);
    assert.deepEqual(await ended, [130, null]);
  });
});
