import { readFileSync } from 'node:fs';
import { AppError } from '../model/errors.ts';
import { joined, localized, verbatim } from '../model/localizedText.ts';
import type { LocalizedText } from '../model/localizedText.ts';
import { linearPattern } from '../platform/text/linearPattern.ts';

/** What `adapter_config.json` of PEFT says, as far as merging needs it. */
export interface AdapterConfig {
  readonly baseModel: string | null;
  readonly revision: string | null;
  readonly rank: number;
  readonly alpha: number;
  readonly isRankStabilised: boolean;
  readonly isFanInFanOut: boolean;
  /** By module name or by an expression for the end of its path. */
  readonly rankPattern: ReadonlyMap<string, number>;
  readonly alphaPattern: ReadonlyMap<string, number>;
  /** All fields as they stand in the file. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Fields that make a delta that is no product of two factors, or tensors nobody merges. */
const UNSUPPORTED = ['use_dora', 'lora_bias', 'trainable_token_indices', 'layer_replication'];

/** @throws AppError `adapter-not-found`, `adapter-damaged`, `adapter-unsupported`; each names the file */
export function readAdapterConfig(path: string): AdapterConfig {
  const fields = readObject(path);
  const fail = (field: string): AppError =>
    new AppError('adapter-damaged', localized`${path}: ${field} is missing or wrong`);
  const unsupported = (reason: LocalizedText): AppError =>
    new AppError('adapter-unsupported', joined([verbatim(path), reason], ': '));
  if (fields['peft_type'] !== 'LORA') {
    throw unsupported(localized`the type of adapter is ${textOf(fields['peft_type'])}, not LORA`);
  }
  for (const field of UNSUPPORTED) {
    if (isSet(fields[field])) throw unsupported(localized`it sets ${field}`);
  }
  const number = (field: string): number => {
    const value = fields[field];
    if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) throw fail(field);
    return value;
  };
  const text = (field: string): string | null => {
    const value = fields[field] ?? null;
    if (value !== null && typeof value !== 'string') throw fail(field);
    return value;
  };
  const numbers = (field: string): ReadonlyMap<string, number> => {
    const value = fields[field] ?? {};
    if (!isObject(value)) throw fail(field);
    const entries = Object.entries(value);
    if (entries.some(([, entry]) => typeof entry !== 'number' || !(entry > 0))) throw fail(field);
    return new Map(entries as [string, number][]);
  };
  const rank = number('r');
  if (!Number.isInteger(rank)) throw fail('r');
  return {
    baseModel: text('base_model_name_or_path'),
    revision: text('revision'),
    rank,
    alpha: number('lora_alpha'),
    isRankStabilised: fields['use_rslora'] === true,
    isFanInFanOut: fields['fan_in_fan_out'] === true,
    rankPattern: numbers('rank_pattern'),
    alphaPattern: numbers('alpha_pattern'),
    fields,
  };
}

/** The rank a module is configured to have. @param module without the model's own prefix */
export function rankOf(config: AdapterConfig, module: string): number {
  return findByPattern(config.rankPattern, module) ?? config.rank;
}

/** The factor of a module's product: alpha over the rank, or over its root when stabilised. */
export function scalingOf(config: AdapterConfig, module: string): number {
  const alpha = findByPattern(config.alphaPattern, module) ?? config.alpha;
  const rank = rankOf(config, module);
  return alpha / (config.isRankStabilised ? Math.sqrt(rank) : rank);
}

/** PEFT takes each key as a regular expression for the end of a path; the first that fits counts. */
function findByPattern(patterns: ReadonlyMap<string, number>, module: string): number | undefined {
  for (const [pattern, value] of patterns) {
    if (module === pattern || module.endsWith(`.${pattern}`)) return value;
    // The pattern is somebody else's.
    if (linearPattern(`(.*\\.)?(${pattern})`)?.fits(module) === true) return value;
  }
  return undefined;
}

function readObject(path: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppError('adapter-not-found', localized`${path} cannot be read`, { cause: error });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new AppError('adapter-damaged', localized`${path} is not a JSON object`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false;
}

function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
