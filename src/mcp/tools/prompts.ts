import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { foldersOf, type McpConnection, projectFolderOf } from '../connection.ts';
import { withReports } from './answer.ts';

/** Prompts that people choose in their client. */
export function registerPrompts(server: McpServer, connection: McpConnection): void {
  const { engine, session } = connection;
  const task = z.string().min(1).max(10_000).describe('What is to be done');
  server.registerPrompt(
    'use_patterns',
    {
      title: 'Use Patterns',
      description: 'The task with the patterns that fit behind it',
      argsSchema: { task },
    },
    async (input) => {
      const request = { task: input.task, prompt: input.task, folders: foldersOf(connection) };
      const injection = await engine.prompts.inject({ ...request, surface: 'mcp', session });
      return toPrompt(withReports(injection));
    },
  );
  server.registerPrompt(
    'begin_task',
    {
      title: 'Begin a Task',
      description: 'The task with the files, tests, code and fixes that matter for it',
      argsSchema: { task },
    },
    async (input) => {
      const folder = projectFolderOf(connection);
      const request = { task: input.task, folder, surface: 'mcp' as const, session };
      const found = await engine.prompts.context(request);
      return toPrompt(`${input.task}\n\n${withReports(found)}`.trimEnd());
    },
  );
}

function toPrompt(text: string): {
  messages: { role: 'user'; content: { type: 'text'; text: string } }[];
} {
  return { messages: [{ role: 'user', content: { type: 'text', text } }] };
}
