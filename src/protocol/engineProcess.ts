import type { ErrorCode, FilePlace } from '../core/model/errors.ts';
import type { LocalizedText } from '../core/model/localizedText.ts';
import type { LibraryTrouble } from '../core/model/ports/libraryUpkeep.ts';
import type { AnswerMessage, CallMessage } from './calls/messages.ts';

/**
 * What the extension and the engine process say to each other over an IPC channel with
 * structured-clone serialization. One engine, one library, one process.
 */

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
  | CallMessage
  /** Jobs rest between files, commits and batches while the last one said so. */
  | { readonly type: 'rest'; readonly resting: boolean }
  /** What was asked of the extension. */
  | { readonly type: 'answer'; readonly answer: AnswerMessage<WireFailure> }
  /** Closes the library and ends the process. */
  | { readonly type: 'close' };

export type FromEngineProcess =
  | { readonly type: 'ready' }
  /** The library could not be opened; the process ends. */
  | { readonly type: 'unable'; readonly failure: WireFailure }
  | AnswerMessage<WireFailure>
  /** Asks the extension for what it alone knows or can do; see `HostApi`. */
  | { readonly type: 'ask'; readonly asked: CallMessage }
  /** Idle, and grown by what it did: another process would hold the library in less memory. */
  | { readonly type: 'heavy' }
  /** The embedding process died and is started again when it is needed; says how. */
  | { readonly type: 'embedderDied'; readonly how: string }
  /** Something that was in the library is missing from it, or may be; told once by each process. */
  | { readonly type: 'trouble'; readonly trouble: LibraryTrouble }
  /** The library changed, by this process or another. */
  | { readonly type: 'changed' };

/** An error on the wire. Without a code it is a bug. */
export type WireFailure =
  | {
      readonly code: ErrorCode;
      readonly localizedMessage: LocalizedText;
      readonly place: FilePlace | undefined;
    }
  | {
      readonly code: undefined;
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
    };
