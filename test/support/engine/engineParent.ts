/** Keeps an engine process over the library named first, and prints its id when it answers. */
import { NO_HOST } from '../../../src/core/model/ports/chatModel.ts';
import { openEngineLink } from '../../../src/extension/engine/engineLink.ts';
import { ASSETS } from '../assets.ts';
import { ENGINE_ENTRY } from './engineLink.ts';

const link = openEngineLink({
  entry: ENGINE_ENTRY,
  settings: () => ({ library: process.argv[2], assetsDir: ASSETS, embedderIdleMs: 1000 }),
  onState: () => undefined,
  onChanged: () => undefined,
  onLine: (line) => {
    console.error(line);
  },
  onEmbedderDeath: () => undefined,
  onTrouble: () => undefined,
  host: { models: NO_HOST },
});
void link.engine.library.stats().then(() => {
  console.log(link.pid);
});
