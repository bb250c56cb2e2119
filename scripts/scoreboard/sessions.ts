import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mergeSessions } from '../../src/core/sessions/merge.ts';
import { openLog } from '../../src/core/sessions/readLog.ts';
import { reportSession } from '../../src/core/sessions/report/sessionReport.ts';
import type { BenchTable } from '../bench/table.ts';
import type { SessionReport } from '../../src/core/model/sessions/sessionReport.ts';

/** Costs are the same up to rounding and what price lists round. */
const COST_TOLERANCE = 0.001;

interface Reference {
  readonly file: string;
  readonly folder: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly costUsd: number;
}

/** What is told of logs beside what another reader told of them. */
export async function sessionsScoreboard(dataDir: string, assetsDir: string): Promise<BenchTable> {
  const references = [
    ...readCsv(join(dataDir, 'claude-reference.csv')).map(toClaude),
    ...readCsv(join(dataDir, 'codex-reference.csv')).map(toCodex),
  ];
  const rows: (readonly string[])[] = [];
  for (const reference of references) {
    const sessions =
      (await openLog(join(dataDir, reference.folder, reference.file))?.read(assetsDir)) ?? [];
    const [report] = mergeSessions(sessions).map((session) => reportSession(session));
    rows.push(toRow(reference, report));
  }
  const columns = ['log', 'tokens', 'beside the reference', 'cost beside the reference'];
  return { title: 'Sessions: totals beside the reference', columns, rows };
}

function toRow(reference: Reference, report: SessionReport | undefined): readonly string[] {
  const log = reference.file.slice(0, 34);
  if (report === undefined) return [log, '', 'not read', ''];
  const told: Readonly<Record<string, number>> = {
    ...report.tokens,
    inputTotal: report.tokens.input + report.tokens.cacheRead + report.tokens.cacheWrite,
  };
  const wrong = Object.entries(reference.figures)
    .filter(([name, value]) => told[name] !== value)
    .map(([name, value]) => `${name} ${told[name]} instead of ${value}`);
  const costUsd = report.costUsd ?? 0;
  const isCostSame = Math.abs(costUsd - reference.costUsd) <= COST_TOLERANCE * reference.costUsd;
  return [
    ...[log, String(report.tokens.total)],
    wrong.length === 0 ? `equal (${report.exactness.tokens})` : wrong.join(', '),
    isCostSame
      ? `equal (${costUsd})`
      : `${costUsd} instead of ${reference.costUsd} (${report.exactness.costUsd})`,
  ];
}

type Row = Readonly<Record<string, string>>;

function readCsv(path: string): readonly Row[] {
  if (!existsSync(path)) return [];
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
  });
}

function toClaude(row: Row): Reference {
  const figures = {
    ...{ input: Number(row['input']), output: Number(row['output']) },
    ...{ cacheWrite: Number(row['cache_write']), cacheRead: Number(row['cache_read']) },
    total: Number(row['total_tokens']),
  };
  const costUsd = Number(row['cost_usd_ccusage']);
  return { file: row['file'] ?? '', folder: join('claude-code', 'entire'), figures, costUsd };
}

function toCodex(row: Row): Reference {
  const figures = {
    ...{ inputTotal: Number(row['input_total']), cacheRead: Number(row['cached_input']) },
    ...{ output: Number(row['output_incl_reasoning']), reasoning: Number(row['reasoning']) },
  };
  const costUsd = Number(row['cost_usd']);
  return { file: row['file'] ?? '', folder: join('codex', 'entire'), figures, costUsd };
}
