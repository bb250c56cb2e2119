import { type Memento, Uri } from 'vscode';
import type { Recording } from '../../core/model/sessions/deed.ts';
import { systemClock } from '../../core/platform/clock.ts';
import { EngineStopped } from '../engine/engineErrors.ts';
import { isStopped, logFailure } from '../failure.ts';
import { readAutoExtraction, readOverrides } from '../settings.ts';
import type { EngineConnection, Jobs, Shell } from '../shell.ts';

export interface LearnFromParts {
  readonly connection: Pick<EngineConnection, 'engine'>;
  readonly jobs: Pick<Jobs, 'status' | 'onDidChange'>;
  readonly known: Pick<Shell['known'], 'isExtracted'>;
  readonly log: Shell['log'];
  /** Remembers what is due from one start of the window to the next. */
  readonly memento: Memento;
}

/** What is due to be learned from recordings and other sessions. */
export interface LearnDue {
  /** Learns from a session once no job runs; what a window that closes leaves is done by the next. */
  add(session: Pick<Recording, 'id' | 'folder'>): void;
  dispose(): void;
}

const DUE = 'sessions.due';
/** What ran has written its files by then. */
const SETTLE_MS = 3000;

type Due = Pick<Recording, 'id' | 'folder'>;

/**
 * Learns from sessions that have ended, or in which tests or a build did: patterns of the files that
 * were changed, what became of those that were used, and strategies and errors. Only in folders that a person extracted once.
 */
export function openLearnDue(parts: LearnFromParts): LearnDue {
  const { connection, jobs, known, log, memento } = parts;
  let due: readonly Due[] = memento.get(DUE, []);
  /** What an engine stopped over: it is left to the next window, so that none is stopped again and again. */
  const put: Due[] = [];
  let isBusy = false;
  let callOff: (() => void) | undefined;

  const keep = (left: readonly Due[]): void => {
    due = left;
    void memento.update(DUE, [...left, ...put]);
  };
  const isWanted = ({ folder }: Due): boolean => {
    const uri = Uri.file(folder);
    return known.isExtracted(uri) && readAutoExtraction(uri) !== 'never';
  };
  const learnNext = (): void => {
    const [next] = due;
    if (isBusy || next === undefined || jobs.status.state !== 'idle') return;
    // What came meanwhile of the same session is due again.
    const done = (): void => {
      keep(due.filter((one) => one !== next));
    };
    if (!isWanted(next)) {
      done();
      learnNext();
      return;
    }
    isBusy = true;
    const settings = readOverrides(Uri.file(next.folder));
    const names = [next.id];
    const { sessions, learning } = connection.engine;
    sessions
      .learn({ names, settings })
      .then(() => learning.learn({ names, settings }))
      .then(done)
      .catch((error: unknown) => {
        if (isStopped(error) || error instanceof EngineStopped) put.push(next);
        else logFailure({ log }, error);
        done();
      })
      .finally(() => {
        isBusy = false;
        learnNext();
      });
  };
  const learnSoon = (): void => {
    callOff?.();
    callOff = systemClock.after(SETTLE_MS, learnNext);
  };
  const watch = jobs.onDidChange(({ state }) => {
    if (state === 'idle') learnSoon();
  });
  if (due.length > 0) learnSoon();
  return {
    add({ id, folder }) {
      keep([...due.filter((one) => one.id !== id), { id, folder }]);
      learnSoon();
    },
    dispose: () => {
      watch.dispose();
      callOff?.();
    },
  };
}
