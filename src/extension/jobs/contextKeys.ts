import { commands, Disposable } from 'vscode';
import { systemClock } from '../../core/platform/clock.ts';
import { logFailure } from '../failure.ts';
import { CONTEXT_KEYS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { openQuiet } from './quiet.ts';

/** A library that changes many times a second is asked once it is quiet. */
const QUIET_MS = 300;

/** Keeps the keys that `when` clauses ask for up to date. Does not start the engine. */
export function registerContextKeys(shell: Shell): Disposable {
  const { connection, jobs } = shell;
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
  const tellJobs = (): void => {
    set(CONTEXT_KEYS.extracting, jobs.status.state === 'extracting');
    set(CONTEXT_KEYS.paused, jobs.status.state === 'paused');
  };
  const tellEmpty = async (): Promise<void> => {
    try {
      const page = await connection.engine.find.patterns(NOTHING);
      set(CONTEXT_KEYS.empty, page.library.live === 0);
    } catch (error) {
      logFailure(shell, error);
    }
  };
  const quiet = openQuiet({
    quietMs: QUIET_MS,
    clock: systemClock,
    onChange: (busy) => {
      if (!busy && connection.state.state === 'ready') void tellEmpty();
    },
  });
  tellJobs();
  return Disposable.from(
    jobs.onDidChange(tellJobs),
    connection.onDidChangeLibrary(() => {
      quiet.touch();
    }),
    connection.onDidChangeState(() => {
      quiet.touch();
    }),
    new Disposable(() => {
      quiet.close();
    }),
  );
}

/** No rows: only what the library holds is asked for. */
const NOTHING = { text: '', limit: 0 } as const;
