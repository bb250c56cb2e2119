import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openEmbedder } from '../../../../src/core/retrieval/embedder/embedder.ts';
import { describeEmbedder } from '../../../contracts/embedder.ts';
import { ASSETS } from '../../../support/assets.ts';
import { toCosine } from '../../../support/library/cosine.ts';
import { EMBEDDER_ENTRY } from '../../../support/engine/embedderEntry.ts';
import { createHashEmbedder } from '../../../support/engine/hashEmbedder.ts';

describeEmbedder('the embedding process', () =>
  openEmbedder({ assetsDir: ASSETS, entry: EMBEDDER_ENTRY }),
);
describeEmbedder('the embedding process in WebAssembly', () =>
  openEmbedder({ assetsDir: ASSETS, entry: EMBEDDER_ENTRY, runtime: 'wasm' }),
);
describeEmbedder('the word-hash embedder of tests', createHashEmbedder);

describe('embedding process', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embedder-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** The real process after some lines of CommonJS; `log` is a file they may write. */
  function entryAfter(lines: string): { readonly entry: string; readonly log: string } {
    const entry = join(folder, 'entry.cjs');
    const log = join(folder, 'log');
    const setup = `const fs = require('node:fs'); const log = ${JSON.stringify(log)};`;
    writeFileSync(entry, `${setup}\n${lines}\nrequire(${JSON.stringify(EMBEDDER_ENTRY)});\n`);
    return { entry, log };
  }

  it('is started again when it dies, says so, and gives what it owed', async () => {
    const { entry, log } = entryAfter(
      `if (!fs.existsSync(log)) { fs.writeFileSync(log, ''); process.once('message', () => process.kill(process.pid, 'SIGKILL')); }`,
    );
    const deaths: string[] = [];
    const onDeath = (how: string) => deaths.push(how);
    const embedder = openEmbedder({ assetsDir: ASSETS, entry, onDeath });
    const vectors = await embedder.embed(['read a file', 'draw a circle']);
    assert.ok(existsSync(log));
    assert.equal(vectors.length, 2);
    assert.deepEqual(deaths, ['SIGKILL']);
    await embedder.close();
  });

  it('is given up when it dies twice over the same texts', async () => {
    const { entry, log } = entryAfter(
      `process.once('message', () => { fs.appendFileSync(log, 'x'); process.exit(7); });`,
    );
    const embedder = openEmbedder({ assetsDir: ASSETS, entry });
    await assert.rejects(embedder.embed(['a text']), {
      code: 'embedder-failed',
      message: 'embedding process ended with exit code 7',
    });
    assert.equal(readFileSync(log, 'utf8'), 'xx');
    await embedder.close();
  });

  it('fails with a code where there are no weights, and looks for none elsewhere', async () => {
    const embedder = openEmbedder({ assetsDir: folder, entry: EMBEDDER_ENTRY });
    await assert.rejects(embedder.embed(['a text']), { code: 'embedder-failed', message: /local/ });
    await embedder.close();
  });

  it('fails with a code where its bundle is missing', async () => {
    const embedder = openEmbedder({ assetsDir: ASSETS, entry: join(folder, 'missing.js') });
    await assert.rejects(embedder.embed(['a text']), { code: 'embedder-failed' });
    await embedder.close();
  });

  it('runs in WebAssembly where the native runtime is not installed', async () => {
    const entry = join(folder, 'embedder.js');
    copyFileSync(EMBEDDER_ENTRY, entry);
    const embedder = openEmbedder({ assetsDir: ASSETS, entry });
    await embedder.embed(['a text']);
    assert.equal(embedder.runtime, 'wasm');
    await embedder.close();
  });

  it('has a runtime that notes nothing about this machine to report it', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pattern-foundry-home-'));
    const former = { HOME: process.env['HOME'], XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] };
    Object.assign(process.env, { HOME: home, XDG_CACHE_HOME: join(home, '.cache') });
    try {
      const embedder = openEmbedder({ assetsDir: ASSETS, entry: EMBEDDER_ENTRY });
      await embedder.embed(['a query']);
      await embedder.close();
      assert.deepEqual(readdirSync(home, { recursive: true }), []);
    } finally {
      for (const [name, value] of Object.entries(former)) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
      rmSync(home, { recursive: true });
    }
  });

  it('lets a short job pass a long one', async () => {
    const embedder = openEmbedder({ assetsDir: ASSETS, entry: EMBEDDER_ENTRY });
    const finished: string[] = [];
    const long = embedder.embed(Array.from({ length: 24 }, () => 'many words '.repeat(200)));
    const short = embedder.embed(['a query']);
    await Promise.all([
      long.then(() => finished.push('long')),
      short.then(() => finished.push('short')),
    ]);
    assert.deepEqual(finished, ['short', 'long']);
    await embedder.close();
  });

  it('reads no further than the longest text allowed', async () => {
    const start = 'open the file and read each line of it '.repeat(2);
    const embedder = openEmbedder({ assetsDir: ASSETS, entry: EMBEDDER_ENTRY, maxTokens: 16 });
    const [one, other] = await embedder.embed([`${start} violin`, `${start} encrypt passwords`]);
    assert.ok(toCosine(one, other) > 0.9999);
    await embedder.close();
  });

  it('ends after a time without work and starts again for the next text', async () => {
    const { entry, log } = entryAfter(`fs.appendFileSync(log, process.pid + '\\n');`);
    const embedder = openEmbedder({ assetsDir: ASSETS, entry, idleMs: 1 });
    await embedder.embed(['a text']);
    const [first] = readFileSync(log, 'utf8').split('\n');
    while (isRunning(Number(first))) await setTimeout(5);
    assert.equal((await embedder.embed(['another'])).length, 1);
    await embedder.close();
  });

  it('ends with the process that started it', async () => {
    const settings = JSON.stringify({ assetsDir: ASSETS, maxTokens: 256 });
    const child = fork(EMBEDDER_ENTRY, [settings], { execArgv: [], serialization: 'advanced' });
    await once(child, 'message');
    child.disconnect();
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 0);
  });

  it('rejects what is under way when it is closed', async () => {
    const embedder = openEmbedder({ assetsDir: ASSETS, entry: EMBEDDER_ENTRY });
    const answer = assert.rejects(embedder.embed(['a text']), { code: 'embedder-failed' });
    await embedder.close();
    await answer;
  });

  it('has no image library in its bundle', () => {
    assert.doesNotMatch(readFileSync(EMBEDDER_ENTRY, 'utf8'), /require\("sharp"\)/);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
