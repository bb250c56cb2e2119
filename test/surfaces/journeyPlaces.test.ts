import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeLine } from '../../src/core/library/journal/line.ts';
import type { Pattern } from '../../src/core/model/pattern.ts';
import { BUILT_CLI, cliJson, ended, runCli, type CliPlace } from '../support/cli/builtCli.ts';
import { POLL, RETRY } from '../support/engine/snippets.ts';

/** What a later version may record. */
const DREAM = { type: 'dream', of: 'electric sheep' };

interface Failure {
  readonly error: { readonly code: string; readonly message: string };
}

interface Findings {
  readonly findings: readonly { readonly level: string; readonly check: string }[];
}

describe('a library and a folder in a bad place', () => {
  let root: string;
  let place: CliPlace;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'pattern-foundry-'));
    place = { library: join(root, 'library'), cwd: join(root, 'project') };
    mkdirSync(place.cwd);
    writeFileSync(join(place.cwd, 'retry.js'), RETRY);
    await cliJson(place, ['extract', '--no-embed']);
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const fails = async (at: CliPlace, argv: readonly string[]): Promise<Failure['error']> =>
    (await cliJson<Failure>(at, argv, { code: 2 })).error;
  const listed = async (at = place): Promise<readonly Pattern[]> =>
    (await cliJson<{ patterns: Pattern[] }>(at, ['list'])).patterns;
  const journalFile = (): string => {
    const folder = join(place.library, 'journal');
    const [name = ''] = readdirSync(folder);
    return join(folder, name);
  };
  const levelOf = async (check: string): Promise<string | undefined> => {
    const { out } = await runCli(place, ['doctor', '--json']);
    return (JSON.parse(out) as Findings).findings.find((finding) => finding.check === check)?.level;
  };

  it('says that a folder is missing', async () => {
    assert.equal((await fails(place, ['extract', 'nosuch'])).code, 'folder-not-found');
    const { code, out, err } = await runCli(place, ['extract', 'nosuch']);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /nosuch[\s\S]*folder-not-found/);
  });

  it('says that the history of a missing folder cannot be told', async () => {
    assert.equal((await fails(place, ['history', 'nosuch'])).code, 'folder-not-found');
  });

  it('says that a library is a file', async () => {
    const file = { ...place, library: join(root, 'file') };
    writeFileSync(file.library, 'precious');
    for (const argv of [['extract', '--no-embed'], ['list'], ['search', 'retry'], ['stats']]) {
      const { code } = await fails(file, argv);
      assert.ok(['library-damaged', 'library-read-only'].includes(code), `${argv.join()}: ${code}`);
    }
  });

  it('finds an empty library where there is none, and makes no folder for that', async () => {
    const none = { ...place, library: join(root, 'none') };
    assert.equal((await runCli(none, ['list'])).code, 1);
    assert.equal((await runCli(none, ['search', 'retry'])).code, 1);
    assert.equal(existsSync(none.library), false);
  });

  it('says what cannot be written, and still answers what can be read', async function () {
    const file = { ...place, library: join(root, 'blocked') };
    mkdirSync(file.library);
    cpSync(join(place.library, 'journal'), join(file.library, 'journal'), { recursive: true });
    writeFileSync(join(file.library, 'derived'), 'a file in place of the folder');
    assert.equal((await listed(file)).length, 1);
    const [{ id } = { id: '' }] = await listed(file);
    assert.equal((await cliJson<{ id: string }>(file, ['rate', id, 'up'])).id, id);
    assert.equal((await runCli(file, ['search', 'retry'])).code, 0);
  });

  it('names key and line of a setting that is wrong', async () => {
    const config = join(place.cwd, '.pattern-foundry.yaml');
    writeFileSync(config, 'search:\n  default_limit: 3\nextraction:\n  min_lines: many\n');
    const error = await fails(place, ['extract', '--no-embed']);
    assert.equal(error.code, 'bad-config');
    assert.match(error.message, /min_lines/);
    assert.match(error.message, /4/);
    assert.equal((await fails(place, ['search', 'retry'])).code, 'bad-config');
    writeFileSync(config, 'extraction: [unclosed\n');
    assert.equal((await fails(place, ['extract', '--no-embed'])).code, 'bad-config');
  });

  it('follows the settings of the folder, and flags before them', async () => {
    writeFileSync(
      join(place.cwd, '.pattern-foundry.yaml'),
      'extraction:\n  min_lines: 50\n  exclude: ["skipped/**"]\nsearch:\n  default_limit: 1\n',
    );
    mkdirSync(join(place.cwd, 'skipped'));
    writeFileSync(join(place.cwd, 'skipped', 'poll.js'), POLL);
    const fresh = { ...place, library: join(root, 'fresh') };
    await runCli(fresh, ['extract', '--no-embed']);
    assert.equal((await runCli(fresh, ['list'])).code, 1);
    await cliJson(fresh, ['extract', '--no-embed', '--min-lines', '5']);
    assert.deepEqual(
      (await listed(fresh)).map(({ name }) => name),
      ['retry'],
    );
    writeFileSync(join(place.cwd, 'poll.js'), POLL);
    await cliJson(fresh, ['extract', '--no-embed', '--min-lines', '5']);
    const query = ['search', 'again until ready works', '--min-relevance', '0'];
    const { hits } = await cliJson<{ hits: unknown[] }>(fresh, query);
    assert.equal(hits.length, 1);
    const more = await cliJson<{ hits: unknown[] }>(fresh, [...query, '--limit', '2']);
    assert.equal(more.hits.length, 2);
  });

  it('passes over garbage in the journal, which doctor counts', async () => {
    const before = await listed();
    appendFileSync(journalFile(), Buffer.from('garbage\n{"torn":\n\xff\xfe\x00\n', 'latin1'));
    writeFileSync(join(place.library, 'journal', 'notes.txt'), 'not ours');
    writeFileSync(join(place.library, 'journal', 'ffffffffffffffffffffffff.sealed'), 'garbage\n');
    assert.deepEqual(await listed(), before);
    assert.notEqual(await levelOf('journal-lines'), 'ok');
    await cliJson(place, ['rate', before[0]?.id ?? '', 'up']);
    assert.equal((await listed())[0]?.ratingCount, 1);
  });

  it('keeps a torn last line from losing what is written after it', async () => {
    const before = await listed();
    appendFileSync(journalFile(), '{"half of an ev');
    await cliJson(place, ['rate', before[0]?.id ?? '', 'up']);
    assert.equal((await listed())[0]?.ratingCount, 1);
  });

  it('answers the same when all derived data is gone or garbage', async () => {
    writeFileSync(join(place.cwd, 'poll.js'), POLL);
    await cliJson(place, ['extract', '--no-embed']);
    const answers = async (): Promise<readonly string[]> => {
      const runs = [
        ['list', '--json'],
        ['search', 'again until ready', '--json'],
      ];
      const outs = [];
      for (const argv of runs) {
        const { out } = await runCli(place, argv);
        // Each showing has an id of its own.
        outs.push(out.replace(/"impression":"[^"]*"/g, ''));
      }
      return outs;
    };
    const before = await answers();
    const derived = join(place.library, 'derived');
    rmSync(derived, { recursive: true });
    assert.deepEqual(await answers(), before, 'gone');
    for (const name of readdirSync(derived)) writeFileSync(join(derived, name), 'garbage');
    assert.deepEqual(await answers(), before, 'garbage');
    assert.equal((await runCli(place, ['doctor', '--rebuild'])).code, 0);
    assert.deepEqual(await answers(), before, 'rebuilt');
  });

  it('reads on beside events of a later version, which no compaction loses', async () => {
    const later = encodeLine({ ...DREAM, id: 'w.9', rev: 9, at: 0 });
    const before = await listed();
    appendFileSync(journalFile(), later);
    assert.deepEqual(await listed(), before);
    assert.notEqual(await levelOf('journal-later'), 'ok');
    await cliJson(place, ['rate', before[0]?.id ?? '', 'up']);
    await cliJson(place, ['compact']);
    assert.ok(readFileSync(journalFile()).includes(later));
    assert.equal((await listed())[0]?.ratingCount, 1);
  });

  it('loses nothing where no more can be written, says so, and goes on when it can', async () => {
    const before = await listed();
    writeFileSync(join(place.cwd, 'poll.js'), POLL);
    const lines = Array.from({ length: 900 }, (_, at) => `  step(${'i, '.repeat(at % 9)}i);`);
    writeFileSync(join(place.cwd, 'long.js'), `function f(i) {\n${lines.join('\n')}\n}\n`);
    const folder = join(place.library, 'journal');
    const files = readdirSync(folder);
    const command = 'ulimit -f 1 && exec "$0" "$@"';
    const argv = [BUILT_CLI, 'extract', '--no-embed', '--min-complexity', '1', '--json'];
    const child = spawn('/bin/sh', ['-c', command, process.execPath, ...argv], {
      cwd: place.cwd,
      env: { ...process.env, PATTERN_FOUNDRY_LIBRARY: place.library },
    });
    const { code, out } = await ended(child);
    assert.equal(code, 2);
    assert.equal((JSON.parse(out) as Failure).error.code, 'library-write-failed');
    assert.deepEqual(
      files.filter((name) => !readdirSync(folder).includes(name)),
      [],
    );
    assert.deepEqual((await listed()).slice(0, 1), before);
    await cliJson(place, ['extract', '--no-embed', '--min-complexity', '1']);
    const after = (await listed()).map(({ name }) => name);
    assert.deepEqual(after.sort(), ['f', 'poll', 'retry']);
    assert.equal((await runCli(place, ['doctor'])).code, 0);
  });
});
