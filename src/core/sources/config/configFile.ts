import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type { ConfigOverrides } from '../../model/config.ts';
import { AppError } from '../../model/errors.ts';
import { joined, type LocalizedText, localized, verbatim } from '../../model/localizedText.ts';
import { nearestName, SCHEMA } from './configSchema.ts';

/** The settings of a folder; where there are several, the first one counts. */
export const CONFIG_FILES = ['.pattern-foundry.yaml', '.pattern-foundry.yml'] as const;

export interface ParsedConfig {
  readonly settings: ConfigOverrides;
  readonly warnings: readonly LocalizedText[];
}

/** Resolved more often than this, aliases are an attack on memory. */
const MOST_ALIASES = 50;

/**
 * @param name of the file, for what is said of it
 * @throws AppError `bad-config` that names every wrong key with its line
 */
export function parseConfig(text: string, name: string): ParsedConfig {
  return new ConfigReader(text, name).read();
}

interface Entry {
  readonly key: string;
  readonly at: string;
  readonly node: Node | null;
}

class ConfigReader {
  readonly #lines = new LineCounter();
  readonly #name: string;
  readonly #document: Document.Parsed;
  readonly #problems: LocalizedText[] = [];
  readonly #warnings: LocalizedText[] = [];

  constructor(text: string, name: string) {
    this.#name = name;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  read(): ParsedConfig {
    const [syntax] = this.#document.errors;
    if (syntax !== undefined) {
      const message = syntax.message.charAt(0).toLowerCase() + syntax.message.slice(1);
      throw new AppError('bad-config', verbatim(`${this.#at(syntax.pos[0])}: ${message}`));
    }
    const settings: Record<string, object> = {};
    for (const { key, at, node } of this.#entries(this.#document.contents, localized`the file`)) {
      if (!Object.hasOwn(SCHEMA, key)) this.#warn(at, key, Object.keys(SCHEMA));
      else settings[key] = this.#readSection(key, node);
    }
    if (this.#problems.length > 0) throw new AppError('bad-config', joined(this.#problems, '; '));
    return { settings, warnings: this.#warnings };
  }

  #readSection(section: string, node: Node | null): object {
    const known = SCHEMA[section] ?? {};
    const values: Record<string, unknown> = {};
    for (const { key, at, node: valueNode } of this.#entries(node, section)) {
      const name = `${section}.${key}`;
      const setting = Object.hasOwn(known, key) ? known[key] : undefined;
      if (setting === undefined) {
        this.#warn(
          at,
          name,
          Object.keys(known).map((other) => `${section}.${other}`),
        );
        continue;
      }
      const value = this.#toValue(valueNode, at);
      // A key without a value is one whose value was commented out.
      if (value === null || value === undefined) continue;
      const checked = setting.check(value);
      if ('value' in checked) values[setting.name] = checked.value;
      else this.#problems.push(localized`${at}: ${name} must be ${checked.expected}`);
    }
    return values;
  }

  #entries(node: Node | null, name: string | LocalizedText): readonly Entry[] {
    if (node === null) return [];
    const resolved = isAlias(node) ? node.resolve(this.#document) : node;
    if (resolved === undefined) {
      this.#problems.push(
        localized`${this.#at(node.range?.[0])}: ${name} has an alias without an anchor`,
      );
      return [];
    }
    if (isScalar(resolved) && resolved.value === null) return [];
    if (!isMap(resolved)) {
      this.#problems.push(
        localized`${this.#at(resolved.range?.[0])}: ${name} must be keys with values`,
      );
      return [];
    }
    return resolved.items.map(({ key, value }) => ({
      key: isScalar(key) ? String(key.value) : String(key),
      at: this.#at(isNode(key) ? key.range?.[0] : undefined),
      node: isNode(value) ? value : null,
    }));
  }

  #toValue(node: Node | null, at: string): unknown {
    try {
      return node?.toJS(this.#document, { maxAliasCount: MOST_ALIASES }) as unknown;
    } catch (error) {
      throw new AppError('bad-config', localized`${at}: its YAML aliases cannot be resolved`, {
        cause: error,
      });
    }
  }

  #at(offset: number | undefined): string {
    return `${this.#name}:${this.#lines.linePos(offset ?? 0).line}`;
  }

  #warn(at: string, name: string, names: readonly string[]): void {
    const meant = nearestName(name, names);
    this.#warnings.push(
      meant === undefined
        ? localized`${at}: ${name} is not a setting`
        : localized`${at}: ${name} is not a setting; did you mean ${meant}?`,
    );
  }
}
