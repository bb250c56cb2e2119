/** The command line over the engine in memory, as a process of its own. */
import { main } from '../../../src/cli/main.ts';
import { createProcessIo } from '../../../src/cli/processIo.ts';
import type { Progress } from '../../../src/core/model/api/watch.ts';
import { createMemoryEngine } from './cliEngine.ts';

const progress = Array.from({ length: 2000 }, (_, at): Progress => ({
  stage: 'files',
  done: at,
  total: 2000,
  patterns: at,
}));
const io = createProcessIo({
  version: '1.2.3',
  assetsDir: '',
  openEngine: () =>
    Promise.resolve(
      createMemoryEngine({
        progress,
        pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
      }),
    ),
});

void main(process.argv.slice(2), io).then((code) => {
  process.exit(code);
});
