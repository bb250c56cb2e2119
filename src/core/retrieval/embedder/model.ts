import { AutoTokenizer, env } from '@xenova/transformers';
import { join } from 'node:path';
import { DIMENSIONS } from './protocol.ts';
import type { OnnxRuntime, Session } from './runtime.ts';

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

/**
 * Reads the model from `<assetsDir>/models`; nothing else is looked for and nothing downloaded.
 * Of the transformers library only its tokenizer is used: the runtime it asks for is years old.
 */
export async function loadEncoder(
  runtime: OnnxRuntime,
  assetsDir: string,
  maxTokens: number,
): Promise<Encoder> {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.localModelPath = join(assetsDir, 'models');
  const tokenizer = await AutoTokenizer.from_pretrained(MODEL, { local_files_only: true });
  const file = join(assetsDir, 'models', MODEL, 'onnx/model_quantized.onnx');
  const session = await runtime.openSession(file);
  return {
    toTokens: (text) => {
      const start = text.slice(0, maxTokens * CHARACTERS_PER_TOKEN);
      return cut(tokenizer.encode(start), maxTokens);
    },
    encode: async (batch) => pool(await forward(session, batch), batch),
  };
}

/** Keeps the closing mark. */
function cut(tokens: readonly number[], maxTokens: number): readonly number[] {
  if (tokens.length <= maxTokens) return tokens;
  return [...tokens.slice(0, maxTokens - 1), ...tokens.slice(-1)];
}

function widthOf(batch: readonly (readonly number[])[]): number {
  return Math.max(...batch.map((tokens) => tokens.length));
}

/** States of shape [texts, tokens, `DIMENSIONS`]. */
async function forward(
  session: Session,
  batch: readonly (readonly number[])[],
): Promise<Float32Array> {
  const width = widthOf(batch);
  const ids = new BigInt64Array(batch.length * width);
  const mask = new BigInt64Array(ids.length);
  batch.forEach((tokens, row) => {
    tokens.forEach((token, column) => (ids[row * width + column] = BigInt(token)));
    mask.fill(1n, row * width, row * width + tokens.length);
  });
  const inputs = {
    input_ids: ids,
    attention_mask: mask,
    token_type_ids: new BigInt64Array(ids.length),
  };
  return session.run(inputs, batch.length, width, 'last_hidden_state');
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
