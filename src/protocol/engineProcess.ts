import type { Engine, Progress } from '../core/model/engine.ts';
import type { ErrorCode } from '../core/model/errors.ts';
import type { Told } from '../core/model/told.ts';

/**
 * What the extension and the engine process say to each other over an IPC channel with
 * structured-clone serialization. One engine, one library, one process.
 */

/** Methods of the engine that are asked for by name; a trailing `Watch` travels as messages. */
export type EngineMethod = Exclude<keyof Engine, 'watch' | 'close'>;

/** Where the engine keeps its library and finds its assets; the first message. */
export interface EngineStart {
  readonly type: 'start';
  /** Folder of the library; the place the environment or the platform names when absent. */
  readonly library: string | undefined;
  readonly assetsDir: string;
  /** The embedding process ends after this long without work. */
  readonly embedderIdleMs: number;
  /** It takes over from one that said it was heavy. */
  readonly succeedsHeavy: boolean;
}

export type ToEngineProcess =
  | EngineStart
  | {
      readonly type: 'call';
      readonly call: number;
      readonly method: EngineMethod;
      readonly parameters: readonly unknown[];
    }
  /** Aborts the signal of a call. */
  | { readonly type: 'abort'; readonly call: number }
  /** Jobs rest between files, commits and batches while the last one said so. */
  | { readonly type: 'rest'; readonly resting: boolean }
  /** Closes the library and ends the process. */
  | { readonly type: 'close' };

export type FromEngineProcess =
  | { readonly type: 'ready' }
  /** The library could not be opened; the process ends. */
  | { readonly type: 'unable'; readonly failure: WireFailure }
  | { readonly type: 'progress'; readonly call: number; readonly progress: Progress }
  | { readonly type: 'result'; readonly call: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly call: number; readonly failure: WireFailure }
  /** Idle, and grown by what it did: another process would hold the library in less memory. */
  | { readonly type: 'heavy' }
  /** The embedding process died and is started again when it is needed; says how. */
  | { readonly type: 'embedderDied'; readonly how: string }
  /** The library changed, by this process or another. */
  | { readonly type: 'changed' };

/** An error on the wire. Without a code it is a bug or, as `AbortError`, a stopped call. */
export type WireFailure =
  | { readonly code: ErrorCode; readonly told: Told }
  | {
      readonly code: undefined;
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
    };
