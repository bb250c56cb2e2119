import type { Shell } from '../../../src/extension/shell.ts';
import { until } from './until.ts';

export async function untilIdle({ jobs }: Shell): Promise<void> {
  await until('nothing is extracted', () => {
    const { state, waiting } = jobs.status;
    return state === 'idle' && waiting === 0;
  });
}
