import { homedir } from 'node:os';
import { parse, resolve } from 'node:path';
import { answered } from '../../command.ts';
import type { CommandSpec, Context } from '../../command.ts';
import { untilStopped } from '../../untilStopped.ts';
import { bad, flag, text, wholeNumber } from '../../input.ts';

const TOKEN = 'PATTERN_FOUNDRY_MCP_TOKEN';

export const mcp: CommandSpec = {
  name: 'mcp',
  summary: 'serve agents over the Model Context Protocol, until they leave',
  options: [
    {
      flags: '--folder <dir>',
      summary: 'the project they work in; the current folder when absent',
    },
    { flags: '--http', summary: `over HTTP on this machine, with a token or that of $${TOKEN}` },
    { flags: '--port <n>', summary: 'of HTTP; a free one when absent' },
  ],
  examples: [
    ['mcp install claude-code', 'adds the server to a client, after showing the change'],
    ['mcp', 'over standard input and output, as clients start it'],
    ['mcp --http --port 7420', 'for clients that connect'],
  ],
  async run(input, ctx) {
    const isHttp = flag(input, 'http');
    const port = wholeNumber(input, 'port', { min: 1, max: 65_535 });
    if (port !== undefined && !isHttp) throw bad('--port goes with --http');
    const token = isHttp ? chosenToken(ctx) : undefined;
    const engine = await ctx.engine();
    const { serveStdio, openHttpServer } = await import('../../../mcp/serve.ts');
    const parts = { engine, version: ctx.io.version, folder: folderOf(text(input, 'folder'), ctx) };
    await untilStopped(ctx.io, async (signal) => {
      if (!isHttp) {
        await serveStdio(parts, signal);
        return;
      }
      const server = await openHttpServer({ ...parts, port: port ?? 0, token });
      const document = { url: server.url, ...(token === undefined && { token: server.token }) };
      await ctx.io.stdout.write(
        ctx.json
          ? `${JSON.stringify(document)}\n`
          : `serving ${server.url}\n${token === undefined ? `token ${server.token}\n` : ''}`,
      );
      await new Promise((end) => {
        signal.addEventListener('abort', end);
      });
      await server.close();
    });
    return answered(true);
  },
};

/** An empty token would let in whoever sends an empty one. */
function chosenToken({ io }: Context): string | undefined {
  const token = io.env[TOKEN];
  if (token?.trim() === '') {
    throw bad(`$${TOKEN} is empty: set a token, or unset it for a random one`);
  }
  return token;
}

/** A client that has no project starts the server wherever it is; nothing is looked for there. */
function folderOf(named: string | undefined, { io }: Context): string | undefined {
  if (named !== undefined) return resolve(io.cwd, named);
  return io.cwd === homedir() || io.cwd === parse(io.cwd).root ? undefined : io.cwd;
}
