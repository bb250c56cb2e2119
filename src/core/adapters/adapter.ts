import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import { rankOf, readAdapterConfig, scalingOf } from './adapterConfig.ts';
import type { AdapterConfig } from './adapterConfig.ts';
import { openTensorFile } from './safetensors/reader.ts';
import type { TensorFile } from './safetensors/reader.ts';
import { elementsOf } from './safetensors/header.ts';
import type { TensorPlace, TensorPlaces } from './safetensors/header.ts';

export const WEIGHTS_FILE = 'adapter_model.safetensors';
export const CONFIG_FILE = 'adapter_config.json';

/** PEFT puts this before the path of each module. */
const MODEL_PREFIX = 'base_model.model.';
const FACTOR = /^(.+)\.lora_(embedding_)?([AB])(\.weight)?$/;

/** One layer an adapter changes: by scaling × B × A, with A of [rank, inputs] and B of [outputs, rank]. */
export interface Module {
  /** Path in the model, as it stands before `.lora_A`. */
  readonly name: string;
  readonly a: string;
  readonly b: string;
  readonly aShape: readonly number[];
  readonly bShape: readonly number[];
  readonly rank: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly scaling: number;
}

/** A LoRA adapter that is open for reading. */
export interface Adapter {
  readonly path: string;
  readonly config: AdapterConfig;
  readonly file: TensorFile;
  /** Sorted by name. */
  readonly modules: readonly Module[];
  /** Whole weights, such as trained heads: no factors, sorted by name. */
  readonly heads: ReadonlyMap<string, TensorPlace>;
}

/**
 * Opens an adapter as PEFT saves it: a folder with both its files, or its tensor file with
 * `adapter_config.json` beside it.
 *
 * @throws AppError `adapter-not-found`, `adapter-damaged`, `adapter-unsupported`
 */
export function openAdapter(path: string): Adapter {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const config = readAdapterConfig(join(isFolder ? path : dirname(path), CONFIG_FILE));
  return openAdapterFiles(isFolder ? join(path, WEIGHTS_FILE) : path, config);
}

/** As `openAdapter`, with a configuration that was read before. */
export function openAdapterFiles(path: string, config: AdapterConfig): Adapter {
  const file = openTensorFile(path);
  try {
    return { path, config, file, ...takeApart(file, config) };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The path of a module as configurations and people name it. */
export function moduleName({ name }: Pick<Module, 'name'>): string {
  return name.startsWith(MODEL_PREFIX) ? name.slice(MODEL_PREFIX.length) : name;
}

function takeApart(
  { path, tensors }: TensorFile,
  config: AdapterConfig,
): Pick<Adapter, 'modules' | 'heads'> {
  const factors = new Map<string, { a?: string; b?: string }>();
  const heads = new Map<string, TensorPlace>();
  for (const [name, place] of tensors) {
    const [, module, , side] = FACTOR.exec(name) ?? [];
    if (module === undefined) {
      if (name.includes('.lora_')) {
        throw new AppError(
          'adapter-unsupported',
          localized`${path}: ${name} is not a known factor`,
        );
      }
      heads.set(name, place);
      continue;
    }
    const found = factors.get(module) ?? {};
    factors.set(module, { ...found, ...(side === 'A' ? { a: name } : { b: name }) });
  }
  const modules = [...factors].map(([name, sides]) => {
    const module = toModule(name, sides, tensors, config);
    if (!module) {
      const text = localized`${path}: the two factors of ${name} do not match each other or its rank`;
      throw new AppError('adapter-damaged', text);
    }
    return module;
  });
  if (modules.length === 0) {
    throw new AppError('adapter-damaged', localized`${path} holds no factors of an adapter`);
  }
  return {
    modules: modules.sort((x, y) => compareNames(x.name, y.name)),
    heads: new Map([...heads].sort(([x], [y]) => compareNames(x, y))),
  };
}

/** `undefined` where the factors are not of one product with the rank that is configured. */
function toModule(
  name: string,
  { a = '', b = '' }: { readonly a?: string; readonly b?: string },
  tensors: TensorPlaces,
  config: AdapterConfig,
): Module | undefined {
  const [aShape, bShape] = [shapeOf(tensors, a), shapeOf(tensors, b)];
  const [rank = 0, ...inputs] = aShape;
  const [outputs = 0, bRank = 0, ...ones] = bShape;
  const path = moduleName({ name });
  const isProduct = inputs.length > 0 && elementsOf(ones) === 1 && rank > 0;
  if (!isProduct || bRank !== rank || rankOf(config, path) !== rank) return undefined;
  const scaling = scalingOf(config, path);
  return { name, a, b, aShape, bShape, rank, inputs: elementsOf(inputs), outputs, scaling };
}

function shapeOf(tensors: TensorPlaces, name: string): readonly number[] {
  return tensors.get(name)?.shape ?? [];
}

export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
