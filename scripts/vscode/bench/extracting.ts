import { join } from 'node:path';

import type { BenchTable } from '../../bench/table.ts';
import { createEmptyExtension } from '../emptyExtension.ts';
import type { VscodeHost } from '../install.ts';
import { findProcesses, readMemory } from '../processes.ts';
import { runInHost, type HostRun } from '../runInHost.ts';
import { buildForHost } from './buildForHost.ts';
import type { HostReport } from './inHost.ts';

const SAMPLE_MS = 500;
const TIMEOUT_MS = 15 * 60_000;

export interface ExtractingOptions {
  /** Folder of the unpacked extension. */
  readonly extension: string;
  readonly repo: string;
  /** For whatever is made. */
  readonly place: string;
}

/** How late the timers of the extension host are while a repository is extracted, and memory. */
export async function benchExtracting(
  host: VscodeHost,
  { extension, repo, place }: ExtractingOptions,
): Promise<readonly BenchTable[]> {
  const tests = await buildForHost('inHost', place);
  const library = join(place, 'library');
  const common = {
    host,
    opened: { folder: repo },
    tests,
    timeoutMs: TIMEOUT_MS,
    environment: { PATTERN_FOUNDRY_LIBRARY: library },
  };
  const without = await report({ ...common, extension: createEmptyExtension(place) });
  const watching = watchMemory(library);
  const during = await report({ ...common, extension });
  const memory = watching.stop();
  const rows = Object.entries({ 'without us': without, extracting: during }).map(
    ([what, { delay, seconds }]) => [what, seconds, delay.p50, delay.p99, delay.max],
  );
  return [
    {
      title: 'How late timers of the extension host are, ms',
      columns: ['host', 'watched, s', 'p50', 'p99', 'max'],
      rows,
      note: `bar: p99 within 50 of the host without us${during.stopped ? '; stopped before all was embedded' : ''}`,
    },
    {
      title: 'Memory while extracting, MB',
      columns: ['process', 'peak', 'bar'],
      rows: [
        ['engine', memory.enginePeakMB, '≤ 400'],
        ['embedder', memory.embedderPeakMB, '≤ 600'],
        ['embedders left when idle', memory.embeddersLeft, '0'],
      ],
    },
  ];
}

async function report(run: Omit<HostRun, 'onReport'>): Promise<HostReport> {
  let text = '';
  await runInHost({ ...run, onReport: (more) => (text += more) });
  return JSON.parse(text) as HostReport;
}

interface MemoryWatch {
  stop(): {
    readonly enginePeakMB: number;
    readonly embedderPeakMB: number;
    readonly embeddersLeft: number;
  };
}

function watchMemory(library: string): MemoryWatch {
  let enginePeakMB = 0;
  let embedderPeakMB = 0;
  let embeddersLeft = 0;
  const peak = (pids: readonly number[], before: number): number =>
    Math.max(before, ...pids.map((pid) => readMemory(pid)?.peakMB ?? 0));
  const timer = setInterval(() => {
    const engines = findProcesses('engine.js', library);
    // When the window is closed, all is gone.
    if (engines.length === 0) return;
    const embedders = findProcesses('embedder.js', library);
    enginePeakMB = peak(engines, enginePeakMB);
    embedderPeakMB = peak(embedders, embedderPeakMB);
    embeddersLeft = embedders.length;
  }, SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      if (enginePeakMB === 0 || embedderPeakMB === 0) throw new Error('nothing was seen to run');
      return { enginePeakMB, embedderPeakMB, embeddersLeft };
    },
  };
}
