import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { EventBody } from '../../src/core/model/event.ts';
import { compactJournal } from '../../src/core/library/journal/compact/compaction.ts';
import { nodeFileSystem } from '../../src/core/platform/fileSystem.ts';
import { openJournal, type Journal } from '../../src/core/library/journal/journal.ts';
import { readMachine } from '../../src/core/platform/machine.ts';
import { syntheticEvents } from './syntheticLibrary.ts';
import type { BenchTable } from './table.ts';

const SIZES = [1_000, 10_000, 100_000];
const APPENDS = 1000;
const ONE_EVENT_FILES = 500;
const MB = 1024 * 1024;
const now = (): number => Date.now();

/** Durable writes, reading and compaction of the journal alone, at growing sizes. */
export function benchJournal(): Promise<readonly BenchTable[]> {
  return Promise.resolve([sizesTable(), filesTable()]);
}

function sizesTable(): BenchTable {
  return {
    title: 'Journal by number of patterns',
    columns: [
      'patterns',
      'journal MB',
      'append p50 ms',
      'append p99 ms',
      'scan ms',
      'scan MB/s',
      'compaction ms',
      'scan of base known from its inputs ms',
    ],
    rows: SIZES.map((patterns) => inLibrary((folder) => measureSize(folder, patterns))),
    note: `an append is one rating, flushed to disk; ${APPENDS} of them at each size`,
  };
}

function measureSize(folder: string, patterns: number): readonly number[] {
  const journal = open(folder);
  const bodies: EventBody[] = [];
  for (const body of syntheticEvents(patterns)) {
    bodies.push(body);
    if (bodies.length < 500) continue;
    journal.append(bodies.splice(0));
  }
  journal.append(bodies);
  const appendMs = measureAppends(journal);
  const sizeMb = sizeOf(folder) / MB;
  let offsets = journal.scan(new Map(), () => undefined).offsets;
  const scanMs = timeOf(() => (offsets = journal.scan(new Map(), () => undefined).offsets));
  const compactionMs = timeOf(() => {
    compact(folder);
  });
  const knownMs = timeOf(() => journal.scan(offsets, () => undefined));
  journal.close();
  const percentile = (share: number): number => appendMs[Math.floor(APPENDS * share)] ?? 0;
  return [
    patterns,
    sizeMb,
    percentile(0.5),
    percentile(0.99),
    scanMs,
    (sizeMb * 1000) / scanMs,
    compactionMs,
    knownMs,
  ];
}

/** @returns ascending */
function measureAppends(journal: Journal): readonly number[] {
  return Array.from({ length: APPENDS }, (_, index) =>
    timeOf(() => journal.append([rating(`p${index}`)])),
  ).sort((a, b) => a - b);
}

function filesTable(): BenchTable {
  const row = inLibrary((folder) => {
    for (let index = 0; index < ONE_EVENT_FILES; index++) {
      const journal = open(folder);
      journal.append([rating(`p${index}`)]);
      journal.close();
    }
    const reader = open(folder);
    let offsets = new Map<string, number>() as ReadonlyMap<string, number>;
    const scanMs = timeOf(() => (offsets = reader.scan(offsets, () => undefined).offsets));
    const idleMs = timeOf(() => reader.scan(offsets, () => undefined));
    const compactionMs = timeOf(() => {
      compact(folder);
    });
    const afterMs = timeOf(() => reader.scan(new Map(), () => undefined));
    return [ONE_EVENT_FILES, scanMs, idleMs, compactionMs, afterMs];
  });
  return {
    title: 'Journal of many short processes',
    columns: [
      'one-event files',
      'scan ms',
      'scan with nothing to read ms',
      'compaction ms',
      'scan after compaction ms',
    ],
    rows: [row],
  };
}

function inLibrary(measure: (folder: string) => readonly number[]): readonly number[] {
  const library = mkdtempSync(join(tmpdir(), 'bench-journal-'));
  try {
    return measure(join(library, 'journal'));
  } finally {
    rmSync(library, { recursive: true, force: true });
  }
}

function open(folder: string): Journal {
  return openJournal({ folder, random: randomBytes, now });
}

function compact(folder: string): void {
  const fileSystem = nodeFileSystem;
  const machine = readMachine(fileSystem, now());
  compactJournal({ folder, fileSystem, random: randomBytes, now, machine, purge: false });
}

function rating(pattern: string): EventBody {
  return { type: 'rating', pattern, rating: 5, session: null, task: null, by: 'bench' };
}

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function timeOf(action: () => unknown): number {
  const started = performance.now();
  action();
  return performance.now() - started;
}
