import { AutoModel, AutoTokenizer, env, Tensor } from '@xenova/transformers';
import { join } from 'node:path';
import { DIMENSIONS } from './protocol.ts';

const MODEL = 'all-MiniLM-L6-v2';
/** Code and prose have fewer a token, indentation included; what is cut anyway need not be read. */
const CHARACTERS_PER_TOKEN = 16;

/** The weights and their tokenizer in memory. */
export interface Encoder {
  /** Token ids with the marks at both ends, at most `maxTokens`. */
  toTokens(text: string): readonly number[];
  /** One vector of length 1 per list of tokens, one after the other. */
  encode(batch: readonly (readonly number[])[]): Promise<Float32Array>;
}

/** Reads the model from `<assetsDir>/models`; nothing else is looked for and nothing downloaded. */
export async function loadEncoder(assetsDir: string, maxTokens: number): Promise<Encoder> {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.localModelPath = join(assetsDir, 'models');
  // Only now: the library points this elsewhere as it loads.
  (env.backends.onnx as { wasm: { wasmPaths?: string } }).wasm.wasmPaths = join(assetsDir, '/');
  const options = { quantized: true, local_files_only: true };
  const tokenizer = await AutoTokenizer.from_pretrained(MODEL, options);
  const model = (await AutoModel.from_pretrained(MODEL, options)) as unknown as Forward;
  return {
    toTokens: (text) => {
      const start = text.slice(0, maxTokens * CHARACTERS_PER_TOKEN);
      return cut(tokenizer.encode(start), maxTokens);
    },
    encode: async (batch) => {
      const inputs = toInputs(batch);
      const { last_hidden_state: states } = await model(inputs);
      return pool(states.data, batch);
    },
  };
}

type Forward = (
  inputs: Readonly<Record<'input_ids' | 'attention_mask' | 'token_type_ids', Tensor>>,
) => Promise<{ readonly last_hidden_state: { readonly data: Float32Array } }>;

/** Keeps the closing mark. */
function cut(tokens: readonly number[], maxTokens: number): readonly number[] {
  if (tokens.length <= maxTokens) return tokens;
  return [...tokens.slice(0, maxTokens - 1), ...tokens.slice(-1)];
}

function widthOf(batch: readonly (readonly number[])[]): number {
  return Math.max(...batch.map((tokens) => tokens.length));
}

function toInputs(batch: readonly (readonly number[])[]): Parameters<Forward>[0] {
  const width = widthOf(batch);
  const ids = new BigInt64Array(batch.length * width);
  const mask = new BigInt64Array(ids.length);
  batch.forEach((tokens, row) => {
    tokens.forEach((token, column) => (ids[row * width + column] = BigInt(token)));
    mask.fill(1n, row * width, row * width + tokens.length);
  });
  const toTensor = (values: BigInt64Array) => new Tensor('int64', values, [batch.length, width]);
  return {
    input_ids: toTensor(ids),
    attention_mask: toTensor(mask),
    token_type_ids: toTensor(new BigInt64Array(ids.length)),
  };
}

/** Mean over the tokens that are not padding, then unit length. */
function pool(states: Float32Array, batch: readonly (readonly number[])[]): Float32Array {
  const width = widthOf(batch);
  const vectors = new Float32Array(batch.length * DIMENSIONS);
  batch.forEach((tokens, row) => {
    const vector = vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
    for (let column = 0; column < tokens.length; column++) {
      const from = (row * width + column) * DIMENSIONS;
      for (let i = 0; i < DIMENSIONS; i++) vector[i] = at(vector, i) + at(states, from + i);
    }
    const length = Math.hypot(...vector);
    for (let i = 0; i < DIMENSIONS; i++) vector[i] = at(vector, i) / length;
  });
  return vectors;
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? 0;
}
