import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Row = Readonly<Record<string, unknown>>;

export interface ClaudeLog {
  readonly id: string;
  /** Folder it worked in. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly startMs?: number;
}

/** Builds rows of a log of Claude Code, a minute apart. */
export interface ClaudeRows {
  readonly rows: readonly Row[];
  prompt(text: string): ClaudeRows;
  /** What the agent calls the session. */
  titled(title: string): ClaudeRows;
  /** One response that says something; 10 tokens in, 20 out. */
  say(text: string): ClaudeRows;
  /** One response that calls a tool, and what came back. */
  call(
    name: string,
    input: Row,
    result?: { readonly text: string; readonly isError?: boolean },
  ): ClaudeRows;
}

export function claudeRows({ id, folder, startMs = Date.UTC(2026, 2, 1) }: ClaudeLog): ClaudeRows {
  const rows: Row[] = [];
  const add = (more: Row): void => {
    const at = rows.length;
    rows.push({
      ...{ uuid: `${id}-${at}`, sessionId: id, cwd: folder, version: '2.1.200' },
      ...{ timestamp: new Date(startMs + at * 60_000).toISOString(), isSidechain: false, ...more },
    });
  };
  const answer = (content: Row): void => {
    const usage = { input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 0 };
    const name = { id: `msg-${id}-${rows.length}`, model: 'claude-sonnet-4-5' };
    add({
      ...{ type: 'assistant', requestId: `req-${id}-${rows.length}` },
      message: { role: 'assistant', ...name, content: [content], stop_reason: 'end_turn', usage },
    });
  };
  const builder: ClaudeRows = {
    rows,
    prompt(text) {
      add({ type: 'user', message: { role: 'user', content: text } });
      return builder;
    },
    titled(title) {
      add({ type: 'ai-title', aiTitle: title });
      return builder;
    },
    say(text) {
      answer({ type: 'text', text });
      return builder;
    },
    call(name, input, { text, isError = false } = { text: 'done' }) {
      const call = `call-${id}-${rows.length}`;
      answer({ type: 'tool_use', id: call, name, input });
      const result = { type: 'tool_result', tool_use_id: call, content: text, is_error: isError };
      add({ type: 'user', message: { role: 'user', content: [result] } });
      return builder;
    },
  };
  return builder;
}

/** Writes the rows where Claude Code leaves them in a home; returns the path. */
export function writeClaudeLog(
  home: string,
  { id, folder }: ClaudeLog,
  { rows }: ClaudeRows,
): string {
  const path = join(home, '.claude', 'projects', folder.replaceAll(/[/\\]/g, '-'), `${id}.jsonl`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, toLines(rows));
  return path;
}

export function appendRows(path: string, rows: readonly Row[]): void {
  appendFileSync(path, toLines(rows));
}

function toLines(rows: readonly Row[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
