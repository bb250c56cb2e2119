import { onnxRuntime } from './runtime.ts';

/** Stands for both ONNX packages where the transformers library imports them (see esbuild.mjs). */
export default onnxRuntime();
