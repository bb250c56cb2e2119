import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from '../core/engine/open.ts';

/**
 * The server for agents as VS Code starts it, over standard input and output, until its client
 * leaves: what `pattern-foundry mcp` does, without the command line, which the extension has not.
 *
 * @param args `--version`, and `--library` and `--folder` where they are known
 */
export async function serveAgents(args: readonly string[]): Promise<void> {
  const {
    library,
    folder,
    version = '',
  } = parseArgs({
    args: [...args],
    options: {
      library: { type: 'string' },
      folder: { type: 'string' },
      version: { type: 'string' },
    },
  }).values;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      stop.abort();
    });
  }
  const engine = await openEngine({
    ...{ library, folder, assetsDir: join(__dirname, 'assets'), env: process.env },
    ...{ now: () => Date.now(), clockMs: () => performance.now() },
  });
  try {
    const { serveStdio } = await import('../mcp/serve.ts');
    await serveStdio({ engine, version, folder }, stop.signal);
  } finally {
    await engine.close();
  }
}
