import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cliJson, runCli, type CliPlace } from '../../../support/cli/builtCli.ts';
import { canaries, type Canary } from '../../../support/library/canaries.ts';
import { filesBelow, openBench, type Bench } from '../../../support/engine/engine.ts';
import {
  createRepository,
  type CommitDraft,
  type TestRepository,
} from '../../../support/projects/repository.ts';
import { listed } from '../../../support/engine/found.ts';

const CANARIES = canaries();

/** Shorter pieces of a secret are of no use and stand in other words by chance. */
const PIECE = 12;

/** Every piece of a text, in lower case because word indexes fold it. */
function piecesOf(text: string): Set<string> {
  const lower = text.toLowerCase();
  const pieces = new Set<string>();
  for (let at = 0; at + PIECE <= lower.length; at += 1) pieces.add(lower.slice(at, at + PIECE));
  return pieces;
}

/** Pieces by the type of their canary; those of the format alone, which other secrets share, are left out. */
function secretPieces(): Map<string, string> {
  const format = new Set(canaries(2).flatMap(({ secret }) => [...piecesOf(secret)]));
  const pieces = new Map<string, string>();
  for (const { type, place, secret } of CANARIES) {
    for (const line of secret.split('\n')) {
      for (const piece of piecesOf(line)) {
        if (!format.has(piece)) pieces.set(piece, `${type} in ${place}: ${piece}`);
      }
    }
  }
  return pieces;
}

const PIECES = secretPieces();

function leaksIn(name: string, bytes: Buffer | string): string[] {
  const text = (typeof bytes === 'string' ? bytes : bytes.toString('latin1')).toLowerCase();
  const leaks = new Set<string>();
  for (let at = 0; at + PIECE <= text.length; at += 1) {
    const found = PIECES.get(text.slice(at, at + PIECE));
    if (found !== undefined) leaks.add(`${name}: ${found}`);
  }
  return [...leaks];
}

/** A function of its language around some text, so that it is kept as a pattern. */
type Host = readonly [
  extension: string,
  host: (name: string, inside: string, guard: string) => string,
];

const HOSTS: Readonly<Record<string, Host>> = {
  js: [
    'js',
    (name, inside, guard) =>
      `export function ${name}(a, b) {\n  if (a && b) return b;\n  ${guard}\n${inside}\n  return a || b;\n}\n`,
  ],
  ts: [
    'ts',
    (name, inside, guard) =>
      `export function ${name}(a: number, b: number) {\n  if (a && b) return b;\n  ${guard}\n${inside}\n  return a || b;\n}\n`,
  ],
  py: [
    'py',
    (name, inside, guard) =>
      `def ${name}(a, b):\n    if a and b:\n        return b\n    ${guard.replace(/[;]/g, '')}\n${inside.replace(/^/gm, '    ')}\n    return a or b\n`,
  ],
  go: [
    'go',
    (name, inside, guard) =>
      `package main\n\nfunc ${name}(a int, b bool) int {\n\tif a > 1 && b {\n\t\treturn a\n\t}\n\t${guard}\n${inside}\n\treturn 2\n}\n`,
  ],
  java: [
    'java',
    (name, inside, guard) =>
      `class ${name} {\n  int run(int a, int b) {\n    if (a > 1 && b > 1) return b;\n    ${guard}\n${inside}\n    return a;\n  }\n}\n`,
  ],
};
/** Text that is no code goes into a string of several lines, as scripts hold it. */
const TEXT_HOST: Host = [
  'rb',
  (name, inside, guard) =>
    `def ${name}(a, b)\n  return b if a && b\n  ${guard.replace(/[;]/g, '')}\n  text = <<~TEXT\n${inside}\n  TEXT\n  a || text\nend\n`,
];

function hostOf({ place, file }: Canary): Host {
  const extension = file.split('.').pop() ?? '';
  return (place === 'source' ? HOSTS[extension] : undefined) ?? TEXT_HOST;
}

const name = (index: number): string => `canary${String(index).padStart(3, '0')}`;
const pathOf = (canary: Canary, index: number): string => `src/${name(index)}.${hostOf(canary)[0]}`;

/** No two have the same template, or they would be one pattern with the text of the first. */
function sourceOf(canary: Canary, index: number, state: 'clean' | 'held' | 'removed'): string {
  const inside = state === 'held' ? canary.snippet.replace('export ', '').trimEnd() : '';
  const guard = `${state === 'clean' ? 'note' : 'check'}(${'a, '.repeat(index)}b);`;
  return hostOf(canary)[1](name(index), inside, guard);
}

/** Every secret comes with one fix, that tells it too, and half of them go with another. */
function plant(repository: TestRepository): void {
  const files = (
    state: 'clean' | 'held' | 'removed',
    indexes: readonly number[],
  ): CommitDraft['files'] =>
    Object.fromEntries(
      indexes.flatMap((index) => {
        const canary = CANARIES[index];
        return canary === undefined
          ? []
          : [[pathOf(canary, index), sourceOf(canary, index, state)]];
      }),
    );
  const all = CANARIES.map((_, index) => index);
  repository.commit([
    { message: 'Start', files: files('clean', all) },
    ...all.map((index) => ({
      message: `Fix crash of ${name(index)}\n\n${CANARIES[index]?.snippet ?? ''}`,
      files: files('held', [index]),
    })),
    {
      message: 'Fix leak',
      files: files(
        'removed',
        all.filter((index) => index % 2 === 0 && index < 60),
      ),
    },
    {
      message: 'Fix leak of the others',
      files: files(
        'removed',
        all.filter((index) => index % 2 === 0 && index >= 60),
      ),
    },
  ]);
  repository.git('reset', '--hard', '--quiet');
  for (const [index, canary] of CANARIES.entries()) {
    if (canary.place !== 'config') continue;
    const file = join(repository.folder, 'config', name(index), canary.file);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, canary.snippet);
  }
  const token = CANARIES.find(({ type }) => type === 'github')?.secret ?? '';
  repository.git('remote', 'add', 'origin', `https://ada:${token}@code.example.com/team/shop.git`);
}

describe('secrets', () => {
  let bench: Bench;
  let repository: TestRepository;
  let place: CliPlace;
  const said: string[] = [];

  before(async () => {
    repository = createRepository();
    plant(repository);
    bench = await openBench(repository.folder);
    place = { library: bench.library, cwd: bench.project };
  });
  after(async () => {
    await bench.close();
    repository.remove();
  });

  /** Runs the built command line and keeps all it says. */
  const run = async (...argv: readonly string[]): Promise<string> => {
    const { out, err } = await runCli(place, argv);
    said.push(out, err);
    return out;
  };

  it('are planted where extraction keeps what is around them', async () => {
    assert.equal(CANARIES.length, 100);
    const extracted = await run('extract', '--no-embed', '--json');
    const { total } = await cliJson<{ total: number }>(place, ['list', '--kind', 'function']);
    assert.ok(total >= 90, `${String(total)} functions`);
    const pairs = await cliJson<{ total: number }>(place, ['list', '--kind', 'fix']);
    assert.ok(pairs.total >= 100, `${String(pairs.total)} fixes`);
    const { secrets } = JSON.parse(extracted) as { secrets: number };
    assert.ok(secrets >= 100, `${String(secrets)} secrets`);
  });

  it('would be noticed wherever they are planted', () => {
    for (const { type, snippet } of CANARIES) {
      assert.notDeepEqual(leaksIn('snippet', JSON.stringify(snippet)), [], type);
    }
  });

  it('are replaced by typed placeholders', async () => {
    const { text } = await bench.engine.jobs.export({ format: 'pack' }, undefined);
    assert.match(text, /<secret:[a-z-]+>/);
  });

  it('reach no byte of the library, an export or an output, however they are told', async () => {
    const { engine } = bench;
    const [first] = (await listed(engine, {}, 1)).patterns;
    assert.ok(first);
    for (const [index, { snippet }] of CANARIES.entries()) {
      if (index % 4 === 0) {
        await engine.curate.rate(first.id, 4, { session: snippet, task: snippet });
      }
      if (index % 4 === 1) {
        await engine.curate.edit(first.id, {
          name: snippet,
          description: snippet,
          tags: [snippet],
        });
      }
      if (index % 4 === 2) {
        await engine.curate.add({
          code: snippet,
          description: snippet,
          name: snippet,
          tags: [snippet],
        });
      }
      if (index % 4 === 3) {
        const text = pairLine(index, snippet) + packLine(index, snippet);
        await engine.jobs.import({ text }, `pack ${snippet}`);
      }
    }
    for (const { text } of [
      await engine.jobs.export({ format: 'pack' }, undefined),
      await engine.jobs.export({ format: 'jsonl' }, undefined),
    ]) {
      said.push(text);
    }
    await engine.library.compact();
    await engine.library.doctor('rebuild');
    await run('history');
    await run('list', '--limit', '10000');
    await run('list', '--limit', '10000', '--json');
    await run('search', 'fix crash of a canary with a password', '--limit', '100');
    await run('show', first.id);
    await run('stats');
    await run('doctor');
    await run('export', '--format', 'pack', '--output', join(bench.library, 'all.pack'));
    await run('export', '--format', 'jsonl', '--output', join(bench.library, 'all.jsonl'));
    await run('export', '--format', 'sqlite', '--output', join(bench.library, 'all.sqlite'));
    const leaks = said.flatMap((text, index) => leaksIn(`output ${String(index)}`, text));
    for (const [path, bytes] of filesBelow(bench.library)) leaks.push(...leaksIn(path, bytes));
    assert.deepEqual(leaks, []);
  });
});

function pairLine(index: number, snippet: string): string {
  return `${JSON.stringify({
    pattern_id: `${name(index)} ${snippet}`,
    problem_type: 'bug_fix',
    before_code: 'def run(a):\n    return a\n',
    after_code: `def run(a):\n    # ${String(index)}\n    ${snippet}\n    return a\n`,
    commit_msg: snippet,
    author: 'ada@example.com',
    date: '2024-03-15 10:30:00',
    confidence: 0.5,
  })}\n`;
}

function packLine(index: number, snippet: string): string {
  const text = { name: snippet, signature: snippet, description: snippet, framework: snippet };
  const place = {
    project: snippet,
    path: snippet,
    commit: snippet,
    author: snippet,
    date: snippet,
  };
  return `${JSON.stringify({
    fingerprint: String(index).padStart(3, '0').padEnd(64, '0'),
    kind: 'fix',
    language: snippet,
    ...text,
    tags: [snippet],
    template: snippet,
    before: snippet,
    after: snippet,
    message: snippet,
    issues: [snippet],
    occurrences: [{ ...place, range: null }],
  })}\n`;
}
