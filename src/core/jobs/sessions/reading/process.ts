/** Entry of a process that reads logs of agents for its parent, one after the other. */
import { serveWork } from '../../../platform/processPool.ts';
import { createSecretGate } from '../../../secrets/gate.ts';
import { readLogFile } from './logFile.ts';
import type { LogSettings } from './logFile.ts';

void serveWork((settings) => {
  const parts = { settings: settings as LogSettings, gate: createSecretGate() };
  return Promise.resolve((path) => readLogFile(path as string, parts));
});
