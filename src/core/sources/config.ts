import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, type ConfigOverrides, DEFAULT_CONFIG } from '../model/config.ts';
import { AppError } from '../model/errors.ts';
import { joined, type Told, told } from '../model/told.ts';
import { CONFIG_FILE, parseConfig } from './configFile.ts';
import { SCHEMA } from './configSchema.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** Keys of the file that mean nothing, with their line. */
  readonly warnings: readonly Told[];
}

/** Far more than every setting takes. */
const MAX_BYTES = 256 * 1024;

/** Settings beside those of the file. */
export interface ConfigLayers {
  /** Over the defaults and under the file, such as those of an editor. */
  readonly settings?: ConfigOverrides | undefined;
  /** Over everything, such as those of a command line. */
  readonly flags?: ConfigOverrides | undefined;
}

/**
 * Reads `.pattern-foundry.yaml` of a folder, if there is one, and lays the settings over one
 * another.
 *
 * @throws AppError `bad-config` that names every wrong key, those of the file with their line
 */
export function loadConfig(
  folder: string | undefined,
  { settings, flags }: ConfigLayers = {},
): LoadedConfig {
  const text = folder === undefined ? undefined : readFile(join(folder, CONFIG_FILE));
  const file = parseConfig(text ?? '');
  const layers = [checkSettings(settings), file.settings, flags ?? {}];
  return { config: layers.reduce(merge, DEFAULT_CONFIG), warnings: file.warnings };
}

/** People write an editor's settings by hand, so what they hold may be anything. */
function checkSettings(settings: ConfigOverrides | undefined): ConfigOverrides {
  const checked: Record<string, Record<string, unknown>> = {};
  const problems: Told[] = [];
  for (const [section, values] of Object.entries(settings ?? {})) {
    const known = Object.values(SCHEMA[section] ?? {});
    const kept: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(values)) {
      const found = known.find(({ name }) => name === key)?.check(value);
      if (found === undefined || value === undefined) continue;
      if ('value' in found) kept[key] = found.value;
      else problems.push(told`${section}.${key} must be ${found.expected}`);
    }
    checked[section] = kept;
  }
  if (problems.length > 0) throw new AppError('bad-config', joined(problems, '; '));
  return checked;
}

function readFile(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (!stats.isFile()) throw new AppError('bad-config', told`${CONFIG_FILE} is not a file`);
    if (stats.size > MAX_BYTES) {
      throw new AppError('bad-config', told`${CONFIG_FILE} is larger than ${MAX_BYTES / 1024} KB`);
    }
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad-config', told`${CONFIG_FILE} cannot be read`, { cause: error });
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
