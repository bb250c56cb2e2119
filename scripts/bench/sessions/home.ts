import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A home with logs of agents, made of the source code of this project. */
export interface SyntheticHome {
  readonly sessions: number;
  readonly bytes: number;
  /** Of Claude Code. */
  readonly claudeBytes: number;
  /** The id of the longest one. */
  readonly longest: string;
}

const PROJECTS = 20;
const START = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
/** Two of three are of Claude Code, the rest of Codex. */
const CODEX_EACH = 3;

/** Sizes fall off as those of real homes do: the longest of 1,000 holds a twenty-fifth of all bytes. */
export function makeHome(home: string, sessions: number, bytes: number): SyntheticHome {
  const weights = Array.from({ length: sessions }, (_, rank) => (rank + 1) ** -0.7);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const texts = sourceTexts();
  let written = 0;
  let claudeBytes = 0;
  for (const [at, weight] of weights.entries()) {
    const isCodex = at % CODEX_EACH === CODEX_EACH - 1;
    const log = openLog(home, { at, isCodex });
    const size = (isCodex ? fillCodex : fillClaude)(log, (bytes * weight) / all, texts);
    written += size;
    if (!isCodex) claudeBytes += size;
  }
  return { sessions, bytes: written, claudeBytes, longest: idOf(0) };
}

interface Log {
  readonly file: number;
  readonly id: string;
  readonly folder: string;
  readonly startMs: number;
}

function openLog(home: string, which: { readonly at: number; readonly isCodex: boolean }): Log {
  const { at, isCodex } = which;
  const id = idOf(at);
  const startMs = START + at * HOUR_MS;
  const folder = `/work/project-${at % PROJECTS}`;
  const day = new Date(startMs).toISOString().slice(0, 10).split('-');
  const place = isCodex
    ? join(home, '.codex', 'sessions', ...day)
    : join(home, '.claude', 'projects', folder.replaceAll('/', '-'));
  mkdirSync(place, { recursive: true });
  const name = isCodex ? `rollout-${day.join('-')}T00-00-00-${id}.jsonl` : `${id}.jsonl`;
  return { file: openSync(join(place, name), 'w'), id, folder, startMs };
}

function idOf(at: number): string {
  return `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
}

/** What tools answer: pieces of files, as agents read them. */
function sourceTexts(): readonly string[] {
  const root = resolve(import.meta.dirname, '../../../src');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => readFileSync(join(root, name), 'utf8').slice(0, 8000));
}

type Row = Readonly<Record<string, unknown>>;

/** Turns of a conversation until the log is as long as it is to be; returns its bytes. */
function fill(
  { file, startMs }: Log,
  bytes: number,
  turnOf: (turn: number, at: (row: number) => string) => readonly Row[],
): number {
  let size = 0;
  for (let turn = 0; size < bytes || turn === 0; turn += 1) {
    const at = (row: number): string =>
      new Date(startMs + turn * 20_000 + row * 1000).toISOString();
    const text = turnOf(turn, at)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('');
    size += writeSync(file, text);
  }
  closeSync(file);
  return size;
}

function fillClaude(log: Log, bytes: number, texts: readonly string[]): number {
  const { id, folder } = log;
  const signature = 'EqoBCkgIARABGAIiQ'.repeat(60);
  return fill(log, bytes, (turn, at) => {
    const text = texts[turn % texts.length] ?? '';
    const row = (number: number, rest: Row): Row => ({
      ...{ parentUuid: `${id}-${turn}-${number - 1}`, isSidechain: false, userType: 'external' },
      ...{ cwd: folder, sessionId: id, version: '2.1.200', gitBranch: 'main' },
      ...rest,
      ...{ uuid: `${id}-${turn}-${number}`, timestamp: at(number) },
    });
    const usage = {
      ...{ input_tokens: 4, cache_creation_input_tokens: 900, output_tokens: 300 },
      ...{ cache_read_input_tokens: (turn % 150) * 1000 },
      cache_creation: { ephemeral_5m_input_tokens: 900, ephemeral_1h_input_tokens: 0 },
    };
    const answer = (number: number, content: Row): Row =>
      row(number, {
        ...{ type: 'assistant', requestId: `req_${id}_${turn}` },
        message: {
          ...{ id: `msg_${id}_${turn}`, type: 'message', role: 'assistant' },
          ...{ model: 'claude-opus-4-8', content: [content], stop_reason: 'tool_use', usage },
        },
      });
    const command = turn % 9 === 8 ? 'npm test' : `cat src/file-${turn % 50}.ts`;
    const output = turn % 9 === 8 ? `${text}\nTests  ${turn} passed (${turn})` : text;
    const call = `toolu_${id}_${turn}`;
    const isEdit = turn % 5 === 4;
    const input = isEdit
      ? {
          file_path: `${folder}/src/file-${turn % 50}.ts`,
          old_string: text.slice(0, 400),
          new_string: text.slice(200, 800),
        }
      : { command, description: 'look at it' };
    return [
      ...(turn % 12 === 0
        ? [row(0, { type: 'user', message: { role: 'user', content: `do the part ${turn}` } })]
        : []),
      answer(1, { type: 'thinking', thinking: text.slice(0, 1500), signature }),
      answer(2, { type: 'text', text: text.slice(0, 300) }),
      answer(3, { type: 'tool_use', id: call, name: isEdit ? 'Edit' : 'Bash', input }),
      row(4, {
        type: 'user',
        message: {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: call, content: output, is_error: false }],
        },
        toolUseResult: isEdit
          ? {
              filePath: input.file_path,
              originalFile: text,
              structuredPatch: [],
              userModified: false,
            }
          : { stdout: output, stderr: '', interrupted: false, isImage: false },
      }),
    ];
  });
}

function fillCodex(log: Log, bytes: number, texts: readonly string[]): number {
  const { id, folder } = log;
  const meta = { id, cwd: folder, cli_version: '0.145.0', source: 'cli', originator: 'codex_cli' };
  return fill(log, bytes, (turn, at) => {
    const text = texts[turn % texts.length] ?? '';
    const row = (number: number, type: string, payload: Row): Row => ({
      ...{ timestamp: at(number), type, payload },
    });
    const total = (number: number): Row => ({
      ...{ input_tokens: 20_000 * number, cached_input_tokens: 18_000 * number },
      ...{ output_tokens: 400 * number, reasoning_output_tokens: 100 * number },
      total_tokens: 20_400 * number,
    });
    const call = `call_${turn}`;
    const command = turn % 9 === 8 ? 'npm test' : `cat src/file-${turn % 50}.ts`;
    const output = turn % 9 === 8 ? `${text}\nTests  ${turn} passed (${turn})` : text;
    const message = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: text.slice(0, 300) }],
    };
    return [
      ...(turn === 0 ? [row(0, 'session_meta', meta)] : []),
      ...(turn % 12 === 0
        ? [
            row(0, 'turn_context', { cwd: folder, model: 'gpt-5.6-sol', effort: 'high' }),
            row(0, 'event_msg', { type: 'user_message', message: `do the part ${turn}` }),
          ]
        : []),
      row(1, 'response_item', {
        type: 'reasoning',
        summary: [],
        encrypted_content: 'gAAAAABo'.repeat(200),
      }),
      row(2, 'response_item', message),
      row(3, 'response_item', {
        ...{ type: 'function_call', name: 'exec_command', call_id: call },
        arguments: JSON.stringify({ cmd: command, workdir: folder }),
      }),
      row(4, 'response_item', {
        ...{ type: 'function_call_output', call_id: call },
        output: `Wall time: 0.1 seconds\nProcess exited with code 0\nOutput:\n${output}`,
      }),
      row(5, 'event_msg', {
        type: 'token_count',
        info: {
          ...{ total_token_usage: total(turn + 1), last_token_usage: total(1) },
          model_context_window: 258_400,
        },
      }),
    ];
  });
}
