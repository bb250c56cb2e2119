import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { type McpConnection, newSession } from './connection.ts';
import { createMcpServer } from './server.ts';

export { openHttpServer, type HttpServer } from './http.ts';

export type McpParts = Omit<McpConnection, 'session'>;

/** Answers one client over standard input and output, until it leaves or `signal` says so. */
export async function serveStdio(parts: McpParts, signal: AbortSignal): Promise<void> {
  const server = createMcpServer({ ...parts, session: newSession() });
  const transport = new StdioServerTransport();
  const closed = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
  await server.connect(transport);
  await closed;
  await server.close();
}
