/**
 * A process that records a run of many sequences and says how far it is, so that a test can kill it
 * anywhere: `recordingRun.ts <folder> <sequences>`.
 */
import type { Written } from '../../../src/core/model/resolution/sequence.ts';
import { openTestSequences, RUN, sequence } from '../resolution/sequences.ts';

async function record(folder: string, count: number): Promise<void> {
  const storage = openTestSequences({ folder });
  const writer = await storage.begin(RUN, { sequences: count });
  const first = await writer.write(sequence('sample-0'));
  const others: Written<typeof RUN.instance>[] = [];
  for (let at = 1; at < count; at++) {
    others.push(await writer.write(sequence(`sample-${at}`)));
    process.stdout.write('.');
  }
  await writer.finish([first, ...others]);
  storage.close();
}

const [folder = '', count = '0'] = process.argv.slice(2);
void record(folder, Number(count));
