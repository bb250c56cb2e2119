import type { Recording } from '../../core/model/sessions/deed.ts';
import type { Clock } from '../../core/platform/clock.ts';

export type Due = Pick<Recording, 'id' | 'folder'>;

export interface DueParts {
  readonly clock: Clock;
  /** What was kept last; the next start of the window begins with it. */
  readonly kept: () => readonly Due[];
  readonly keep: (due: readonly Due[]) => void;
  /** No job runs. */
  readonly isIdle: () => boolean;
  readonly isWanted: (due: Due) => boolean;
  readonly learn: (due: Due) => Promise<void>;
  /** Whether learning was cut off, and may go well another time. */
  readonly isCutOff: (error: unknown) => boolean;
  readonly logFailure: (error: unknown) => void;
}

/** What is due to be learned from, one session after another. */
export interface DueSessions {
  /** Learns from a session once no job runs; what a window that closes leaves is done by the next. */
  add(session: Due): void;
  /** Goes on after a while, as when a job has ended. */
  goOn(): void;
  dispose(): void;
}

/** What ran has written its files by then. */
export const SETTLE_MS = 3000;

/** A session is kept until it was learned from, or cannot be. */
export function openDueSessions(parts: DueParts): DueSessions {
  let due = parts.kept();
  /** What an engine stopped over: it is left to the next window, so that none is stopped again and again. */
  let put: readonly Due[] = [];
  let isBusy = false;
  let callOff: (() => void) | undefined;

  const keep = (left: readonly Due[]): void => {
    due = left;
    parts.keep([...left, ...put]);
  };
  const learnNext = (): void => {
    const [next] = due;
    if (isBusy || next === undefined || !parts.isIdle()) return;
    // What came meanwhile of the same session is due again.
    const done = (): void => {
      keep(due.filter((one) => one !== next));
    };
    if (!parts.isWanted(next)) {
      done();
      learnNext();
      return;
    }
    isBusy = true;
    parts
      .learn(next)
      .catch((error: unknown) => {
        if (parts.isCutOff(error)) {
          // One that went on meanwhile is still due, and needs no second turn.
          if (!due.some((one) => one !== next && one.id === next.id)) put = [...put, next];
        } else parts.logFailure(error);
      })
      .finally(() => {
        done();
        isBusy = false;
        learnNext();
      });
  };
  const goOn = (): void => {
    callOff?.();
    callOff = parts.clock.after(SETTLE_MS, learnNext);
  };
  if (due.length > 0) goOn();
  return {
    add({ id, folder }) {
      put = put.filter((one) => one.id !== id);
      keep([...due.filter((one) => one.id !== id), { id, folder }]);
      goOn();
    },
    goOn,
    dispose: () => callOff?.(),
  };
}
