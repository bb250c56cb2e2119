import { join } from 'node:path';
import { version } from '../../package.json';
import { main } from './main.ts';
import { createModelHost } from './modelHost.ts';
import { createProcessIo } from './processIo.ts';

const assetsDir = join(__dirname, 'assets');
const io = createProcessIo({
  version,
  assetsDir,
  openEngine: async (choice) => {
    const { openEngine } = await import('../core/engine/open.ts');
    return openEngine({
      ...choice,
      assetsDir,
      folder: process.cwd(),
      env: process.env,
      models: createModelHost(io),
      now: () => Date.now(),
      clockMs: () => performance.now(),
    });
  },
});

void main(process.argv.slice(2), io).then((exitCode) => {
  process.exit(exitCode);
});
