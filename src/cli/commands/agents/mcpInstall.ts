import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { PRIVATE_FILE } from '../../../core/platform/disk.ts';
import { errorCode, makeFolders } from '../../../core/platform/fileSystem.ts';
import { CLIENTS, type ClientSpec } from '../../clients/clients.ts';
import { SERVER, withServer, type ServerCommand } from '../../clients/withServer.ts';
import { answer } from '../../command.ts';
import type { CommandSpec, Context } from '../../command.ts';
import { bad, flag, required, text } from '../../input.ts';
import type { Input } from '../../input.ts';
import { followed, replaceFile } from '../../../core/platform/replaceFile.ts';
import { clean } from '../../text/clean.ts';
import { diffLines } from '../../text/lineDiff.ts';

export const mcpInstall: CommandSpec = {
  name: 'mcp install',
  summary: 'add the server to a client’s file, after showing the change',
  operands: [{ name: '<client>', summary: Object.keys(CLIENTS).join(', ') }],
  options: [
    { flags: '--project', summary: 'for this project alone, in the file of it' },
    { flags: '-y, --yes', summary: 'write without asking' },
  ],
  examples: [
    ['mcp install claude-code', 'for all your projects'],
    ['mcp install cursor --project', 'in .cursor/mcp.json of this folder'],
    ['mcp install codex --yes', 'without a question'],
  ],
  async run(input, ctx) {
    const client = clientNamed(required(input, 0));
    const file = fileOf(client, input, ctx);
    const before = readFile(file);
    const after = changed(before, client, { input, file, env: ctx.io.env });
    const isChanged = after !== before;
    const isWritten = isChanged && (await isWanted({ file, before, after }, input, ctx));
    if (isWritten) write(file, after);
    const document = { client: client.title, file, changed: isChanged, written: isWritten };
    return answer(isWritten || !isChanged, document, (safe) => {
      if (!safe.changed) return `${safe.client} has it already: ${safe.file}`;
      return safe.written
        ? `wrote ${safe.file}; restart ${safe.client}`
        : `nothing was written; add --yes to write it without being asked`;
    });
  },
};

function clientNamed(name: string): ClientSpec {
  const client = Object.hasOwn(CLIENTS, name) ? CLIENTS[name] : undefined;
  if (client !== undefined) return client;
  throw bad(`"${name}" is not one of ${Object.keys(CLIENTS).join(', ')}`);
}

function fileOf(client: ClientSpec, input: Input, { io }: Context): string {
  if (!flag(input, 'project')) {
    const home = io.env['HOME'] ?? io.env['USERPROFILE'] ?? homedir();
    return followed(client.userFile({ home, platform: process.platform, env: io.env }));
  }
  if (client.projectFile === undefined) throw bad(`${client.title} has no file of a project`);
  return followed(resolve(io.cwd, client.projectFile));
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw bad(`${file} cannot be read: ${errorCode(error) ?? 'unreadable'}`);
  }
}

type Env = Context['io']['env'];

function changed(
  before: string,
  client: ClientSpec,
  { input, file, env }: { readonly input: Input; readonly file: string; readonly env: Env },
): string {
  try {
    return withServer(before, client, serverCommand(input, env));
  } catch (error) {
    throw error instanceof Error ? bad(`${file}: ${error.message}`) : error;
  }
}

/**
 * This very program, so that it is found whatever the client’s search path is, with the library that
 * is in use here: the client has not the same environment.
 */
function serverCommand(input: Input, env: Env): ServerCommand {
  const library = text(input, 'library') ?? env['PATTERN_FOUNDRY_LIBRARY'];
  const named = library === undefined ? [] : ['--library', resolve(library)];
  return { command: process.execPath, args: [process.argv[1] ?? SERVER, 'mcp', ...named] };
}

interface Change {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

async function isWanted(
  { file, before, after }: Change,
  input: Input,
  { io, json }: Context,
): Promise<boolean> {
  const lines = diffLines(before, after, 2).map(({ mark, text: line }) => {
    return mark === 'gap' ? '  ⋮' : `${mark} ${clean(line)}`;
  });
  if (!json) await io.stderr.write(`${clean(file)}\n${lines.join('\n')}\n`);
  if (flag(input, 'yes')) return true;
  if (io.stdin.isTTY !== true || json) return false;
  const asking = createInterface({ input: io.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question('Write this? [y/N] ')).trim());
  } finally {
    asking.close();
  }
}

function write(file: string, content: string): void {
  makeFolders(dirname(file));
  replaceFile(file, content, PRIVATE_FILE);
}
