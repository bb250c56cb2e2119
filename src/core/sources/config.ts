import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, DEFAULT_CONFIG } from '../model/config.ts';
import { AppError } from '../model/errors.ts';
import { CONFIG_FILE, type ConfigOverrides, parseConfig } from './configFile.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** Keys of the file that mean nothing, with their line. */
  readonly warnings: readonly string[];
}

/** Far more than every setting takes. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads `.pattern-foundry.yaml` of a folder over the defaults; `overrides` win over both.
 *
 * @throws AppError `bad-config` that names every wrong key with its line
 */
export function loadConfig(folder: string, overrides: ConfigOverrides = {}): LoadedConfig {
  const text = readFile(join(folder, CONFIG_FILE));
  const { settings, warnings } = parseConfig(text ?? '');
  return { config: merge(merge(DEFAULT_CONFIG, settings), overrides), warnings };
}

function readFile(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (!stats.isFile()) throw new AppError('bad-config', `${CONFIG_FILE} is not a file`);
    if (stats.size > MAX_BYTES) {
      throw new AppError('bad-config', `${CONFIG_FILE} is larger than ${MAX_BYTES / 1024} KB`);
    }
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad-config', `${CONFIG_FILE} cannot be read`, { cause: error });
  }
}

function merge(base: Config, over: ConfigOverrides): Config {
  return {
    extraction: { ...base.extraction, ...given(over.extraction) },
    search: { ...base.search, ...given(over.search) },
    injection: { ...base.injection, ...given(over.injection) },
  };
}

function given<Section extends object>(section: Section | undefined): Partial<Section> {
  const entries = Object.entries(section ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Section>;
}
