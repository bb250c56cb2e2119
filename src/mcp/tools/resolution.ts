import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import type { CodePointer } from '../../core/model/resolution/codePointer.ts';
import { type McpConnection, projectFolderOf } from '../connection.ts';
import { answerWith } from './answer.ts';

/** Of an issue or a log; more says no more about the place. */
const LONGEST_ISSUE = 100_000;
const MOST_PLACES = 30;
const FEW_PLACES = 5;

/** What agents may ask for to resolve an issue. */
export function registerResolutionTools(server: McpServer, connection: McpConnection): void {
  server.registerTool(
    'find_places_to_fix',
    {
      title: 'Find Places To Fix',
      description:
        'Files and functions where an issue, an error or a failing test is to be fixed, likeliest first, with reasons.',
      inputSchema: {
        issue: z.string().min(1).max(LONGEST_ISSUE).describe('its text, or what the test printed'),
        revision: z.string().max(200).optional().describe('commit; not checked out'),
        limit: z.int().min(1).max(MOST_PLACES).optional(),
      },
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ issue, revision, limit = FEW_PLACES }, { signal }) =>
      answerWith(async () => {
        const folder = projectFolderOf(connection);
        const instance = { text: issue, folder, ...(revision !== undefined && { revision }) };
        const { resolution } = connection.engine;
        const { places } = await resolution.localize(instance, { limit, atOnce: true }, { signal });
        return places.map(toLine).join('\n') || 'Nothing found: no word of it is in the code.';
      }),
  );
}

/** Lines count from 1. */
function toLine({ path, symbol, range, score, why }: CodePointer, at: number): string {
  const lines = range === null ? '' : `:${range.start.line + 1}-${range.end.line}`;
  const name = symbol === null ? '' : ` ${symbol}`;
  const reasons = why.map(({ text }) => text).join('; ');
  return `${at + 1}. ${path}${lines}${name} (${score.toFixed(2)}): ${reasons}`;
}
