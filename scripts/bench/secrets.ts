import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createSecretGate } from '../../src/core/secrets/gate.ts';
import { openGit } from '../../src/core/sources/git/repository.ts';
import { readSource } from '../../src/core/sources/files/readSource.ts';
import { listFiles } from '../../src/core/sources/files/listing.ts';
import { MAX_SOURCE_BYTES, openSourceTexts } from '../../src/core/sources/sourceText.ts';
import { isGone, plantSecrets } from '../../test/support/library/planting.ts';
import type { BenchOptions, BenchTable } from './table.ts';

/** About one function each. */
const LINES_A_PIECE = 12;

/** Every text goes through the gate this often; the first round warms the regular expressions up. */
const ROUNDS = 3;

/** Planted secrets are drawn with each; the tests use others. */
const SEEDS = [101, 102, 103, 104, 105];

/** Speed of the secret gate on whole files, on pieces of them and on commit messages. */
export async function benchSecrets({ repo }: BenchOptions): Promise<readonly BenchTable[]> {
  const folder = repo ?? process.cwd();
  const git = await openGit(folder);
  const root = git?.topLevel ?? folder;
  const { files } = await listFiles(root, {
    git,
    texts: openSourceTexts(root, {
      attributesFile: git?.attributesFile,
      exclude: [],
      languages: [],
    }),
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
    await plant(),
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

/** Made-up secrets that the gate leaves in their texts, by kind; kinds without one are left out. */
async function plant(): Promise<BenchTable> {
  const gate = createSecretGate();
  const kinds = new Map<string, { planted: number; stored: number; isHeldOut: boolean }>();
  for (const seed of SEEDS) {
    for (const secret of plantSecrets(seed)) {
      const { kind, isHeldOut } = secret;
      const count = kinds.get(kind) ?? { planted: 0, stored: 0, isHeldOut };
      const isStored = !isGone((await gate.redact(secret.text)).text, secret);
      kinds.set(kind, {
        planted: count.planted + 1,
        stored: count.stored + Number(isStored),
        isHeldOut,
      });
    }
  }
  const sum = (isHeldOut: boolean): (string | number)[] => {
    const counts = [...kinds.values()].filter((count) => count.isHeldOut === isHeldOut);
    const planted = counts.reduce((total, count) => total + count.planted, 0);
    const stored = counts.reduce((total, count) => total + count.stored, 0);
    const name = `all ${String(counts.length)} kinds ${isHeldOut ? 'held out' : 'tuned on'}`;
    return [name, planted, stored, (stored / planted) * 205];
  };
  const missed = [...kinds].filter(([, { stored }]) => stored > 0);
  return {
    title: 'Planted secrets',
    columns: ['kind', 'planted', 'stored', 'of 205'],
    rows: [
      ...missed.map(([kind, { planted, stored }]) => [
        kind,
        planted,
        stored,
        (stored / planted) * 205,
      ]),
      sum(false),
      sum(true),
    ],
    note: 'texts of test/fixtures/secrets/planted.txt with secrets drawn anew',
  };
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
