import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BenchOptions, BenchTable } from '../table.ts';
import { makeHome, type SyntheticHome } from './home.ts';
import { watchPeak, type PeakFigures } from './peak.ts';

const SESSIONS = 1000;
const BYTES = 3e9;
const LONG_BYTES = 1e9;

/**
 * Lists 1,000 sessions of 3 GB for the first time and again, reports the longest, and reads one log of
 * 1 GB; beside `ccusage`, where `PATTERN_FOUNDRY_CCUSAGE` names its program, over the same logs.
 */
export async function benchSessions({ assetsDir }: BenchOptions): Promise<readonly BenchTable[]> {
  const root = mkdtempSync(join(tmpdir(), 'bench-sessions-'));
  try {
    const home = join(root, 'home');
    const made = makeHome(home, SESSIONS, BYTES);
    const run = (task: string, ...names: readonly string[]): Promise<PeakFigures> =>
      runList({ assetsDir, home, library: join(root, 'library') }, [task, ...names]);
    const rows = [
      toRow('first list', made.bytes, await run('list')),
      toRow('list again', made.bytes, await run('list')),
      toRow('report of the longest', undefined, await run('report', made.longest)),
      ...(await besideCcusage(home, made)),
      await oneLongLog(root, assetsDir),
    ];
    const columns = ['what', 'wall, s', 'CPU, s', 'MB/s of CPU', 'peak, MB'];
    return [{ title: 'Sessions of agents: 1,000 of 3 GB', columns, rows }];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface Place {
  readonly assetsDir: string;
  readonly home: string;
  readonly library: string;
}

function runList(
  { assetsDir, home, library }: Place,
  task: readonly string[],
): Promise<PeakFigures> {
  const api = join(dirname(assetsDir), 'api.js');
  const script = join(import.meta.dirname, 'list.cjs');
  return watchPeak(process.execPath, [script, api, library, ...task], envIn(home));
}

function envIn(home: string): Readonly<Record<string, string | undefined>> {
  return { PATH: process.env['PATH'], HOME: home };
}

async function oneLongLog(root: string, assetsDir: string): Promise<BenchTable['rows'][number]> {
  const home = join(root, 'long');
  const { bytes, longest } = makeHome(home, 1, LONG_BYTES);
  const place = { assetsDir, home, library: join(root, 'other-library') };
  return toRow('report of a log of 1 GB', bytes, await runList(place, ['report', longest]));
}

async function besideCcusage(
  home: string,
  { claudeBytes, bytes }: SyntheticHome,
): Promise<readonly BenchTable['rows'][number][]> {
  const program = process.env['PATTERN_FOUNDRY_CCUSAGE'];
  if (program === undefined || !existsSync(program)) return [];
  const run = (...args: readonly string[]): Promise<PeakFigures> =>
    watchPeak(program, [...args, '--offline', '--json'], envIn(home));
  return [
    toRow('ccusage, Claude Code alone', claudeBytes, await run('claude', 'session')),
    toRow('ccusage, Codex alone', bytes - claudeBytes, await run('codex', 'session')),
  ];
}

function toRow(
  what: string,
  bytes: number | undefined,
  { wallMs, cpuMs, peakMb }: PeakFigures,
): BenchTable['rows'][number] {
  const perSecond = bytes === undefined ? '' : bytes / 1e6 / (cpuMs / 1000);
  return [what, wallMs / 1000, cpuMs / 1000, perSecond, Math.round(peakMb)];
}
