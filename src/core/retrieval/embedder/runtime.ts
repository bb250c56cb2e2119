import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type * as Onnx from 'onnxruntime-common';
import type { EmbedderRuntime, EmbedderSettings } from './protocol.ts';

type OnnxModule = typeof Onnx;

/** Threads past this number wait for memory more than they work. */
const THREAD_LIMIT = 4;

/** A model in memory, ready to be run. */
export interface Session {
  /** Runs on integers of the shape [rows, columns]; gives the values of the output so named. */
  run(
    inputs: Readonly<Record<string, BigInt64Array>>,
    rows: number,
    columns: number,
    output: string,
  ): Promise<Float32Array>;
}

export interface OnnxRuntime {
  readonly name: EmbedderRuntime;
  openSession(modelFile: string): Promise<Session>;
}

/** Loads the native runtime where there is one for this machine and WebAssembly otherwise. */
export async function loadOnnxRuntime(settings: EmbedderSettings): Promise<OnnxRuntime> {
  const threads = settings.threads ?? Math.min(availableParallelism(), THREAD_LIMIT);
  const native = settings.runtime === 'wasm' ? undefined : await importNative(settings);
  if (native) return toRuntime('native', native, { intraOpNumThreads: threads });
  const web = toModule(await import('onnxruntime-web'));
  // It loads its module from here, for each of its threads.
  web.env.wasm.wasmPaths = pathToFileURL(join(settings.assetsDir, '/')).href;
  web.env.wasm.wasmBinary = brotliDecompressSync(
    await readFile(join(settings.assetsDir, 'ort-wasm-simd-threaded.wasm.br')),
  );
  web.env.wasm.numThreads = threads;
  return toRuntime('wasm', web, {});
}

async function importNative({ runtime }: EmbedderSettings): Promise<OnnxModule | undefined> {
  try {
    return toModule(await import('onnxruntime-node'));
  } catch (error) {
    // Not shipped, no build for this platform, or a system library is missing: WebAssembly will do.
    if (runtime === 'native') throw error;
    return undefined;
  }
}

function toModule(imported: OnnxModule & { readonly default?: OnnxModule }): OnnxModule {
  return imported.default ?? imported;
}

function toRuntime(
  name: EmbedderRuntime,
  { InferenceSession, Tensor }: OnnxModule,
  options: Onnx.InferenceSession.SessionOptions,
): OnnxRuntime {
  return {
    name,
    openSession: async (modelFile) => {
      const session = await InferenceSession.create(await readFile(modelFile), options);
      return {
        run: async (inputs, rows, columns, output) => {
          const feeds = Object.fromEntries(
            Object.entries(inputs).map(([input, values]) => [
              input,
              new Tensor('int64', values, [rows, columns]),
            ]),
          );
          const { [output]: tensor } = await session.run(feeds);
          const values = await tensor?.getData();
          if (!(values instanceof Float32Array)) throw new Error(`the model gives no ${output}`);
          return values;
        },
      };
    },
  };
}
