import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Resolution, ResolveOptions } from '../../../../src/core/model/api/resolution.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import type { Patch } from '../../../../src/core/model/resolution/patch.ts';
import { formatPatch } from '../../../../src/core/platform/text/patch.ts';
import { makePatch } from '../../../../src/core/resolution/patches/makePatch.ts';
import { type Bench, openBench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

function reader(name: string, variable: string, isFixed: boolean): string {
  const guard = isFixed
    ? [`    if ${variable} is None:`, '        raise ValueError("nothing to read")']
    : [];
  return [
    `def ${name}(${variable}, limit):`,
    '    """Reads what was asked for."""',
    ...guard,
    `    handle = open_shared(${variable}, limit)`,
    '    lines = handle.read_lines(limit)',
    '    return [line.strip() for line in lines]',
    '',
  ].join('\n');
}

const CHECK = [
  'import re, sys',
  'source = open("shop/orders.py", newline="").read()',
  'if "order is None" in source: sys.exit(0)',
  'print("FAIL: test_nothing (test_orders.Reading)")',
  'sys.exit(1)',
].join('\n');

describe('resolving an issue by fixes of the library', () => {
  let repository: TestRepository;
  let bench: Bench;
  const order = { text: 'read_orders fails when there is no order', folder: '' };

  before(async () => {
    repository = createRepository();
    const crlf = reader('read_orders', 'order', false).replaceAll('\n', '\r\n');
    repository.commit([
      {
        message: 'readers',
        files: {
          'shop/users.py': reader('read_users', 'user', false),
          'shop/orders.py': crlf,
          'check.py': CHECK,
        },
      },
      {
        message: 'fix: reading users fails with a clear error when there is none',
        files: { 'shop/users.py': reader('read_users', 'user', true) },
      },
    ]);
    repository.git('reset', '--quiet', '--hard', 'main');
    order.folder = repository.folder;
    bench = await openBench(repository.folder);
    await bench.engine.jobs.extract({ folder: repository.folder, embed: false, git: true }, {});
  });

  after(async () => {
    await bench.close();
    repository.remove();
  });

  const resolve = (options: ResolveOptions): Promise<Resolution> =>
    bench.engine.resolution.resolve(order, options);
  const tests = { command: 'python3 check.py', isTrusted: true };

  it('proposes what mended the like, with the names and the line ends of the place', async () => {
    const { patches } = await resolve({});
    const [patch] = patches;
    assert.ok(patch?.score !== undefined && patch.score >= 0.5 && patch.score <= 1);
    assert.equal(patch.files[0]?.path, 'shop/orders.py');
    assert.match(
      formatPatch(patch.files),
      /\+ {4}if order is None:\r\n\+ {8}raise ValueError\("nothing to read"\)\r\n/,
    );
    assert.match(patch.why[0]?.text ?? '', /read_users/);
  });

  it('says what mended an issue already, and chooses nothing that would make it elsewhere', async () => {
    for (const text of [
      'fix: reading users fails with a clear error when there is none',
      'reading users fails when there is none',
    ]) {
      const found = await bench.engine.resolution.resolve({ ...order, text }, {});
      assert.equal(found.selected.choice.kind, 'none', text);
      const { commit, subject, sureness, places } = found.mendedBy ?? assert.fail(text);
      assert.equal(commit, repository.git('rev-parse', 'main').trim());
      assert.equal(subject, 'fix: reading users fails with a clear error when there is none');
      assert.ok(sureness >= 0.55 && sureness < 1);
      assert.deepEqual(
        places.map(({ path, symbol, range }) => [path, symbol, range?.start.line]),
        [['shop/users.py', 'read_users', 0]],
      );
    }
  });

  it('knows nothing mended where the fix is not made yet, taken back, or about something else', async () => {
    const text = 'reading users fails with a clear error when there is none';
    const mendedBy = async (given: Partial<typeof order> & { revision?: string }) =>
      (await bench.engine.resolution.mendedBy({ ...order, text, ...given }))?.commit;
    assert.equal(await mendedBy({ revision: 'main~1' }), undefined);
    assert.notEqual(await mendedBy({ revision: 'main' }), undefined);
    for (const other of [
      'read_users is slow',
      'reading orders fails when the shop is closed',
      'clear error\n\nThe log-in shows an empty page.',
    ]) {
      assert.equal(await mendedBy({ text: other }), undefined, other);
    }
    const file = join(repository.folder, 'shop/users.py');
    const fixed = readFileSync(file, 'utf8');
    writeFileSync(file, reader('read_users', 'user', false));
    assert.equal(await mendedBy({}), undefined);
    writeFileSync(file, fixed);
  });

  it('shows of what mended an issue first what the issue speaks of, and no table made anew with it', async () => {
    const table = (from: number, lines: number): string =>
      Array.from({ length: lines }, (_, at) => `ROW_${from + at} = "row ${from + at}"\n`).join('');
    const parse = (isFixed: boolean): string =>
      `def parse_input(text):\n${isFixed ? '    text = text.rstrip(";")\n' : ''}    return text.split(";")\n`;
    const made = createRepository();
    const message = 'fix: parsing input with a trailing semicolon gives an empty statement';
    made.commit([
      {
        message: 'parser',
        files: { 'gen.py': table(0, 2500), 'few.py': table(0, 30), 'parser.py': parse(false) },
      },
      {
        message,
        files: { 'gen.py': table(9000, 2500), 'few.py': table(9000, 30), 'parser.py': parse(true) },
      },
    ]);
    made.git('reset', '--quiet', '--hard', 'main');
    const text = 'parsing input with a trailing semicolon gives an empty statement';
    const found = await bench.engine.resolution.mendedBy({ text, folder: made.folder });
    assert.deepEqual(
      found?.places.map(({ path }) => path),
      ['parser.py', 'few.py'],
    );
    const stopped = bench.engine.resolution.mendedBy(
      { text, folder: made.folder },
      { signal: AbortSignal.abort() },
    );
    await assert.rejects(stopped);
    made.remove();
  });

  it('proposes nothing elsewhere when the issue names the code that was mended', async () => {
    const text = 'read_users fails when there is no user';
    const { patches } = await bench.engine.resolution.resolve({ ...order, text }, {});
    assert.deepEqual(patches, []);
  });

  it('proposes nothing where the issue does not point, however like the code is', async () => {
    // The words are those of the fix and of the file, and no function is named.
    const text = 'nothing to read is an error in shop/orders.py since the last release of the shop';
    const { patches } = await bench.engine.resolution.resolve({ ...order, text }, {});
    assert.deepEqual(patches, []);
  });

  it('takes a title of a word that a fix says for no issue of that fix', async () => {
    for (const text of [
      'error\n\nLog-in page shows an error 500 when the cookie is old.',
      'error',
      'clear error\n\nThe page of the log-in shows none.',
    ]) {
      const { patches } = await bench.engine.resolution.resolve({ ...order, text }, {});
      assert.deepEqual(patches, [], text);
    }
  });

  it('proposes no fix that speaks of something else, though a traceback points at code like it', async () => {
    const text = [
      'Orders of yesterday are missing',
      'Traceback (most recent call last):',
      '  File "shop/orders.py", line 4, in read_orders',
      '    lines = handle.read_lines(limit)',
      'KeyError: open_shared',
    ].join('\n');
    const { patches } = await bench.engine.resolution.resolve({ ...order, text }, {});
    assert.deepEqual(patches, []);
  });

  it('proposes nothing for what no fix is about, however like the code is', async () => {
    for (const text of [
      'read_orders is slow on Mondays',
      'the tax on invoices is rounded wrongly',
      'read_orders should draw a progress bar',
    ]) {
      const { patches, selected } = await bench.engine.resolution.resolve({ ...order, text }, {});
      assert.deepEqual(patches, [], text);
      assert.equal(selected.choice.kind, 'none');
      assert.equal(selected.why[0]?.text, 'no earlier fix resembles this');
    }
  });

  it('knows of an earlier version only the fixes that were made by then', async () => {
    const proposed = async (revision: string): Promise<number> => {
      const { patches } = await bench.engine.resolution.resolve({ ...order, revision }, {});
      return patches.length;
    };
    assert.equal(await proposed('main~1'), 0);
    assert.equal(await proposed('main'), 1);
  });

  it('moves lines in that the fix puts under a condition', async () => {
    const sender = (name: string, isFixed: boolean): string =>
      [
        `def ${name}(reply, allowed):`,
        '    reply.status = 200',
        ...(isFixed ? ['    if allowed:', '        reply.set_header("Allow", allowed)'] : []),
        ...(isFixed ? [] : ['    reply.set_header("Allow", allowed)']),
        '    reply.set_header("Content-Length", 0)',
        '',
      ].join('\n');
    repository.commit([
      {
        message: 'senders',
        files: {
          'shop/send_one.py': sender('send_one', false),
          'shop/send_two.py': `class Sender:\n${sender('send_two', false).replace(/^(?=.)/gm, '    ')}`,
        },
      },
      {
        message: 'fix: send_one omits the header when nothing is allowed',
        files: { 'shop/send_one.py': sender('send_one', true) },
      },
    ]);
    repository.git('reset', '--quiet', '--hard', 'main');
    await bench.engine.jobs.extract({ folder: repository.folder, embed: false, git: true }, {});
    const { patches } = await bench.engine.resolution.resolve(
      { ...order, text: 'send_two sends a header when nothing is allowed' },
      {},
    );
    const [first] = patches.filter(({ files }) => files[0]?.path === 'shop/send_two.py');
    assert.ok(first);
    assert.match(
      formatPatch(first.files),
      /\n- {8}reply\.set_header\("Allow", allowed\)\n\+ {8}if allowed:\n\+ {12}reply\.set_header\("Allow", allowed\)\n /,
    );
  });

  it('chooses what mends a test, and changes nothing', async () => {
    const { selected } = await resolve({ selector: 'tests', tests });
    assert.equal(selected.choice.kind, 'chosen');
    assert.match(selected.judged[0]?.why[0]?.text ?? '', /pass with it: 1/);
    assert.doesNotMatch(readFileSync(join(repository.folder, 'shop/orders.py'), 'utf8'), /is None/);
  });

  it('finds none good enough where all break what works', async () => {
    const broken = {
      command: "python3 -c \"import sys; sys.exit(open('shop/orders.py').read().count('None'))\"",
      isTrusted: true,
    };
    const { selected } = await resolve({ selector: 'tests', tests: broken });
    assert.equal(selected.choice.kind, 'none');
  });

  it('says that tests failed before any patch, and chooses nothing by them', async () => {
    const failing = { command: 'false', isTrusted: true };
    const { selected } = await resolve({ selector: 'tests', tests: failing });
    assert.equal(selected.choice.kind, 'none');
    assert.deepEqual(
      selected.notes.map(({ text }) => text),
      ['the tests failed before any patch'],
    );
    assert.doesNotMatch(JSON.stringify(selected.judged), /end the same way/);
  });

  it('runs no test of a folder that is not trusted', async () => {
    await assert.rejects(
      resolve({ tests: { ...tests, isTrusted: false } }),
      (error) => error instanceof AppError && error.code === 'folder-not-trusted',
    );
  });

  it('shows whole files before and after, and changes nothing', async () => {
    const { patches } = await resolve({});
    const [patch] = patches;
    assert.ok(patch);
    const [file] = await bench.engine.resolution.preview(repository.folder, patch);
    const before = readFileSync(join(repository.folder, 'shop/orders.py'), 'utf8');
    assert.equal(file?.before, before);
    assert.match(file.after ?? '', /if order is None:\r\n/);
    assert.equal(readFileSync(join(repository.folder, 'shop/orders.py'), 'utf8'), before);
  });

  it('writes a patch when asked to, and refuses when the file has changed since', async () => {
    const { patches } = await resolve({});
    const [patch] = patches;
    assert.ok(patch);
    const file = join(repository.folder, 'shop/orders.py');
    const former = readFileSync(file);
    writeFileSync(file, 'def other():\n    return 1\n');
    await assert.rejects(
      bench.engine.resolution.apply(repository.folder, patch),
      (error) => error instanceof AppError && error.code === 'patch-refused',
    );
    assert.equal(readFileSync(file, 'utf8'), 'def other():\n    return 1\n');
    writeFileSync(file, former);
    assert.deepEqual(await bench.engine.resolution.apply(repository.folder, patch), [
      'shop/orders.py',
    ]);
    assert.match(readFileSync(file, 'utf8'), /if order is None:\r\n/);
    writeFileSync(file, former);
  });

  it('writes no file through a link to the folder of git, nor over what is no text', async () => {
    const added = (path: string): Patch => {
      const patch = makePatch([{ path, before: null, after: 'new = 2\n' }], {
        origin: { by: 'test', sample: 0 },
        why: [],
      });
      assert.ok(!('refused' in patch));
      return patch;
    };
    const inFolder = (path: string): string => join(repository.folder, path);
    symlinkSync('.git', inFolder('docs'));
    const latin = Buffer.from('# caf\u00e9\nprice = 1\n', 'latin1');
    writeFileSync(inFolder('shop/menu.py'), latin);
    for (const path of ['docs/pattern-foundry-test', 'shop/menu.py']) {
      await assert.rejects(
        bench.engine.resolution.apply(repository.folder, added(path)),
        (error) => error instanceof AppError && error.code === 'patch-refused',
      );
    }
    assert.equal(existsSync(inFolder('.git/pattern-foundry-test')), false);
    assert.deepEqual(readFileSync(inFolder('shop/menu.py')), latin);
    rmSync(inFolder('docs'));
    rmSync(inFolder('shop/menu.py'));
  });
});
