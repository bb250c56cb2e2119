import { addStep, answerCall, isNew, skip } from '../../draft.ts';
import type { Answer, CallSketch, Draft } from '../../draft.ts';
import { planStatus, replacePlan } from '../../plan.ts';
import { readDiff, readPatch } from '../../reading/edits.ts';
import type { EditedText } from '../../reading/edits.ts';
import {
  isObject,
  list,
  nested,
  number,
  object,
  plainText,
  text,
  textOf,
} from '../../reading/json.ts';
import type { JsonObject } from '../../reading/json.ts';
import { anthropicCall } from './anthropicTools.ts';

/** Something that was said or done, be it an item of the conversation or an event about it. */
export function readCodexItem(draft: Draft, item: JsonObject, at: number | undefined): void {
  // Some versions of 2024 wrote messages without a type.
  const type = text(item['type']) ?? ('role' in item ? 'message' : '');
  const read = ITEMS[type];
  if (read !== undefined) read(draft, item, at);
  else if (!SILENT.test(type)) skip(draft, 'unknown type of row');
}

/** Nothing of these is measured, or another row tells the same. */
const SILENT =
  /^(?:reasoning|agent_reasoning.*|web_search.*|mcp_tool_call_begin|exec_command_begin|exec_command_output_delta|patch_apply_(?:begin|updated)|collab_.*|sub_agent_.*|agent_message_.*|entered_review_mode|exited_review_mode|thread_.*|turn_.*|turn\..*|item[._].*|session_configured|plan_update|image_.*|view_image.*|ghost_snapshot|background_event|compaction.*|context_compaction|tool_search.*|error|stream_error|warning|codex\/.*|account\/.*|turn_diff|token_count|dynamic_tool.*|guardian_.*|model_.*|request_.*|shutdown_.*|skills_.*|mcp_.*|hook_.*)$/;

type ReadItem = (draft: Draft, item: JsonObject, at: number | undefined) => void;

const ITEMS: Readonly<Record<string, ReadItem>> = {
  user_message: (draft, item, at) => {
    // Early versions told by the kind of a message what they had put in themselves.
    if (!['plain', undefined].includes(text(item['kind']))) return;
    say(draft, 'user', text(item['message']) ?? '', at);
  },
  agent_message: (draft, item, at) => {
    // Among agents: what one wrote to another, not to the person.
    if (text(item['author']) === undefined) say(draft, 'agent', text(item['message']) ?? '', at);
  },
  message: (draft, item, at) => {
    const words = plainText(item['content']);
    if (item['role'] === 'assistant') say(draft, 'agent', words, at);
    else if (item['role'] === 'user' && !INJECTED.test(words)) say(draft, 'user', words, at);
  },
  function_call: readCall,
  custom_tool_call: readCall,
  local_shell_call: (draft, item, at) => {
    readCall(draft, { ...item, name: 'shell', arguments: object(item['action']) }, at);
  },
  function_call_output: readOutput,
  custom_tool_call_output: readOutput,
  exec_command_end: readCommandEnd,
  patch_apply_end: readPatchEnd,
  mcp_tool_call_end: (draft, item, at) => {
    const { server, tool } = object(item['invocation']);
    const failed = 'Err' in object(item['result']);
    const id = text(item['call_id']) ?? '';
    open(draft, { id, name: `${text(server) ?? ''}.${text(tool) ?? ''}` }, at);
    answerCall(draft, id, { at, text: '', error: failed ? 'tool' : undefined });
  },
};

/** What Codex puts in itself stands in tags such as `<environment_context>`; people begin with others. */
const INJECTED =
  /^\s*(?:<(?:(?:[a-z]+_){1,4}(?:context|instructions|mode|plugins|notification|aborted|tools)|user_action|user_shell_command|model_switch|personality_spec|app-context|permissions|skill|subagent)\b|# AGENTS\.md instructions)/;

/** An event and an item tell the same words within a moment. */
function say(draft: Draft, source: 'user' | 'agent', words: string, at: number | undefined): void {
  const moment = at === undefined ? '' : Math.floor(at / 60_000);
  if (isNew(draft, `${source} ${moment} ${words.trim().slice(0, 200)}`)) {
    addStep(draft, { at, source, text: words });
  }
}

function open(draft: Draft, call: CallSketch, at: number | undefined): void {
  addStep(draft, { at, source: 'agent', text: '', calls: [call] });
}

function readCall(draft: Draft, item: JsonObject, at: number | undefined): void {
  const id = textOf(item, 'call_id', 'id') ?? '';
  const name = text(item['name']) ?? '';
  const input = item['arguments'] === undefined ? item['input'] : item['arguments'];
  const named = nested(input);
  if (name === 'update_plan') {
    const plan = list(named['plan']).map(object);
    replacePlan(
      draft,
      plan.map(({ step, status }) => ({ text: text(step) ?? '', status: planStatus(status) })),
    );
  }
  open(draft, toCall(id, name, named, text(input) ?? ''), at);
}

function toCall(id: string, name: string, input: JsonObject, source: string): CallSketch {
  const call = anthropicCall(id, name, input);
  if (name === 'apply_patch') return { ...call, edits: readPatch(patchOf(input, source)) };
  // A script that calls the tools: what it runs stands in it as texts.
  if (name === 'exec') return { ...call, command: scriptCommands(source) };
  const command = call.command;
  const heredoc = command?.includes('*** Begin Patch') === true ? readPatch(command) : [];
  return heredoc.length > 0 ? { ...call, edits: heredoc } : call;
}

function patchOf(input: JsonObject, source: string): string {
  return textOf(input, 'input', 'patch') ?? source;
}

function scriptCommands(script: string): string | undefined {
  const found = [...script.slice(0, 20_000).matchAll(/\bcmd:\s*("(?:[^"\\]|\\.)*")/g)];
  const commands = found.flatMap(([, quoted]) => text(nestedText(quoted ?? '')) ?? []);
  return commands.length === 0 ? undefined : commands.join('\n');
}

function nestedText(quoted: string): unknown {
  try {
    return JSON.parse(quoted) as unknown;
  } catch {
    return undefined;
  }
}

const EXIT = /Process exited with code (-?\d{1,4})|^Exit code: (-?\d{1,4})/m;

function readOutput(draft: Draft, item: JsonObject, at: number | undefined): void {
  const id = text(item['call_id']) ?? '';
  answerCall(draft, id, { at, ...toAnswer(item['output']) });
}

function toAnswer(output: unknown): Omit<Answer, 'at'> {
  const wrapped = nested(output);
  const inner = text(wrapped['output']) ?? text(wrapped['content']);
  const words = inner ?? plainText(output);
  const told = EXIT.exec(words.slice(0, 2000));
  const exitCode =
    number(object(wrapped['metadata'])['exit_code']) ??
    (told === null ? undefined : Number(told[1] ?? told[2]));
  if (/^(?:exec_command failed|apply_patch verification failed|failed to )/.test(words)) {
    return { text: words, exitCode, error: 'tool' };
  }
  if (/rejected by user|user rejected/i.test(words.slice(0, 300))) {
    return { text: words, exitCode, error: 'rejected' };
  }
  return { text: words, exitCode };
}

function readCommandEnd(draft: Draft, item: JsonObject, at: number | undefined): void {
  const id = text(item['call_id']) ?? '';
  const call = anthropicCall(id, 'exec_command', { command: item['command'] });
  // A script's commands have calls of their own, which only these events name.
  open(draft, call, at);
  const output = textOf(item, 'aggregated_output', 'formatted_output', 'stdout') ?? '';
  answerCall(draft, id, { at, text: output, exitCode: number(item['exit_code']) });
}

function readPatchEnd(draft: Draft, item: JsonObject, at: number | undefined): void {
  const id = text(item['call_id']) ?? '';
  const edits =
    item['success'] === false ? [] : Object.entries(object(item['changes'])).map(toEdit);
  open(draft, { id, name: 'apply_patch', edits }, at);
  const error = item['success'] === false ? 'tool' : undefined;
  answerCall(draft, id, { at, text: textOf(item, 'stdout', 'stderr') ?? '', error });
}

function toEdit([path, change]: [string, unknown]): EditedText {
  const { type, content, unified_diff: diff } = isObject(change) ? change : {};
  if (typeof diff === 'string') return readDiff(path, diff);
  const whole = text(content) ?? '';
  return type === 'delete'
    ? { path, before: whole, after: '' }
    : { path, before: '', after: whole };
}
