import type { ExtractionSummary } from '../../core/model/api/jobs.ts';
import type { Progress } from '../../core/model/api/watch.ts';
import { mergeWork, type Work } from './work.ts';

export interface QueueParts {
  /** Ends early, with what was done, when the signal aborts. */
  readonly run: (work: Work, watch: RunWatch) => Promise<ExtractionSummary>;
  /** Makes the running job rest, or go on. */
  readonly rest: (resting: boolean) => void;
  readonly onChange: () => void;
}

export interface RunWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface Running {
  readonly work: Work;
  readonly progress: Progress | undefined;
  /** It was cancelled and comes to its end. */
  readonly stopping: boolean;
  readonly turn: Turn;
}

/** Which folder this is of those whose jobs run one after another and were asked for in one way. */
export interface Turn {
  /** Counts from 1. */
  readonly number: number;
  readonly of: number;
}

export interface Queue {
  readonly paused: boolean;
  readonly running: Running | undefined;
  readonly waiting: readonly Work[];
  /** `undefined` when it was cancelled before there was anything to tell of. */
  start(work: Work): Promise<ExtractionSummary | undefined>;
  /** Stops and drops the jobs that are meant. */
  cancel(isMeant: (work: Work) => boolean): void;
  pause(): void;
  resume(): void;
  /** While a person types nothing automatic starts or goes on. */
  setTyping(typing: boolean): void;
}

interface Entry {
  work: Work;
  progress: Progress | undefined;
  readonly stop: AbortController;
  readonly askers: Asker[];
}

interface Asker {
  readonly resolve: (summary: ExtractionSummary | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs one job at a time; those a person asked for come first, then in order. */
export function createQueue(parts: QueueParts): Queue {
  let waiting: Entry[] = [];
  let running: Entry | undefined;
  let paused = false;
  let typing = false;
  let resting = false;
  /** Folders whose jobs ended. */
  const ended = { person: new Set<string>(), automatic: new Set<string>() };

  const waitingIn = (origin: Work['origin']): readonly string[] =>
    waiting.filter(({ work }) => work.origin === origin).map(({ work }) => work.folder);

  const turnOf = ({ work: { origin, folder } }: Entry): Turn => {
    const begun = new Set([...ended[origin], folder]);
    return { number: begun.size, of: new Set([...begun, ...waitingIn(origin)]).size };
  };

  /** What is asked for when nothing of the kind runs or waits begins anew. */
  const endSeries = (): void => {
    for (const origin of ['person', 'automatic'] as const) {
      if (running?.work.origin !== origin && waitingIn(origin).length === 0) ended[origin].clear();
    }
  };

  const isYielding = ({ work, stop }: Entry): boolean => {
    if (stop.signal.aborted) return false;
    // A person who waits for a job of their own waits for the one before it too.
    const isAwaited = waiting.some((entry) => entry.work.origin === 'person');
    return paused || (typing && work.origin === 'automatic' && !isAwaited);
  };

  const update = (): void => {
    startNext();
    endSeries();
    const isResting = running !== undefined && isYielding(running);
    if (isResting !== resting) {
      resting = isResting;
      parts.rest(resting);
    }
    parts.onChange();
  };

  const startNext = (): void => {
    if (running !== undefined || paused) return;
    const next =
      waiting.find(({ work }) => work.origin === 'person') ?? (typing ? undefined : waiting[0]);
    if (next === undefined) return;
    waiting = waiting.filter((entry) => entry !== next);
    running = next;
    void run(next);
  };

  const run = async (entry: Entry): Promise<void> => {
    const onProgress = (progress: Progress): void => {
      if (running !== entry) return;
      entry.progress = progress;
      parts.onChange();
    };
    try {
      const summary = await parts.run(entry.work, { signal: entry.stop.signal, onProgress });
      for (const { resolve } of entry.askers) resolve(summary);
    } catch (error) {
      // Stopped before there was anything to tell of.
      const isStopped = error instanceof Error && error.name === 'AbortError';
      for (const { resolve, reject } of entry.askers) {
        if (isStopped) resolve(undefined);
        else reject(error);
      }
    } finally {
      running = undefined;
      ended[entry.work.origin].add(entry.work.folder);
      update();
    }
  };

  return {
    get paused() {
      return paused;
    },
    get running() {
      if (running === undefined) return undefined;
      const { work, progress, stop } = running;
      return { work, progress, stopping: stop.signal.aborted, turn: turnOf(running) };
    },
    get waiting() {
      return waiting.map(({ work }) => work);
    },
    start: (work) =>
      new Promise((resolve, reject) => {
        if (work.origin === 'person') paused = false;
        join(waiting, work).askers.push({ resolve, reject });
        update();
      }),
    cancel(isMeant) {
      const dropped = waiting.filter(({ work }) => isMeant(work));
      waiting = waiting.filter((entry) => !dropped.includes(entry));
      for (const { resolve } of dropped.flatMap(({ askers }) => askers)) resolve(undefined);
      if (running !== undefined && isMeant(running.work)) running.stop.abort();
      update();
    },
    pause() {
      paused = true;
      update();
    },
    resume() {
      paused = false;
      update();
    },
    setTyping(isTyping) {
      typing = isTyping;
      update();
    },
  };
}

/** The waiting entry that does this work too, or a new one at the end. */
function join(waiting: Entry[], work: Work): Entry {
  for (const entry of waiting) {
    const merged = mergeWork(entry.work, work);
    if (merged === undefined) continue;
    entry.work = merged;
    return entry;
  }
  const entry: Entry = { work, progress: undefined, stop: new AbortController(), askers: [] };
  waiting.push(entry);
  return entry;
}
