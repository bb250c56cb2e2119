import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Config, type ConfigOverrides, DEFAULT_CONFIG } from '../../model/config.ts';
import { AppError } from '../../model/errors.ts';
import { joined, type LocalizedText, localized } from '../../model/localizedText.ts';
import { CONFIG_FILES, parseConfig, type ParsedConfig } from './configFile.ts';
import { checkSetting, SCHEMA } from './configSchema.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** Keys of the file that mean nothing, with their line. */
  readonly warnings: readonly LocalizedText[];
}

/** Far more than every setting takes. */
const MAX_BYTES = 256 * 1024;

const NOTHING: ParsedConfig = { settings: {}, warnings: [] };

/** Settings beside those of the file. */
export interface ConfigLayers {
  /** Over the defaults and under the file, such as those of an editor. */
  readonly settings?: ConfigOverrides | undefined;
  /** Over everything, such as those of a command line. */
  readonly flags?: ConfigOverrides | undefined;
}

/**
 * Reads `.pattern-foundry.yaml`, or else `.pattern-foundry.yml`, of a folder, or else of the repository it is in, if there is one, and
 * lays the settings over one another.
 *
 * @throws AppError `bad-config` that names every wrong key of the file with its line, `bad-setting`
 *   that names every wrong one of the settings
 */
export function loadConfig(
  folder: string | undefined,
  { settings, flags }: ConfigLayers = {},
): LoadedConfig {
  const [file, ...others] = folder === undefined ? [] : findFiles(folder);
  const parsed = file === undefined ? NOTHING : parseConfig(readFile(file), file);
  const layers = [checkSettings(settings), parsed.settings, flags ?? {}];
  return {
    config: layers.reduce(merge, DEFAULT_CONFIG),
    warnings: [...parsed.warnings, ...others.map((other) => passedOver(other, file))],
  };
}

/** People write an editor's settings by hand, so what they hold may be anything. */
function checkSettings(settings: ConfigOverrides | undefined): ConfigOverrides {
  const checked: Record<string, Record<string, unknown>> = {};
  const problems: LocalizedText[] = [];
  for (const [section, values] of Object.entries(settings ?? {})) {
    const known = Object.values(SCHEMA[section] ?? {});
    const kept: Record<string, unknown> = {};
    for (const [key, value] of Object.entries<unknown>(values)) {
      const setting = known.find(({ name }) => name === key);
      if (setting === undefined || value === undefined) continue;
      const found = checkSetting(setting, value);
      if ('value' in found) kept[key] = found.value;
      else problems.push(localized`${section}.${key} must be ${found.expected}`);
    }
    checked[section] = kept;
  }
  if (problems.length > 0) throw new AppError('bad-setting', joined(problems, '; '));
  return checked;
}

/** Those of the folder, or else of the repository it is in; the one that counts comes first. */
function findFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const own = filesIn(folder);
  let place = realpathSync.native(folder);
  while (own.length === 0 && place !== dirname(place)) {
    if (existsSync(join(place, '.git'))) return filesIn(place);
    place = dirname(place);
  }
  return own;
}

function filesIn(folder: string): readonly string[] {
  return CONFIG_FILES.map((name) => join(folder, name)).filter((file) => existsSync(file));
}

function passedOver(other: string, file: string | undefined): LocalizedText {
  return localized`${basename(other)} is ignored, because there is a ${basename(file ?? '')}`;
}

function readFile(file: string): string {
  const name = basename(file);
  const options = { place: { file, line: 1 } };
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw new AppError('bad-config', localized`${name} is not a file`);
    if (stats.size > MAX_BYTES) {
      const message = localized`${name} is larger than ${MAX_BYTES / 1024} KB`;
      throw new AppError('bad-config', message, options);
    }
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad-config', localized`${name} cannot be read`, {
      ...options,
      cause: error,
    });
  }
}

function merge(base: Config, over: ConfigOverrides): Config {
  return {
    extraction: { ...base.extraction, ...given(over.extraction) },
    search: { ...base.search, ...given(over.search) },
    injection: { ...base.injection, ...given(over.injection) },
    learning: { ...base.learning, ...given(over.learning) },
    sessions: { ...base.sessions, ...given(over.sessions) },
  };
}

function given<Section extends object>(section: Section | undefined): Partial<Section> {
  const entries = Object.entries(section ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Section>;
}
