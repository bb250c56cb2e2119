import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CONFIG_FILE, WEIGHTS_FILE } from '../../../src/core/adapters/adapter.ts';
import { writeTensorFile } from '../../../src/core/adapters/safetensors/writer.ts';
import type { TensorSource } from '../../../src/core/adapters/safetensors/writer.ts';
import type { ElementType } from '../../../src/core/model/api/adapters.ts';

export interface MadeModule {
  readonly name: string;
  readonly rank: number;
  readonly inputs: number;
  readonly outputs: number;
}

export interface MadeAdapter {
  readonly modules?: readonly MadeModule[];
  readonly config?: Readonly<Record<string, unknown>>;
  /** Whole weights by name; all numbers are `value`. */
  readonly heads?: readonly {
    readonly name: string;
    readonly size: number;
    readonly value: number;
  }[];
  readonly type?: ElementType;
  readonly seed?: number;
}

export const MODULES: readonly MadeModule[] = [
  { name: 'layer.0.q', rank: 2, inputs: 6, outputs: 5 },
  { name: 'layer.1.q', rank: 2, inputs: 6, outputs: 5 },
];

/** An adapter as PEFT saves it, with numbers of a seeded generator. */
export async function writeAdapter(folder: string, made: MadeAdapter = {}): Promise<string> {
  const { modules = MODULES, heads = [], type = 'F32', seed = 1, config = {} } = made;
  const next = random(seed);
  const numbers = (count: number) => Float32Array.from({ length: count }, () => next() - 0.5);
  const tensors: TensorSource[] = modules.flatMap(({ name, rank, inputs, outputs }) => {
    const a = numbers(rank * inputs);
    const b = numbers(outputs * rank);
    const prefix = `base_model.model.${name}`;
    return [
      { name: `${prefix}.lora_A.weight`, type, shape: [rank, inputs], pieces: () => [a] },
      { name: `${prefix}.lora_B.weight`, type, shape: [outputs, rank], pieces: () => [b] },
    ];
  });
  for (const { name, size, value } of heads) {
    const values = new Float32Array(size).fill(value);
    tensors.push({ name: `base_model.model.${name}`, type, shape: [size], pieces: () => [values] });
  }
  mkdirSync(folder, { recursive: true });
  await writeTensorFile(join(folder, WEIGHTS_FILE), tensors);
  const fields = {
    peft_type: 'LORA',
    base_model_name_or_path: 'some/model',
    r: modules[0]?.rank,
    lora_alpha: 4,
    target_modules: ['q'],
    ...config,
  };
  writeFileSync(join(folder, CONFIG_FILE), JSON.stringify(fields));
  return folder;
}

/** Mulberry32: the same numbers from 0 to 1 for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
