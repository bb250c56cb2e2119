import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openEmbedder } from '../../src/core/retrieval/embedder/embedder.ts';
import type { EmbedderRuntime } from '../../src/core/retrieval/embedder/protocol.ts';
import type { BenchOptions, BenchTable } from './table.ts';

const WORDS = 'open the file and read each line then close it again'.split(' ');
/** Texts of each length in tokens; about four batches of the native runtime. */
const LOADS: readonly { readonly tokens: number; readonly texts: number }[] = [
  { tokens: 64, texts: 128 },
  { tokens: 128, texts: 64 },
  { tokens: 256, texts: 32 },
];
const QUERIES = 20;

interface Measures {
  readonly startMs: number;
  readonly queryMs: number;
  /** In the order of `LOADS`. */
  readonly textsPerSecond: readonly number[];
  readonly peakMegabytes: number;
}

/** Speed, start and memory of the embedding process in both runtimes. */
export async function benchEmbedding(options: BenchOptions): Promise<BenchTable[]> {
  const runtimes: readonly EmbedderRuntime[] = ['native', 'wasm'];
  const rows: (string | number)[][] = [];
  for (const runtime of runtimes) {
    const { startMs, queryMs, textsPerSecond, peakMegabytes } = await measure(options, runtime);
    rows.push([runtime, ...textsPerSecond, startMs, queryMs, peakMegabytes]);
  }
  return [
    {
      title: 'embedding',
      columns: [
        'runtime',
        ...LOADS.map(({ tokens }) => `texts/s at ${tokens} tokens`),
        'start and first text ms',
        'query ms',
        'peak memory MB',
      ],
      rows,
      note: 'all-MiniLM-L6-v2, int8; memory is that of the embedding process',
    },
  ];
}

async function measure(options: BenchOptions, runtime: EmbedderRuntime): Promise<Measures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-embedding-'));
  const memoryFile = join(folder, 'memory');
  const entry = writeEntry(folder, memoryFile, resolve(options.assetsDir, '../embedder.js'));
  const embedder = openEmbedder({ assetsDir: options.assetsDir, entry, runtime });
  try {
    const startMs = await timed(() => embedder.embed(['a query']));
    const queries: number[] = [];
    for (let index = 0; index < QUERIES; index++) {
      queries.push(await timed(() => embedder.embed([`find the settings of user ${index}`])));
    }
    const textsPerSecond: number[] = [];
    for (const { tokens, texts } of LOADS) {
      const batch = Array.from({ length: texts }, (_, index) => textOf(tokens, index));
      textsPerSecond.push((texts / (await timed(() => embedder.embed(batch)))) * 1000);
    }
    return {
      startMs,
      queryMs: queries.sort((a, b) => a - b)[QUERIES / 2] ?? 0,
      textsPerSecond,
      peakMegabytes: Number(readFileSync(memoryFile, 'utf8')) / 1000,
    };
  } finally {
    await embedder.close();
    rmSync(folder, { recursive: true });
  }
}

/** The embedding process, which also writes its peak memory in KB to a file after each request. */
function writeEntry(folder: string, memoryFile: string, entry: string): string {
  const file = join(folder, 'entry.cjs');
  writeFileSync(
    file,
    `const { writeFileSync } = require('node:fs');
     const send = process.send.bind(process);
     process.send = (...values) => {
       writeFileSync(${JSON.stringify(memoryFile)}, String(process.resourceUsage().maxRSS));
       return send(...values);
     };
     require(${JSON.stringify(entry)});`,
  );
  return file;
}

/** Every word is one token; two more mark the ends. */
function textOf(tokens: number, seed: number): string {
  return Array.from(
    { length: tokens - 2 },
    (_, index) => WORDS[(index * (seed + 1)) % WORDS.length] ?? '',
  ).join(' ');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
