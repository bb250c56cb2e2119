/** Numbers in one vector of all-MiniLM-L6-v2. */
export const DIMENSIONS = 384;

/** How the embedding process is to run; handed over as JSON in its first argument. */
export interface EmbedderSettings {
  /** Holds `models/` and the WebAssembly runtime. */
  readonly assetsDir: string;
  /** Longer texts are cut; the two marks at the ends count. */
  readonly maxTokens: number;
  /** Whether whoever else wants a core goes first; not when absent. */
  readonly inBackground?: boolean;
  /** Forced runtime; the native one where it loads when absent. */
  readonly runtime?: EmbedderRuntime | undefined;
  /** Threads of the native runtime; chosen from the machine when absent. */
  readonly threads?: number | undefined;
}

export type EmbedderRuntime = 'native' | 'wasm';

export type EmbedderRequest =
  | { readonly type: 'embed'; readonly job: number; readonly texts: readonly string[] }
  | { readonly type: 'cancel'; readonly job: number };

export type EmbedderReply =
  | { readonly type: 'ready'; readonly runtime: EmbedderRuntime }
  /** `vectors` holds `DIMENSIONS` numbers for each index into the texts of the job. */
  | {
      readonly type: 'vectors';
      readonly job: number;
      readonly indexes: readonly number[];
      readonly vectors: Float32Array;
    }
  | { readonly type: 'failed'; readonly job: number; readonly message: string }
  /** The process cannot load the model; no other reply comes. */
  | { readonly type: 'unable'; readonly message: string };
