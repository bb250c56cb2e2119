import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { PATTERN_KINDS, type Rating } from '../../core/model/pattern.ts';
import { foldersOf, mayGivePatterns, type McpConnection, projectFolderOf } from '../connection.ts';
import { answerWith, tellLeftOut, TURNED_OFF, withReports, WORDS } from './answer.ts';
import { registerResolutionTools } from './resolution.ts';

/** Longer ones are no questions; searching for them would take long. */
const LONGEST_QUERY = 10_000;
const MOST_HITS = 20;
const FEW_HITS = 5;
/** Of one page of code. */
const PAGE_LINES = 150;
const MOST_TOKENS = 20_000;

/** Of what agents do with a pattern, what they can know themselves. */
const REPORTED = ['accepted', 'edited', 'reverted', 'passed', 'failed', 'dismissed'] as const;

const query = z.string().min(1).max(LONGEST_QUERY);
const id = z.string().min(4).max(16);
const READS = { readOnlyHint: true, openWorldHint: false };
const RECORDS = { readOnlyHint: false, destructiveHint: false, openWorldHint: false };

/** What agents may ask for; their descriptions stay short, because every prompt carries them. */
export function registerTools(server: McpServer, connection: McpConnection): void {
  registerFind(server, connection);
  registerContext(server, connection);
  registerShow(server, connection);
  registerResolutionTools(server, connection);
  registerOutcome(server, connection);
  registerRating(server, connection);
}

function registerFind(server: McpServer, connection: McpConnection): void {
  server.registerTool(
    'find_patterns',
    {
      title: 'Find Patterns',
      description:
        'Search code patterns, idioms and bug fixes learned from this project and others. Use it before writing code that may exist already. Read the code of a hit with show_pattern.',
      inputSchema: {
        query: query.describe('Words, identifiers or code'),
        language: z.string().max(40).optional().describe('such as python'),
        kind: z.enum(PATTERN_KINDS).optional(),
        all_projects: z.boolean().optional().describe('not only this project'),
        limit: z.int().min(1).max(MOST_HITS).optional(),
        offset: z.int().min(0).max(1_000).optional().describe('hits to skip'),
      },
      annotations: READS,
    },
    (input) =>
      answerWith(async () => {
        if (!(await mayGivePatterns(connection))) return TURNED_OFF;
        const { language, kind, offset = 0, limit = FEW_HITS } = input;
        const page = await connection.engine.prompts.offer({
          text: input.query,
          surface: 'mcp',
          session: connection.session,
          folders: input.all_projects === true ? [] : foldersOf(connection),
          filter: {
            ...(language !== undefined && { language: { any: [language.toLowerCase()] } }),
            ...(kind !== undefined && { kind: { any: [kind] } }),
          },
          offset,
          limit,
        });
        return page.text;
      }),
  );
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)}%`;
}

function registerContext(server: McpServer, connection: McpConnection): void {
  server.registerTool(
    'task_context',
    {
      title: 'Context of a Task',
      description:
        'Call once when a task begins: files likely to change and their tests, the most similar code of this project, earlier fixes there, and patterns that fit.',
      inputSchema: {
        task: query.describe('What is to be done'),
        token_budget: z.int().min(100).max(MOST_TOKENS).optional(),
      },
      annotations: READS,
    },
    ({ task, token_budget: tokenBudget }, { signal }) =>
      answerWith(async () => {
        if (!(await mayGivePatterns(connection))) return TURNED_OFF;
        const { engine, session } = connection;
        const folder = projectFolderOf(connection);
        const asked = { task, folder, surface: 'mcp' as const, session };
        const limits = tokenBudget === undefined ? {} : { tokenBudget };
        const found = await engine.prompts.context({ ...asked, ...limits }, { signal });
        return withReports(found) || 'Nothing is known of it.';
      }),
  );
}

function registerShow(server: McpServer, { engine }: McpConnection): void {
  server.registerTool(
    'show_pattern',
    {
      title: 'Show Pattern',
      description: 'The code of a pattern, or both sides of a fix.',
      inputSchema: {
        id: id.describe('from find_patterns'),
        from_line: z.int().min(1).max(1_000_000).optional(),
      },
      annotations: READS,
    },
    ({ id: pattern, from_line: fromLine = 1 }) =>
      answerWith(async () => {
        const page = { fromLine, lines: PAGE_LINES };
        const { text, warning, nextLine } = await engine.prompts.quote(pattern, WORDS, page);
        if (warning !== undefined) return tellLeftOut([warning]).join('\n');
        return nextLine === null ? text : `${text}More: from_line ${nextLine}`;
      }),
  );
}

function registerOutcome(server: McpServer, { engine }: McpConnection): void {
  server.registerTool(
    'record_outcome',
    {
      title: 'Record Outcome',
      description:
        'Say what became of a pattern that was used, so that better ones are shown next time: accepted (used), edited (used in part), reverted, dismissed (did not fit); later passed or failed (tests or build).',
      inputSchema: {
        impression: z.string().min(3).max(100).describe('from find_patterns or task_context'),
        outcome: z.enum(REPORTED),
        share: z.number().min(0).max(1).optional().describe('of edited: how much was kept'),
      },
      annotations: { ...RECORDS, idempotentHint: true },
    },
    ({ impression, outcome, share }) =>
      answerWith(async () => {
        const draft = { kind: outcome, ...(share !== undefined && { share }) };
        await engine.outcomes.record(impression, draft);
        return `Recorded: ${outcome}.`;
      }),
  );
}

function registerRating(server: McpServer, { engine, session }: McpConnection): void {
  server.registerTool(
    'rate_pattern',
    {
      title: 'Rate Pattern',
      description: 'Rate a pattern from 1 (misleading) to 5 (solved it).',
      inputSchema: {
        id,
        rating: z.int().min(1).max(5),
        task: z.string().max(LONGEST_QUERY).optional(),
      },
      annotations: { ...RECORDS, idempotentHint: true },
    },
    ({ id: pattern, rating, task }) =>
      answerWith(async () => {
        const context = { session, ...(task !== undefined && { task }) };
        const rated = await engine.curate.rate(pattern, rating as Rating, context);
        return `Rated ${rating}; success rate now ${percent(rated.successRate.mean)}.`;
      }),
  );
}
