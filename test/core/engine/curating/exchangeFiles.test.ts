import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import iconv from 'iconv-lite';
import type { Progress } from '../../../../src/core/model/api/watch.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { listed } from '../../../support/engine/found.ts';

/** Enough for several pieces of a file. */
const MANY = 40;
const BIG = 'x'.repeat(40_000);

/** A pattern of its own, with letters of two and four bytes, which the end of a piece may part. */
function codeOf(index: number): string {
  return `function part() {\n${'  step();\n'.repeat(index)}  return 'äö🙂 ${BIG}';\n}`;
}

describe('files of patterns', () => {
  let folder: string;
  let mine: Bench;
  let yours: Bench;
  before(async () => {
    mine = await openBench();
    for (let index = 0; index < MANY; index += 1) {
      await mine.engine.curate.add({ code: codeOf(index), path: 'a.js' });
    }
  });
  after(() => mine.close());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-files-'));
    yours = await openBench();
  });
  afterEach(async () => {
    await yours.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const place = (name: string): string => join(folder, name);
  /** What was there, so that a test sees whether it stayed. */
  const occupy = (name: string): string => {
    writeFileSync(place(name), 'before');
    return place(name);
  };
  /** A watch that is stopped by the first progress. */
  const impatient = (): { signal: AbortSignal; onProgress: () => void } => {
    const stop = new AbortController();
    return {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    };
  };

  it('are written by the engine as it tells them, and read back by it', async () => {
    const file = place('inner/team.pack');
    const seen: Progress[] = [];
    const onProgress = (progress: Progress): void => {
      seen.push(progress);
    };
    const written = await mine.engine.jobs.export({ format: 'pack' }, file, { onProgress });
    assert.deepEqual(written, { text: '', count: MANY, projects: [] });
    const { text } = await mine.engine.jobs.export({ format: 'pack' }, undefined);
    assert.equal(readFileSync(file, 'utf8'), text);
    const { imported, stopped } = await yours.engine.jobs.import({ file }, 'team', { onProgress });
    assert.deepEqual([imported, stopped], [MANY, false]);
    await yours.engine.curate.accept({ pack: 'team' });
    const codes = (await listed(yours.engine, {}, MANY)).patterns.map((pattern) =>
      'code' in pattern ? pattern.code : '',
    );
    assert.deepEqual(codes.sort(), Array.from({ length: MANY }, (_, at) => codeOf(at)).sort());
    for (const stage of ['export', 'import'] as const) {
      const steps = seen.filter((progress) => progress.stage === stage);
      const dones = steps.map(({ done }) => done);
      assert.ok(steps.length > 1, stage);
      assert.deepEqual(
        dones,
        [...dones].sort((one, other) => one - other),
      );
      assert.ok(steps.every(({ done, total = 0 }) => done <= total));
    }
  });

  it('keep what was read before a stop, and the rest comes with the next reading', async () => {
    const file = place('team.pack');
    await mine.engine.jobs.export({ format: 'pack' }, file);
    const first = await yours.engine.jobs.import({ file }, 'team', impatient());
    assert.equal(first.stopped, true);
    assert.ok(first.imported > 0 && first.imported < MANY);
    assert.equal((await yours.engine.library.stats()).states['quarantined'], first.imported);
    const second = await yours.engine.jobs.import({ file }, 'team');
    assert.deepEqual([second.imported, second.unchanged], [MANY - first.imported, first.imported]);
  });

  it('are read in the encoding they are in, wherever it first shows', async () => {
    const line = (message: string, name = 'check'): string =>
      JSON.stringify({
        problem_type: 'bug_fix',
        before_code: `def ${name}(n):\n    return n`,
        after_code: `def ${name}(n):\n    return n or 0`,
        commit_msg: message,
      });
    const plain = `${line('Fix it')}\n`.repeat(5_000);
    for (const [encoding, message] of [
      ['big5', '檢查訂單的數量是否正確，並回傳結果'],
      ['windows-1252', 'Prüft – mit „Anführung“ – die Größe'],
      ['utf-16le', 'Prüft die Größe'],
      ['utf-8', 'Prüft die Größe 获取'],
    ] as const) {
      const name = encoding.replace('-', '_');
      const text = iconv.encode(`${plain}${line(message, name)}\n`, encoding);
      writeFileSync(place('fixes.jsonl'), text);
      const summary = await yours.engine.jobs.import({ file: place('fixes.jsonl') }, encoding);
      assert.deepEqual(summary.bad, [], encoding);
      await yours.engine.curate.accept({ pack: encoding });
      const { patterns } = await listed(yours.engine, {}, 10);
      assert.ok(
        patterns.some((pattern) => 'after' in pattern && pattern.message === message),
        encoding,
      );
    }
  });

  it('give the first of a pattern that comes twice, however far apart', async () => {
    const [header = '', line = ''] = (
      await mine.engine.jobs.export({ format: 'pack' }, undefined)
    ).text.split('\n');
    const again = JSON.stringify({ ...(JSON.parse(line) as object), description: 'Comes again.' });
    const { description } = JSON.parse(line) as { readonly description: string };
    const { fingerprint } = JSON.parse(line) as { readonly fingerprint: string };
    for (const between of ['', ' '.repeat(600_000)]) {
      const their = await openBench();
      const text = [header, line, between, again, ''].join('\n');
      const { imported, unchanged } = await their.engine.jobs.import({ text }, 'team');
      assert.deepEqual([imported, unchanged], [1, 1]);
      const shown = await their.engine.patterns.show(fingerprint.slice(0, 16));
      await their.close();
      assert.equal(shown?.description, description);
    }
  });

  it('are left as they were when writing is stopped', async () => {
    const file = occupy('team.pack');
    await assert.rejects(mine.engine.jobs.export({ format: 'pack' }, file, impatient()), {
      name: 'AbortError',
    });
    // None of the patterns has a line in the second one.
    for (const format of ['sqlite', 'jsonl'] as const) {
      await assert.rejects(
        mine.engine.jobs.export({ format }, file, { signal: AbortSignal.abort() }),
        {
          name: 'AbortError',
        },
      );
    }
    assert.equal(readFileSync(file, 'utf8'), 'before');
    assert.deepEqual(readdirSync(folder), ['team.pack']);
  });

  it('are replaced where a link leads, beside what was there', async () => {
    const neighbour = occupy('team.pack.tmp');
    symlinkSync(occupy('real.pack'), place('team.pack'));
    await mine.engine.jobs.export({ format: 'jsonl' }, place('team.pack'));
    assert.equal(readFileSync(place('real.pack'), 'utf8'), '');
    assert.equal(lstatSync(place('team.pack')).isSymbolicLink(), true);
    assert.equal(readFileSync(neighbour, 'utf8'), 'before');
    assert.equal(readdirSync(folder).length, 3);
  });

  it('are read by no more people than before', async () => {
    const file = occupy('team.pack');
    chmodSync(file, 0o600);
    await mine.engine.jobs.export({ format: 'pack' }, file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('may be pipes', async () => {
    const pipe = place('pipe');
    execFileSync('mkfifo', [pipe]);
    const [{ stdout }] = await Promise.all([
      promisify(execFile)('wc', ['-l', pipe]),
      mine.engine.jobs.export({ format: 'pack' }, pipe),
    ]);
    assert.equal(Number(stdout.split(' ')[0]), MANY + 1);
    assert.deepEqual(readdirSync(folder), ['pipe']);
  });

  it('say what is wrong with them', async () => {
    mkdirSync(place('folder'));
    const unreadable = [place('nosuch.pack'), place('folder')];
    for (const file of unreadable) {
      await assert.rejects(yours.engine.jobs.import({ file }, 'team'), {
        code: 'bad-argument',
        message: /cannot be read/,
      });
    }
    for (const file of [place('folder'), join(occupy('file'), 'inner.pack')]) {
      await assert.rejects(mine.engine.jobs.export({ format: 'pack' }, file), {
        code: 'bad-argument',
        message: /cannot be written/,
      });
    }
    await assert.rejects(mine.engine.jobs.export({ format: 'sqlite' }, undefined), {
      code: 'bad-argument',
    });
    assert.deepEqual(readdirSync(folder).sort(), ['file', 'folder']);
  });
});
