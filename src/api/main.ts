import { join } from 'node:path';
import { openEngine as open } from '../core/engine/open.ts';
import type { OpenEngine } from '../core/model/api/program.ts';

export type * from '../core/model/api/program.ts';

/** Opens the library in this process; see `OpenEngine`. */
export const openEngine: OpenEngine = ({ library, folder, onTrouble } = {}) =>
  open({
    library,
    folder,
    // Beside this bundle.
    assetsDir: join(__dirname, 'assets'),
    env: process.env,
    now: () => Date.now(),
    clockMs: () => performance.now(),
    ...(onTrouble && {
      onTrouble: ({ message }) => {
        onTrouble(message.text);
      },
    }),
  });
