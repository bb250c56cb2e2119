import { type Memento, Uri } from 'vscode';
import { systemClock } from '../../core/platform/clock.ts';
import { EngineStopped } from '../engine/engineErrors.ts';
import { isStopped, logFailure } from '../failure.ts';
import { readAutoExtraction, readOverrides } from '../settings.ts';
import type { EngineConnection, Jobs, Shell } from '../shell.ts';
import { openDueSessions, type DueSessions } from './dueSessions.ts';

export interface LearnFromParts {
  readonly connection: Pick<EngineConnection, 'engine'>;
  readonly jobs: Pick<Jobs, 'status' | 'onDidChange'>;
  readonly known: Pick<Shell['known'], 'isExtracted'>;
  readonly log: Shell['log'];
  /** Remembers what is due from one start of the window to the next. */
  readonly memento: Memento;
}

const DUE = 'sessions.due';

/**
 * Learns from sessions that have ended, or in which tests or a build did: patterns of the files that
 * were changed, what became of those that were used, and strategies and errors. Only in folders that a person extracted once.
 */
export function openLearnDue(parts: LearnFromParts): Omit<DueSessions, 'goOn'> {
  const { connection, jobs, known, memento } = parts;
  const due = openDueSessions({
    clock: systemClock,
    kept: () => memento.get(DUE, []),
    keep: (left) => void memento.update(DUE, left),
    isIdle: () => jobs.status.state === 'idle',
    isWanted({ folder }) {
      const uri = Uri.file(folder);
      return known.isExtracted(uri) && readAutoExtraction(uri) !== 'never';
    },
    async learn({ id, folder }) {
      const settings = readOverrides(Uri.file(folder));
      const names = [id];
      const { sessions, learning } = connection.engine;
      await sessions.learn({ names, settings });
      await learning.learn({ names, settings });
    },
    isCutOff: (error) => isStopped(error) || error instanceof EngineStopped,
    logFailure: (error) => {
      logFailure(parts, error);
    },
  });
  const watch = jobs.onDidChange(({ state }) => {
    if (state === 'idle') due.goOn();
  });
  return {
    add: (session) => {
      due.add(session);
    },
    dispose: () => {
      watch.dispose();
      due.dispose();
    },
  };
}
