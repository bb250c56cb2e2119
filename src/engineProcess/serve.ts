import { setTimeout } from 'node:timers/promises';
import { ENGINE_CALLS, type Engine } from '../core/model/engine.ts';
import { createAnswerer, type AskedCall } from '../protocol/calls/answerer.ts';
import type { EngineStart, FromEngineProcess, ToEngineProcess } from '../protocol/engineProcess.ts';
import { createRestGate } from './restGate.ts';
import { createWeight, type Weight } from './weight.ts';
import { toWireFailure } from '../protocol/wireFailure.ts';

/** Stopped calls have this long to write what they hold before the library is closed. */
const SETTLE_MS = 1000;

/** Nobody waits for a process that another one takes over after this long. */
const IDLE_MS = 20_000;

/** Calls after which much memory is held that nobody needs. */
const JOBS: ReadonlySet<string> = new Set([
  'jobs.extract',
  'jobs.history',
  'jobs.import',
  'jobs.export',
  'library.doctor',
  'library.compact',
]);

export interface ServeOptions {
  readonly open: (start: EngineStart) => Promise<Engine>;
  readonly send: (message: FromEngineProcess) => void;
  /** The library could not be opened, and that has been sent. */
  readonly onUnable: () => void;
}

export interface Serving {
  take(message: Exclude<ToEngineProcess, { type: 'close' | 'answer' }>): void;
  /** Stops all calls and closes the library. */
  close(): Promise<void>;
}

/** Answers the calls of one parent with one engine; calls that come before it is open wait. */
export function serve({ open, send, onUnable }: ServeOptions): Serving {
  const gate = createRestGate();
  let opened: Promise<Engine> | undefined;
  let watching: { close(): void } | undefined;
  let weight: Weight | undefined;
  const answerer = createAnswerer(ENGINE_CALLS, {
    api: async () => {
      const engine = await opened;
      if (engine === undefined) throw new Error('called before start');
      return engine;
    },
    send,
    toFailure: toWireFailure,
    rest: gate.pass,
    onCall: (asked) => {
      weight?.busy(isJob(asked));
    },
    onIdle: () => {
      weight?.idle();
    },
  });

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

  return {
    take: (message) => {
      switch (message.type) {
        case 'start':
          void start(message);
          break;
        case 'call':
        case 'abort':
          void answerer.take(message);
          break;
        case 'rest':
          gate.set(message.resting);
          break;
      }
    },
    close: async () => {
      await Promise.race([answerer.close(), setTimeout(SETTLE_MS, undefined, { ref: false })]);
      watching?.close();
      // One that could not be opened has been reported.
      const engine = await opened?.catch(() => undefined);
      await engine?.close();
    },
  };
}

/** A few files leave next to nothing behind. */
function isJob({ area, method, parameters }: AskedCall): boolean {
  const name = `${area}.${method}`;
  const [options] = parameters as readonly [{ readonly paths?: unknown }?];
  return JOBS.has(name) && (name !== 'jobs.extract' || options?.paths === undefined);
}
