import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const RESOLUTION_MS = 10;
/** What a host does when it has just started is not asked about. */
const SETTLING_MS = 2_000;

/** How late timers of this process are while something goes on, in milliseconds. */
export interface EventLoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export async function measureDelay(during: () => Promise<unknown>): Promise<EventLoopDelay> {
  await sleep(SETTLING_MS);
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  // Nothing is recorded before the first timer.
  await sleep(5 * RESOLUTION_MS);
  await during();
  histogram.disable();
  // What is recorded is the time from timer to timer.
  const toLateMs = (nanoseconds: number): number =>
    Math.max(0, Math.round((nanoseconds / 1e6 - RESOLUTION_MS) * 10) / 10);
  return {
    p50: toLateMs(histogram.percentile(50)),
    p99: toLateMs(histogram.percentile(99)),
    max: toLateMs(histogram.max),
  };
}

export function formatDelay({ p50, p99, max }: EventLoopDelay): string {
  return `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`;
}
