import assert from 'node:assert/strict';

import { findProcesses } from '../../../scripts/vscode/processes.ts';
import { eventually } from './eventually.ts';

/** The process that has the library open. There is none for a moment while another takes over. */
export function engineOf(library: string): Promise<number> {
  return eventually(() => {
    const [pid, ...more] = findProcesses('engine.js', library);
    assert.ok(pid !== undefined);
    assert.deepEqual(more, []);
    return pid;
  });
}
