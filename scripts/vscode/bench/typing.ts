import { cpSync } from 'node:fs';
import { join } from 'node:path';

import type { BenchTable } from '../../bench/table.ts';
import { createEmptyExtension } from '../emptyExtension.ts';
import type { VscodeHost } from '../install.ts';
import { runInHost, type HostRun } from '../runInHost.ts';
import { buildForHost } from './buildForHost.ts';
import type { ExtractingOptions } from './extracting.ts';
import type { TypingReport } from './typingInHost.ts';

/** Beside the typing itself: VS Code starts, and the code of the project is read. */
const STARTING_MS = 5 * 60_000;

export interface TypingOptions extends ExtractingOptions {
  readonly seconds: number;
}

/** How long ghost text takes while somebody types, and how late timers of the host are meanwhile. */
export async function benchTyping(
  host: VscodeHost,
  { extension, repo, place, seconds }: TypingOptions,
): Promise<readonly BenchTable[]> {
  const tests = await buildForHost('typingInHost', place);
  // What is typed is written into a copy.
  const folder = join(place, 'typed');
  cpSync(repo, folder, { recursive: true });
  const common = {
    ...{ host, opened: { folder }, tests },
    timeoutMs: STARTING_MS + seconds * 1000,
    environment: {
      PATTERN_FOUNDRY_LIBRARY: join(place, 'typing'),
      PATTERN_FOUNDRY_BENCH_SECONDS: String(seconds),
    },
  };
  const without = await report({ ...common, extension: createEmptyExtension(place) });
  const during = await report({ ...common, extension });
  const shown = during.answers.filter(({ isShown }) => isShown);
  return [
    {
      title: 'From a typed letter to what ghost text there is, ms',
      columns: ['answers', 'number', 'p50', 'p95', 'max'],
      rows: [
        ['with a suggestion', ...spreadOf(shown.map(({ ms }) => ms))],
        ['all', ...spreadOf(during.answers.map(({ ms }) => ms))],
      ],
      note: 'bar: p95 ≤ 50; VS Code asks 50 ms after a key, whoever answers',
    },
    {
      title: `How late timers of the extension host are during ${seconds} s of typing, ms`,
      columns: ['host', 'keys', 'p50', 'p99', 'max'],
      rows: [
        ['without us', without.keys, without.delay.p50, without.delay.p99, without.delay.max],
        ['with us', during.keys, during.delay.p50, during.delay.p99, during.delay.max],
      ],
      note: 'bar: p99 within 50 of the host without us',
    },
  ];
}

function spreadOf(timesMs: readonly number[]): readonly number[] {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
  return [sorted.length, at(0.5), at(0.95), at(1)];
}

async function report(run: Omit<HostRun, 'onReport'>): Promise<TypingReport> {
  let text = '';
  await runInHost({ ...run, onReport: (more) => (text += more) });
  return JSON.parse(text) as TypingReport;
}
