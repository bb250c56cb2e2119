import { isDeepStrictEqual } from 'node:util';
import {
  applyEdits,
  type FormattingOptions,
  modify,
  parse as parseJson,
  type ParseError,
} from 'jsonc-parser';
import { parse as parseToml, stringify as stringifyToml, type TomlTable } from 'smol-toml';
import { bad } from '../input.ts';
import type { ClientSpec } from './clients.ts';

/** What the server is called in every client. */
export const SERVER = 'pattern-foundry';

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * The text of a client's file with the server in it; all else stays as it is, comments too.
 *
 * @param text empty where there is no file
 * @throws AppError `bad-argument` for a file that cannot be read as what it should be
 */
export function withServer(text: string, client: ClientSpec, server: ServerCommand): string {
  return client.format === 'json' ? inJson(text, client, server) : inToml(text, client, server);
}

function inJson(text: string, { key, fields }: ClientSpec, server: ServerCommand): string {
  const servers = readJson(text)[key];
  if (servers !== undefined && !isTable(servers)) throw bad(`${key} in the file is no object`);
  const value = { ...fields, command: server.command, args: server.args };
  if (isDeepStrictEqual(servers?.[SERVER], value)) return text;
  const start = text.trim() === '' ? '{}\n' : text;
  const formattingOptions = layoutOf(text);
  return applyEdits(start, modify(start, [key, SERVER], value, { formattingOptions }));
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === '') return {};
  const errors: ParseError[] = [];
  const options = { allowTrailingComma: true, disallowComments: false };
  const parsed: unknown = parseJson(text, errors, options);
  if (errors.length > 0 || !isTable(parsed)) throw bad('the file is no JSON object');
  return parsed;
}

/** How a file is laid out already. */
function layoutOf(text: string): FormattingOptions {
  const indent = /^(?<indent>[ \t]+)\S/m.exec(text)?.groups?.['indent'] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** TOML is changed as text, because what writes it anew drops comments. */
function inToml(text: string, { key }: ClientSpec, server: ServerCommand): string {
  const before = readToml(text);
  const servers = before[key] ?? {};
  if (!isTable(servers)) throw bad(`${key} in the file is no table`);
  const value = { command: server.command, args: [...server.args] };
  if (isDeepStrictEqual(servers[SERVER], value)) return text;
  const table = stringifyToml({ [key]: { [SERVER]: value } }).trim();
  const kept = withoutTable(text, [key, SERVER]).trimEnd();
  const after = `${kept === '' ? '' : `${kept}\n\n`}${table}\n`;
  const wanted = { ...before, [key]: { ...servers, [SERVER]: value } };
  if (!isDeepStrictEqual(plain(readToml(after)), plain(wanted))) {
    throw bad(`the file names ${SERVER} in a way that cannot be replaced: remove it first`);
  }
  return after;
}

function readToml(text: string): TomlTable {
  try {
    return parseToml(text);
  } catch (error) {
    throw bad(`the file is no TOML: ${(error as Error).message.split('\n')[0] ?? ''}`);
  }
}

/** The lines of a text without those of one table and of the tables within it. */
function withoutTable(text: string, names: readonly string[]): string {
  const [key = '', name = ''] = names;
  const kept: string[] = [];
  let isInside = false;
  for (const line of text.split('\n')) {
    const header = /^\s*\[+\s*([^\]]*?)\s*\]/.exec(line)?.[1];
    if (header !== undefined) {
      const parts = header.split('.').map((part) => part.trim().replace(/^["']|["']$/g, ''));
      isInside = parts[0] === key && parts[1] === name;
    }
    if (!isInside) kept.push(line);
  }
  return kept.join('\n');
}

/** Tables have no prototype, which makes them differ from objects. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
