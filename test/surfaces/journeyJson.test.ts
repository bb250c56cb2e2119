import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommitReport, ExtractionSummary } from '../../src/core/model/api/jobs.ts';
import type { ChangePattern, CodePattern, Pattern } from '../../src/core/model/pattern.ts';
import { cliJson, ended, runCli, startCli, type CliPlace } from '../support/cli/builtCli.ts';
import { createRepository, type TestRepository } from '../support/projects/repository.ts';
import { POLL, POLL_FIXED } from '../support/engine/snippets.ts';

/** UTF-16 surrogates before and in a function, on lines that end as on Windows. */
const EMOJI = [
  '# -*- coding: utf-8 -*-',
  'NOTE = "🙂🙂"; LIMIT = 3',
  '',
  'class Größe:',
  '    """Measures 🙂 things. And more."""',
  '',
  '    def zähle(self, items):',
  '        if not items: return "🙂"',
  '        for item in items:',
  '            if item: return item',
  '        return "日本語🙂"',
  '',
].join('\r\n');

const ONE_LINE = `const s = "🙂🙂"; export const after = (a, b) => {
  if (a && b) return "🙂";
  for (const c of a) if (c) return c;
  log(a);
  return b ?? "é"; }; const tail = 1;
`;

const PATTERN_KEYS = [
  ...['id', 'kind', 'language', 'framework', 'name', 'signature', 'description', 'tags'],
  ...['complexity', 'lines', 'fingerprint', 'template', 'support', 'ratingCount', 'successCount'],
  ...['avgRating', 'successRate', 'provenance', 'occurrences'],
];

describe('the built command line', () => {
  let root: string;
  let repository: TestRepository;
  let place: CliPlace;

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'pattern-foundry-'));
    repository = createRepository();
    repository.commit([
      {
        message: 'Add all',
        files: { 'a/größe.py': EMOJI, 'a/line.js': ONE_LINE, 'poll.js': POLL, 'n.ipynb': '{}' },
      },
      { message: 'Fix endless polling', files: { 'poll.js': POLL_FIXED } },
      { message: 'Release 2', files: { VERSION: '2\n' } },
    ]);
    repository.git('reset', '--hard', '--quiet');
    repository.git('config', 'core.autocrlf', 'false');
    place = { library: join(root, 'library'), cwd: repository.folder };
    await runCli(place, ['extract', '--no-embed']);
  });
  after(() => {
    rmSync(root, { recursive: true, force: true });
    repository.remove();
  });

  const listed = async (): Promise<readonly Pattern[]> =>
    (await cliJson<{ patterns: Pattern[] }>(place, ['list', '--limit', '100', '--all-versions']))
      .patterns;

  it('tells what an extraction did under the agreed keys', async () => {
    const summary = await cliJson<ExtractionSummary>({ ...place, library: join(root, 'second') }, [
      'extract',
      '--no-embed',
    ]);
    assert.deepEqual(summary.files, {
      seen: 5,
      parsed: 3,
      unchanged: 0,
      skipped: { notebook: 1, unsupported: 1 },
    });
    const { seen, bug_fix, feature_addition, unknown, pairs } = summary.commits;
    assert.deepEqual([seen, bug_fix, feature_addition, unknown], [3, 1, 1, 1]);
    assert.ok(pairs > 1 && summary.fragments > 3 && summary.bytes > 500);
    assert.equal(summary.embedded, 0);
    assert.equal(summary.patterns['fix'], 1);
    assert.ok(Object.values(summary.durationMs).every((ms) => ms >= 0));
    assert.equal(summary.library, join(root, 'second'));
  });

  it('tells of a pattern under the agreed keys, whatever its kind', async () => {
    const patterns = await listed();
    assert.ok(patterns.length >= 6);
    for (const pattern of patterns) {
      const keys = Object.keys(pattern);
      const texts = ['fix', 'feature'].includes(pattern.kind) ? ['before', 'after'] : ['code'];
      assert.deepEqual(
        [...PATTERN_KEYS, ...texts].filter((key) => !keys.includes(key)),
        [],
      );
      assert.ok(!Object.values(pattern).includes(undefined));
      for (const occurrence of [pattern.provenance, ...pattern.occurrences]) {
        assert.deepEqual(Object.keys(occurrence).sort(), [
          'author',
          'commit',
          'date',
          'path',
          'project',
          'projectName',
          'range',
        ]);
        assert.match(occurrence.date ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
        assert.ok(!(occurrence.path ?? '').includes('\\'));
      }
      const { mean, low, high } = pattern.successRate;
      assert.ok(0 <= low && low <= mean && mean <= high && high <= 1);
      assert.equal(pattern.id, pattern.fingerprint.slice(0, 16));
    }
  });

  it('tells places in UTF-16 units from 0, with the end exclusive', async () => {
    const patterns = (await listed()).filter(
      (pattern): pattern is CodePattern => 'code' in pattern,
    );
    assert.ok(patterns.some(({ name }) => name === 'zähle'));
    assert.ok(patterns.some(({ name }) => name === 'after'));
    for (const { code, provenance, name, lines } of patterns) {
      const { path, range } = provenance;
      assert.ok(path !== null && range !== null);
      const text = readFileSync(join(repository.folder, path), 'utf8');
      const cut = textOf(text, range);
      const flat = (value: string): string => value.replace(/\r/g, '').replace(/^\s+/gm, '');
      assert.equal(flat(cut), flat(code), name);
      assert.equal(lines, range.end.line - range.start.line + 1, name);
    }
  });

  it('tells places of changes in the version after the commit', async () => {
    const fix = (await listed()).find(
      (pattern): pattern is ChangePattern => pattern.kind === 'fix',
    );
    assert.ok(fix?.provenance.range && fix.provenance.commit && fix.provenance.path);
    const text = repository.git('show', `${fix.provenance.commit}:${fix.provenance.path}`);
    assert.equal(textOf(text, fix.provenance.range), fix.after);
  });

  it('shows, searches and lists the same pattern', async () => {
    const [row] = await listed();
    assert.ok(row);
    const { history, now, ...first } = row as Pattern & { history: object; now?: object };
    assert.deepEqual(Object.keys(history).sort(), ['changes', 'fixes', 'gone', 'tests']);
    const shown = await cliJson<{ pattern: Pattern; now?: object }>(place, [
      'show',
      first.id.slice(0, 8),
    ]);
    assert.deepEqual([shown.pattern, shown.now], [first, now]);
    const { hits } = await cliJson<{
      hits: (Pattern & {
        score: number;
        relevance: number;
        signals: object;
        impression: string;
      })[];
    }>(place, ['search', first.name, '--min-relevance', '0', '--limit', '20', '--all-versions']);
    const hit = hits.find(({ id }) => id === first.id);
    assert.ok(hit);
    const { score, relevance, signals, impression, ...rest } = hit;
    assert.deepEqual(rest, row);
    assert.match(impression, /^[0-9a-f]{12}\.\d+$/);
    assert.ok(typeof score === 'number' && Object.keys(signals).length > 0);
    assert.ok(relevance >= 0 && relevance <= 1);
  });

  it('tells how each commit was classified', async () => {
    const { commits } = await cliJson<{ commits: CommitReport[] }>(place, ['history']);
    assert.deepEqual(
      commits.map(({ type }) => type),
      ['unknown', 'bug_fix', 'feature_addition'],
    );
    for (const { commit, confidence, evidence, pairs } of commits) {
      assert.match(commit, /^[0-9a-f]{40}$/);
      assert.ok(confidence >= 0 && confidence <= 1 && evidence.length > 0 && pairs >= 0);
    }
  });

  it('keeps, edits, rates, forgets and restores by hand', async () => {
    const { pattern } = await cliJson<{ pattern: Pattern }>(
      place,
      ['add', '-', '--name', 'swap', '--tags', 'b,a', '--description', 'Swaps', '--language', 'py'],
      { input: 'a, b = b, a\n' },
    );
    assert.deepEqual(
      [pattern.name, pattern.tags, pattern.description, pattern.language, pattern.provenance.path],
      ['swap', ['a', 'b'], 'Swaps', 'python', null],
    );
    const { id } = pattern;
    const edited = await cliJson<{ pattern: Pattern }>(place, ['edit', id, '--name', 'exchange']);
    assert.deepEqual([edited.pattern.id, edited.pattern.name], [id, 'exchange']);
    const rated = await cliJson<Record<string, unknown>>(place, [
      'rate',
      id,
      '4',
      '--session',
      's',
    ]);
    assert.deepEqual(
      [rated['id'], rated['ratingCount'], rated['successCount'], rated['avgRating']],
      [id, 1, 1, 4],
    );
    const taken = await cliJson<Record<string, unknown>>(place, [
      'rate',
      id,
      'none',
      '--session',
      's',
    ]);
    assert.equal(taken['ratingCount'], 0);
    const forgotten = await cliJson<{ forgotten: string[] }>(place, ['forget', id]);
    assert.deepEqual(forgotten.forgotten, [id]);
    const restored = await cliJson<{ restored: string[] }>(place, ['restore', id]);
    assert.deepEqual(restored.restored, [id]);
  });

  it('forgets and restores a whole project, and says what that came to', async () => {
    const { project } = await cliJson<ExtractionSummary>(place, ['extract', '--no-embed']);
    const before = await listed();
    const { forgotten } = await cliJson<{ forgotten: string[] }>(place, [
      'forget',
      '--project',
      project,
    ]);
    assert.ok(forgotten.length > 3);
    const { restored } = await cliJson<{ restored: string[] }>(place, [
      'restore',
      '--project',
      project,
    ]);
    assert.deepEqual([...restored].sort(), [...forgotten].sort());
    assert.deepEqual(await listed(), before);
  });

  it('ends with 1 and an empty document where nothing is found', async () => {
    const empty = { ...place, library: join(root, 'empty') };
    const options = { code: 1 };
    const nothing = async (of: CliPlace, argv: readonly string[]): Promise<unknown> => {
      const { scope, ...rest } = await cliJson<Record<string, unknown>>(of, argv, options);
      assert.ok(scope);
      return rest;
    };
    assert.deepEqual(await nothing(empty, ['search', 'retry']), { hits: [] });
    assert.deepEqual(await nothing(empty, ['list']), { patterns: [], total: 0 });
    assert.deepEqual(await cliJson(empty, ['show', 'ffffffff'], options), { pattern: null });
    assert.deepEqual(await nothing(place, ['search', 'qwxzv plonkfrz']), { hits: [] });
  });

  it('ends with 2 and a code where it could not', async () => {
    for (const [argv, code] of [
      [['rate', 'ffffffffffffffff', 'up'], 'pattern-not-found'],
      [['forget', 'ffffffffffffffff'], 'pattern-not-found'],
      [['forget', '--project', 'nosuch'], 'project-not-found'],
      [['rate', 'ffffffffffffffff', '6'], 'bad-argument'],
      [['list', '--kind', 'nosuch'], 'bad-argument'],
      [['list', '--nosuch'], 'bad-argument'],
      [['nosuch'], 'bad-argument'],
      [['search'], 'bad-argument'],
      [['extract', '--since-date', 'yesterday'], 'bad-argument'],
      [['import', 'nosuch.pack'], 'bad-argument'],
      [['export', '--format', 'sqlite'], 'bad-argument'],
    ] as const) {
      const failure = await cliJson<{ error: { code: string; message: string } }>(place, argv, {
        code: 2,
      });
      assert.deepEqual([failure.error.code, Object.keys(failure)], [code, ['error']]);
    }
  });

  it('answers a query a line, each with a document', async () => {
    const child = startCli(place, ['search', '--stdin']);
    const run = ended(child);
    child.stdin.end('poll\nqwxzv plonkfrz\n\nzähle\n');
    const { code, out } = await run;
    const documents = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { hits: Pattern[] });
    assert.equal(code, 0);
    assert.deepEqual(
      documents.map(({ hits }) => hits.length > 0),
      [true, false, false, true],
    );
  });

  it('travels to another library by a file', async () => {
    const other = { ...place, library: join(root, 'other') };
    const pack = join(root, 'team.pack');
    assert.equal((await runCli(place, ['export', '--output', pack])).code, 0);
    const summary = await cliJson<{ imported: number; pack: string }>(other, ['import', pack]);
    assert.ok(summary.imported > 5 && summary.pack === 'team');
    assert.equal((await runCli(other, ['list'])).code, 1);
    await cliJson(other, ['accept', '--pack', 'team']);
    const { total } = await cliJson<{ total: number }>(other, ['list']);
    assert.equal(total, summary.imported);
    const { out } = await runCli(place, ['export', '--format', 'jsonl']);
    for (const line of out.trimEnd().split('\n')) {
      const { problem_type: type } = JSON.parse(line) as { problem_type: string };
      assert.ok(['bug_fix', 'feature_addition'].includes(type), line);
    }
  });

  it('colours nothing without a terminal, and says so much as --help for each command', async () => {
    const { out } = await runCli({ ...place, env: { NO_COLOR: '1', FORCE_COLOR: '' } }, ['list']);
    assert.ok(!out.includes('\u001B'));
    const help = await runCli(place, ['--help']);
    assert.equal(help.code, 0);
    for (const command of ['extract', 'search', 'list', 'show', 'history', 'add', 'edit', 'rate']) {
      assert.ok(help.out.includes(`  ${command}`), command);
    }
  });

  it('keeps what a hostile file says away from the terminal', async () => {
    const hostile = join(root, 'hostile.js');
    writeFileSync(hostile, '// \u001B]0;owned\u0007\u001B[2J\nfunction evil() { return 1; }\n');
    const { out } = await runCli(place, ['add', hostile, '--description', '\u001B[31mred']);
    const [id = ''] = /[0-9a-f]{16}/.exec(out) ?? [];
    const shown = await runCli(place, ['show', id]);
    assert.ok(!shown.out.includes('\u001B'));
    assert.ok(shown.out.includes('evil'));
  });
});

/** What an editor would show for a range. */
function textOf(text: string, { start, end }: NonNullable<Pattern['provenance']['range']>): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.character);
  lines[0] = (lines[0] ?? '').slice(start.character);
  return lines.join('\n');
}
