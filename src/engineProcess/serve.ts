import { setTimeout } from 'node:timers/promises';
import type { Engine, Progress } from '../core/model/engine.ts';
import { coalesce } from '../core/platform/coalesce.ts';
import type {
  EngineMethod,
  EngineStart,
  FromEngineProcess,
  ToEngineProcess,
} from '../protocol/engineProcess.ts';
import { callEngine, type Asked } from './calls.ts';
import { createRestGate } from './restGate.ts';
import { createWeight, type Weight } from './weight.ts';
import { toWireFailure } from './wireFailure.ts';

/** About what a status bar can show and an eye can follow. */
const PROGRESS_MS = 100;

/** Stopped calls have this long to write what they hold before the library is closed. */
const SETTLE_MS = 1000;

/** Nobody waits for a process that another one takes over after this long. */
const IDLE_MS = 20_000;

/** Calls after which much memory is held that nobody needs. */
const JOBS: ReadonlySet<EngineMethod> = new Set<EngineMethod>([
  'extract',
  'history',
  'import',
  'export',
  'doctor',
  'compact',
]);

export interface ServeOptions {
  readonly open: (start: EngineStart) => Promise<Engine>;
  readonly send: (message: FromEngineProcess) => void;
  /** The library could not be opened, and that has been sent. */
  readonly onUnable: () => void;
}

export interface Serving {
  take(message: Exclude<ToEngineProcess, { type: 'close' }>): void;
  /** Stops all calls and closes the library. */
  close(): Promise<void>;
}

/** Answers the calls of one parent with one engine; calls that come before it is open wait. */
export function serve({ open, send, onUnable }: ServeOptions): Serving {
  const gate = createRestGate();
  const controllers = new Map<number, AbortController>();
  const running = new Set<Promise<void>>();
  let opened: Promise<Engine> | undefined;
  let watching: { close(): void } | undefined;
  let weight: Weight | undefined;

  async function start(message: EngineStart): Promise<void> {
    try {
      const engine = await (opened = open(message));
      watching = engine.watch(() => {
        send({ type: 'changed' });
      });
      weight = createWeight({
        bytes: () => process.memoryUsage.rss(),
        idleMs: IDLE_MS,
        succeedsHeavy: message.succeedsHeavy,
        onHeavy: () => {
          send({ type: 'heavy' });
        },
      });
      send({ type: 'ready' });
    } catch (error) {
      send({ type: 'unable', failure: toWireFailure(error) });
      onUnable();
    }
  }

  async function answer(call: number, asked: Asked): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    controllers.set(call, controller);
    let latest: Progress | undefined;
    const telling = coalesce({ delayMs: 0, pauseMs: PROGRESS_MS }, () => {
      if (latest !== undefined) send({ type: 'progress', call, progress: latest });
    });
    const onProgress = (progress: Progress): void => {
      latest = progress;
      telling.call();
    };
    try {
      const engine = await opened;
      if (engine === undefined) throw new Error('called before start');
      weight?.busy(isJob(asked));
      const watch = { signal, onProgress, rest: gate.pass };
      const value = await callEngine(engine, asked, watch);
      telling.flush();
      send({ type: 'result', call, value });
    } catch (error) {
      send({ type: 'failure', call, failure: toWireFailure(error) });
    } finally {
      telling.dispose();
      controllers.delete(call);
    }
  }

  return {
    take: (message) => {
      switch (message.type) {
        case 'start':
          void start(message);
          break;
        case 'call': {
          const answered = answer(message.call, message).finally(() => {
            running.delete(answered);
            if (running.size === 0) weight?.idle();
          });
          running.add(answered);
          break;
        }
        case 'abort':
          controllers.get(message.call)?.abort();
          break;
        case 'rest':
          gate.set(message.resting);
          break;
      }
    },
    close: async () => {
      for (const controller of controllers.values()) controller.abort();
      await Promise.race([Promise.all(running), setTimeout(SETTLE_MS, undefined, { ref: false })]);
      watching?.close();
      // One that could not be opened has been reported.
      const engine = await opened?.catch(() => undefined);
      await engine?.close();
    },
  };
}

/** A few files leave next to nothing behind. */
function isJob({ method, parameters }: Asked): boolean {
  const [options] = parameters as readonly [{ readonly paths?: unknown }?];
  return JOBS.has(method) && (method !== 'extract' || options?.paths === undefined);
}
