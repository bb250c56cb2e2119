import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BenchOptions, BenchTable } from './table.ts';

const SIZES = [1000, 10_000, 100_000];

/**
 * Writes, opens, rebuilds and exports libraries of synthetic patterns, each step in a process of
 * its own. Times include the view, so a write is durable and shown; opening includes the word index.
 */
export function benchLibrary({ assetsDir }: BenchOptions): Promise<readonly BenchTable[]> {
  const rows = SIZES.map((size) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-library-'));
    try {
      const run = (task: string): Readonly<Record<string, number>> =>
        runProcess(assetsDir, [folder, task, String(size)]);
      const filled = run('fill');
      const opened = run('open');
      const written = run('write');
      const rebuilt = run('rebuild');
      return [
        size,
        size / ((filled['fillMs'] ?? 0) / 1000),
        written['writeP50Ms'] ?? 0,
        written['writeP99Ms'] ?? 0,
        written['writeFirstMs'] ?? 0,
        opened['openMs'] ?? 0,
        opened['rssMB'] ?? 0,
        (rebuilt['rebuildMs'] ?? 0) / 1000,
        (rebuilt['exportMs'] ?? 0) / 1000,
        rebuilt['peakMB'] ?? 0,
        opened['journalMB'] ?? 0,
        opened['derivedMB'] ?? 0,
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  const columns = [
    'patterns',
    'recorded, patterns/s',
    'write p50, ms',
    'p99, ms',
    'first, ms',
    'open, ms',
    'memory open, MB',
    'rebuild, s',
    'export, s',
    'peak of both, MB',
    'journal, MB',
    'derived, MB',
  ];
  const note =
    'Recorded through the secret gate in batches of 100 files or commits. Times of writes include the view.';
  return Promise.resolve([{ title: 'The library', columns, rows, note }]);
}

function runProcess(assetsDir: string, args: readonly string[]): Readonly<Record<string, number>> {
  const script = join(import.meta.dirname, 'libraryProcess.ts');
  const text = execFileSync(process.execPath, ['--import', 'tsx', script, ...args, assetsDir], {
    encoding: 'utf8',
  });
  return JSON.parse(text) as Readonly<Record<string, number>>;
}
