/**
 * A process that runs an experiment, so that a test can kill it anywhere:
 * `experimentRun.ts <library> <address of a model> <order as JSON>`.
 */
import { openEngine } from '../../../src/core/engine/open.ts';
import type { ExperimentOrder } from '../../../src/core/model/api/experiments.ts';
import { ASSETS } from '../assets.ts';
import { modelAt } from '../model/modelAt.ts';

async function run(library: string, address: string, order: ExperimentOrder): Promise<void> {
  const engine = await openEngine({
    ...{ library, assetsDir: ASSETS, folder: undefined, env: { PATH: process.env['PATH'] } },
    ...{ models: modelAt(address), now: Date.now, clockMs: () => performance.now() },
  });
  await engine.experiments.run(order);
  await engine.close();
}

const [library = '', address = '', order = '{}'] = process.argv.slice(2);
void run(library, address, JSON.parse(order) as ExperimentOrder);
