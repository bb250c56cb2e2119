import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createSecretGate } from '../../src/core/secrets/gate.ts';
import { openGit } from '../../src/core/sources/git/repository.ts';
import { readSource } from '../../src/core/sources/files/readSource.ts';
import { listFiles, MAX_SOURCE_BYTES } from '../../src/core/sources/files/listing.ts';
import type { BenchOptions, BenchTable } from './table.ts';

/** About one function each. */
const LINES_A_PIECE = 12;

/** Every text goes through the gate this often; the first round warms the regular expressions up. */
const ROUNDS = 3;

const CODE = /\.(?:py|[cm]?[jt]sx?|go|rs|java|cs|rb|php|c|h|cc|cpp|hpp|kt|vue|svelte)$/;

/** Speed of the secret gate on whole files, on pieces of them and on commit messages. */
export async function benchSecrets({ repo }: BenchOptions): Promise<readonly BenchTable[]> {
  const folder = repo ?? process.cwd();
  const git = await openGit(folder);
  const root = git?.topLevel ?? folder;
  const { files } = await listFiles(root, {
    git,
    exclude: [],
    languages: [],
    languageOf: (path) => CODE.exec(path)?.[0],
    maxBytes: MAX_SOURCE_BYTES,
    now: () => Date.now(),
  });
  const sources: string[] = [];
  for (const { path } of files) {
    const source = await readSource(join(root, path), MAX_SOURCE_BYTES);
    if ('text' in source) sources.push(source.text);
  }
  const kinds = [
    ['files', sources],
    ['pieces of 12 lines', sources.flatMap(toPieces)],
    ['commit messages', git === undefined ? [] : readMessages(root)],
  ] as const;
  const rows: (string | number)[][] = [];
  for (const [name, texts] of kinds) rows.push([name, ...(await measure(texts))]);
  return [
    {
      title: 'Secrets',
      columns: ['texts', 'number', 'MB', 'MB/s', 'texts/s', 'texts with a secret'],
      rows,
      note: 'user CPU time of this process, median of the rounds after the first',
    },
  ];
}

async function measure(texts: readonly string[]): Promise<readonly number[]> {
  const gate = createSecretGate();
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  const seconds: number[] = [];
  let flagged = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    flagged = 0;
    const before = process.cpuUsage().user;
    for (const text of texts) {
      if ((await gate.redact(text)).found.length > 0) flagged += 1;
    }
    if (round > 0) seconds.push((process.cpuUsage().user - before) / 1e6);
  }
  const median = seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? 0;
  return [texts.length, megabytes, megabytes / median, texts.length / median, flagged];
}

function toPieces(text: string): string[] {
  const lines = text.split('\n');
  return Array.from({ length: Math.ceil(lines.length / LINES_A_PIECE) }, (_, index) =>
    lines.slice(index * LINES_A_PIECE, (index + 1) * LINES_A_PIECE).join('\n'),
  );
}

function readMessages(root: string): string[] {
  return execFileSync('git', ['log', '-z', '--format=%B'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
  }).split('\0');
}
