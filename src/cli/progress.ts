import type { Progress } from '../core/model/api/watch.ts';
import type { Output } from './io.ts';
import { countOf, formatCount, formatDuration } from './text/format.ts';
import { cutEnd } from './text/width.ts';

export interface ProgressView {
  update(progress: Progress): void;
  /** Removes the bar and shows the cursor again. */
  end(): void;
}

/** What one line of progress needs to know. */
export interface ProgressLine {
  readonly progress: Progress;
  /** Time in this stage, and how far the stage was when it began to be watched. */
  readonly elapsedMs: number;
  readonly startedAt: number;
}

export const HIDE_CURSOR = '\u001b[?25l';
export const SHOW_CURSOR = '\u001b[?25h';
const ERASE_LINE = '\r\u001b[2K';

const REDRAW_MS = 100;
const PLAIN_LINE_MS = 5000;
/** Before that, the first items say little about the rest. */
const ESTIMATE_FROM_MS = 1500;
const TITLE_COLUMNS = 16;
const BAR_COLUMNS = { min: 6, max: 24 };

const STAGES: Readonly<Record<Progress['stage'], { title: string; unit: string }>> = {
  list: { title: 'finding files', unit: 'file' },
  files: { title: 'reading files', unit: 'file' },
  idioms: { title: 'finding idioms', unit: 'idiom' },
  history: { title: 'reading history', unit: 'commit' },
  embed: { title: 'preparing semantic search', unit: 'text' },
  import: { title: 'reading patterns', unit: 'byte' },
  export: { title: 'writing patterns', unit: 'pattern' },
  runs: { title: 'running', unit: 'run' },
  issues: { title: 'reading places', unit: 'issue' },
};

/** A bar redrawn in place, at most ten times a second. */
export function createProgressBar(output: Output, clockMs: () => number): ProgressView {
  const stages = watchStages(clockMs);
  let drawnMs: number | undefined;
  return {
    update(progress) {
      const line = stages.take(progress);
      const nowMs = clockMs();
      const urgent = line.first || progress.done === progress.total;
      if (!urgent && drawnMs !== undefined && nowMs - drawnMs < REDRAW_MS) return;
      const start = drawnMs === undefined ? HIDE_CURSOR : '';
      drawnMs = nowMs;
      // The last column stays free: some terminals wrap when it is filled.
      const columns = (output.columns() ?? 80) - 1;
      void output.write(`${start}${ERASE_LINE}${cutEnd(formatBar(line, columns), columns)}`);
    },
    end() {
      if (drawnMs !== undefined) void output.write(`${ERASE_LINE}${SHOW_CURSOR}`);
      drawnMs = undefined;
    },
  };
}

/** Lines for a log: one when a stage begins, then one every few seconds. */
export function createProgressLines(output: Output, clockMs: () => number): ProgressView {
  const stages = watchStages(clockMs);
  let printedMs = 0;
  return {
    update(progress) {
      const line = stages.take(progress);
      const nowMs = clockMs();
      if (!line.first && nowMs - printedMs < PLAIN_LINE_MS) return;
      printedMs = nowMs;
      void output.write(`${formatLine(line)}\n`);
    },
    end: () => undefined,
  };
}

export function formatBar(line: ProgressLine, columns: number): string {
  const { title } = STAGES[line.progress.stage];
  const words = details(line).join(' · ');
  const { done, total } = line.progress;
  const room = Math.min(columns - TITLE_COLUMNS - words.length - 2, BAR_COLUMNS.max);
  if (total === undefined || total === 0 || room < BAR_COLUMNS.min) return formatLine(line);
  const filled = Math.round(Math.min(1, done / total) * room);
  const bar = '█'.repeat(filled) + '░'.repeat(room - filled);
  return `${title.padEnd(TITLE_COLUMNS)} ${bar} ${words}`;
}

export function formatLine(line: ProgressLine): string {
  return [STAGES[line.progress.stage].title, ...details(line)].join(' · ');
}

function details(line: ProgressLine): readonly string[] {
  const { stage, done, total, patterns } = line.progress;
  const { unit } = STAGES[stage];
  const left = timeLeftMs(line);
  const known =
    total === undefined ? countOf(done, unit) : `${formatCount(done)}/${countOf(total, unit)}`;
  return [
    ...(done === 0 && total === undefined ? [] : [known]),
    ...(patterns > 0 ? [countOf(patterns, 'pattern')] : []),
    ...(left === undefined ? [] : [`${formatDuration(left)} left`]),
  ];
}

/** From the pace of this stage; `undefined` while nothing can be said. */
function timeLeftMs({ progress, elapsedMs, startedAt }: ProgressLine): number | undefined {
  const { done, total } = progress;
  const advanced = done - startedAt;
  if (total === undefined || advanced <= 0 || elapsedMs < ESTIMATE_FROM_MS || done >= total) {
    return undefined;
  }
  // Whole seconds: the estimate is not better than that.
  return Math.max(1, Math.round(((elapsedMs / advanced) * (total - done)) / 1000)) * 1000;
}

function watchStages(clockMs: () => number): {
  take(progress: Progress): ProgressLine & { readonly first: boolean };
} {
  let stage: Progress['stage'] | undefined;
  let sinceMs = 0;
  let startedAt = 0;
  return {
    take(progress) {
      const first = progress.stage !== stage;
      if (first) {
        stage = progress.stage;
        sinceMs = clockMs();
        startedAt = progress.done;
      }
      return { progress, elapsedMs: clockMs() - sinceMs, startedAt, first };
    },
  };
}
