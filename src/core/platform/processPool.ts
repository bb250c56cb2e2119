import { setPriority } from 'node:os';
import { startChildProcess, type ChildProcess } from './childProcess.ts';

/** More would take memory and, beside the process that asks, find no core. */
const PROCESSES = 2;
/** Pieces of work a process has been given at a time: it need not wait for the next. */
const ASKED = 2;
/** Times a piece of work is tried by a process that dies. */
const MOST_DEATHS = 2;

/** Work that is done in processes of their own. */
export interface ProcessPool<Work, Result> {
  run(work: Work): Promise<Result>;
  close(): Promise<void>;
}

export interface ProcessPoolOptions<Work, Result> {
  /** A bundle that calls `serveWork`. */
  readonly entry: string;
  /** Handed over as JSON in its first argument. */
  readonly settings: object;
  /** Of the heap of a process. */
  readonly heapMb: number;
  /** How much the heap may grow between two collections; as Node thinks best where it is not given. */
  readonly growthPercent?: number | undefined;
  /** Does it in this process, where no other one starts or it fails there. */
  readonly here: (work: Work) => Promise<Result>;
  /** The result of what costs a second process its life. */
  readonly lost: (work: Work) => Result;
}

/** What a process answers, in the order it was asked. */
export type WorkReply<Result> =
  /** Comes first. */
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly result: Result }
  /** Not for what the work is about. */
  | { readonly type: 'failed' };

interface Task<Work, Result> {
  readonly work: Work;
  readonly resolve: (result: Result | PromiseLike<Result>) => void;
  deaths: number;
}

interface Worker<Work, Result> {
  readonly child: ChildProcess<Message<Work>>;
  /** In the order they were asked for; the first is being done. */
  readonly asked: Task<Work, Result>[];
  isReady: boolean;
}

interface Message<Work> {
  readonly work: Work;
}

/**
 * Does work in processes of its own, which is faster where there is much. A process that dies is
 * replaced, and the work it was at is given up as lost when it costs a second one its life.
 */
export function openProcessPool<Work, Result>({
  entry,
  settings,
  heapMb,
  growthPercent,
  here,
  lost,
}: ProcessPoolOptions<Work, Result>): ProcessPool<Work, Result> {
  const workers = new Set<Worker<Work, Result>>();
  const waiting: Task<Work, Result>[] = [];
  let doneHere: Promise<unknown> = Promise.resolve();
  let isUnable = false;
  let isClosed = false;

  function start(): void {
    const asked: Task<Work, Result>[] = [];
    const child = startChildProcess<Message<Work>, WorkReply<Result>>(entry, {
      args: [JSON.stringify(settings)],
      env: { ...process.env, NODE_OPTIONS: undefined },
      // A small nursery takes no longer to clear, and what it does not take stays free.
      execArgv: [
        ...[`--max-old-space-size=${heapMb}`, '--max-semi-space-size=4'],
        ...(growthPercent === undefined ? [] : [`--heap-growing-percent=${growthPercent}`]),
      ],
      onMessage: (reply) => {
        onReply(worker, reply);
      },
      onExit: () => {
        onExit(worker);
      },
    });
    const worker: Worker<Work, Result> = { child, asked, isReady: false };
    workers.add(worker);
  }

  function onReply(worker: Worker<Work, Result>, reply: WorkReply<Result>): void {
    if (reply.type === 'ready') worker.isReady = true;
    const task = reply.type === 'ready' ? undefined : worker.asked.shift();
    if (reply.type === 'failed' && task !== undefined) takeHere(task);
    if (reply.type === 'done') task?.resolve(reply.result);
    hand();
  }

  function onExit(worker: Worker<Work, Result>): void {
    workers.delete(worker);
    const [at, ...others] = worker.asked;
    waiting.unshift(...others);
    if (at !== undefined) {
      at.deaths += 1;
      if (at.deaths < MOST_DEATHS) waiting.unshift(at);
      else at.resolve(lost(at.work));
    }
    // It would do so again.
    if (at === undefined) isUnable = true;
    hand();
  }

  /** One after the other. */
  function takeHere({ work, resolve }: Task<Work, Result>): void {
    const done = doneHere.then(() => here(work));
    doneHere = done.catch(() => undefined);
    resolve(done);
  }

  /** Hands what waits to the processes that are least busy. */
  function hand(): void {
    if (isClosed) return;
    if (isUnable && workers.size === 0) {
      waiting.splice(0).forEach(takeHere);
      return;
    }
    while (!isUnable && workers.size < PROCESSES) start();
    for (let task = waiting[0]; task !== undefined; task = waiting[0]) {
      const ready = [...workers].filter(({ isReady, asked }) => isReady && asked.length < ASKED);
      const [idlest] = ready.sort((a, b) => a.asked.length - b.asked.length);
      if (idlest === undefined) return;
      waiting.shift();
      idlest.asked.push(task);
      idlest.child.send({ work: task.work });
    }
  }

  return {
    run: (work) =>
      new Promise((resolve) => {
        waiting.push({ work, resolve, deaths: 0 });
        hand();
      }),
    async close() {
      isClosed = true;
      await Promise.all([...workers].map(({ child }) => child.stop()));
      workers.clear();
    },
  };
}

/** Whoever wants a core goes first, and a process that works still gets its turn. */
const PRIORITY = 5;

/**
 * The other end: does what the parent of this process asks for, one after the other, until it goes.
 *
 * @param open makes what does the work out of the settings
 */
export async function serveWork(
  open: (settings: unknown) => Promise<(work: unknown) => Promise<unknown>>,
): Promise<void> {
  try {
    setPriority(PRIORITY);
  } catch {
    // A sandbox may forbid it; the work is done all the same.
  }
  process.on('disconnect', () => process.exit());
  const reply = (message: WorkReply<unknown>): void => {
    process.send?.(message);
  };
  const perform = await open(JSON.parse(process.argv[2] ?? '{}') as unknown);
  let answered = Promise.resolve();
  process.on('message', ({ work }: Message<unknown>) => {
    answered = answered.then(async () => {
      try {
        reply({ type: 'done', result: await perform(work) });
      } catch {
        reply({ type: 'failed' });
      }
    });
  });
  reply({ type: 'ready' });
}
