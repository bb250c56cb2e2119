import { basename } from 'node:path';
import type { ConfigOverrides } from '../../model/config.ts';
import { AppError } from '../../model/errors.ts';
import { joined, type LocalizedText, localized, verbatim } from '../../model/localizedText.ts';
import { nearestNames } from '../../platform/text/nearestNames.ts';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseYaml,
} from '../../platform/text/yaml.ts';
import { checkSetting, SCHEMA } from './configSchema.ts';

/** The settings of a folder; where there are several, the first one counts. */
export const CONFIG_FILES = ['.pattern-foundry.yaml', '.pattern-foundry.yml'] as const;

export interface ParsedConfig {
  readonly settings: ConfigOverrides;
  readonly warnings: readonly LocalizedText[];
}

/** Resolved more often than this, aliases are an attack on memory. */
const MOST_ALIASES = 50;

/**
 * @param file its path, of which messages tell the name
 * @throws AppError `bad-config` that names every wrong key with its line, at the first of them
 */
export function parseConfig(text: string, file: string): ParsedConfig {
  return new ConfigReader(text, file).read();
}

interface Entry {
  readonly key: string;
  readonly line: number;
  readonly node: Node | null;
}

interface Problem {
  readonly line: number;
  readonly message: LocalizedText;
}

class ConfigReader {
  readonly #lines = new LineCounter();
  readonly #file: string;
  readonly #document: Document.Parsed;
  readonly #problems: Problem[] = [];
  readonly #warnings: LocalizedText[] = [];

  constructor(text: string, file: string) {
    this.#file = file;
    const document = parseYaml(text, this.#lines);
    if (document === undefined) {
      throw this.#error(1, localized`${this.#at(1)}: it is nested too deeply`);
    }
    this.#document = document;
  }

  read(): ParsedConfig {
    const [syntax] = this.#document.errors;
    if (syntax !== undefined) {
      const message = syntax.message.charAt(0).toLowerCase() + syntax.message.slice(1);
      const line = this.#lineOf(syntax.pos[0]);
      throw this.#error(line, verbatim(`${this.#at(line)}: ${message}`));
    }
    const settings: Record<string, object> = {};
    for (const { key, line, node } of this.#entries(this.#document.contents, localized`the file`)) {
      if (!Object.hasOwn(SCHEMA, key)) this.#warn(line, key, Object.keys(SCHEMA));
      else settings[key] = this.#readSection(key, node);
    }
    const [first] = this.#problems;
    if (first !== undefined) {
      const messages = this.#problems.map(({ message }) => message);
      throw this.#error(first.line, joined(messages, '; '));
    }
    return { settings, warnings: this.#warnings };
  }

  #readSection(section: string, node: Node | null): object {
    const known = SCHEMA[section] ?? {};
    const values: Record<string, unknown> = {};
    for (const { key, line, node: valueNode } of this.#entries(node, section)) {
      const name = `${section}.${key}`;
      const setting = Object.hasOwn(known, key) ? known[key] : undefined;
      if (setting === undefined) {
        this.#warn(
          line,
          name,
          Object.keys(known).map((other) => `${section}.${other}`),
        );
        continue;
      }
      const value = this.#toValue(valueNode, line);
      // A key without a value is one whose value was commented out.
      if (value === null || value === undefined) continue;
      const checked = checkSetting(setting, value);
      if ('value' in checked) values[setting.name] = checked.value;
      else {
        const message = localized`${this.#at(line)}: ${name} must be ${checked.expected}`;
        this.#problems.push({ line, message });
      }
    }
    return values;
  }

  #entries(node: Node | null, name: string | LocalizedText): readonly Entry[] {
    if (node === null) return [];
    const resolved = isAlias(node) ? node.resolve(this.#document) : node;
    if (resolved === undefined) {
      const line = this.#lineOf(node.range?.[0]);
      const message = localized`${this.#at(line)}: ${name} has an alias without an anchor`;
      this.#problems.push({ line, message });
      return [];
    }
    if (isScalar(resolved) && resolved.value === null) return [];
    if (!isMap(resolved)) {
      const line = this.#lineOf(resolved.range?.[0]);
      const message = localized`${this.#at(line)}: ${name} must be keys with values`;
      this.#problems.push({ line, message });
      return [];
    }
    return resolved.items.map(({ key, value }) => ({
      key: isScalar(key) ? String(key.value) : String(key),
      line: this.#lineOf(isNode(key) ? key.range?.[0] : undefined),
      node: isNode(value) ? value : null,
    }));
  }

  #toValue(node: Node | null, line: number): unknown {
    try {
      return node?.toJS(this.#document, { maxAliasCount: MOST_ALIASES }) as unknown;
    } catch (error) {
      const message = localized`${this.#at(line)}: its YAML aliases cannot be resolved`;
      throw this.#error(line, message, error);
    }
  }

  #lineOf(offset: number | undefined): number {
    return this.#lines.linePos(offset ?? 0).line;
  }

  #at(line: number): string {
    return `${basename(this.#file)}:${line}`;
  }

  #error(line: number, message: LocalizedText, cause?: unknown): AppError {
    return new AppError('bad-config', message, { cause, place: { file: this.#file, line } });
  }

  #warn(line: number, name: string, names: readonly string[]): void {
    const at = this.#at(line);
    const meant = nearestNames(name, names)[0];
    this.#warnings.push(
      meant === undefined
        ? localized`${at}: ${name} is not a setting`
        : localized`${at}: ${name} is not a setting; did you mean ${meant}?`,
    );
  }
}
