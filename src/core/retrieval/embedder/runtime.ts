import { availableParallelism } from 'node:os';
import type * as Onnx from 'onnxruntime-common';
import type { EmbedderRuntime, EmbedderSettings } from './protocol.ts';

type OnnxModule = typeof Onnx;

/** Threads past this number wait for memory more than they work. */
const THREAD_LIMIT = 4;

let chosen: object | undefined;

/**
 * Loads the native runtime where it loads and WebAssembly otherwise. It becomes the one that
 * `onnxRuntime()` gives; the model must be imported after that, because it takes it as it loads.
 */
export async function loadOnnxRuntime(settings: EmbedderSettings): Promise<EmbedderRuntime> {
  const native = settings.runtime === 'wasm' ? undefined : await loadNative(settings);
  chosen = native ?? (await loadWasm());
  return native ? 'native' : 'wasm';
}

/** @throws Error before `loadOnnxRuntime` */
export function onnxRuntime(): object {
  if (!chosen) throw new Error('the ONNX runtime is not loaded');
  return chosen;
}

async function loadNative({ runtime, threads }: EmbedderSettings): Promise<object | undefined> {
  try {
    const onnx = toModule(await import('onnxruntime-node'));
    return withThreads(onnx, threads ?? Math.min(availableParallelism(), THREAD_LIMIT));
  } catch (error) {
    // Not shipped, no build for this platform, or a system library is missing: WebAssembly will do.
    if (runtime === 'native') throw error;
    return undefined;
  }
}

async function loadWasm(): Promise<object> {
  const onnx = toModule(await import('onnxruntime-web'));
  onnx.env.wasm.numThreads = 1;
  return onnx;
}

/** The transformers library creates sessions from bytes and without options of its own. */
function withThreads(onnx: OnnxModule, intraOpNumThreads: number): object {
  const create = (model: Uint8Array, options: Onnx.InferenceSession.SessionOptions) =>
    onnx.InferenceSession.create(model, { ...options, intraOpNumThreads });
  return { ...onnx, InferenceSession: { create } };
}

function toModule(imported: OnnxModule & { readonly default?: OnnxModule }): OnnxModule {
  return imported.default ?? imported;
}
