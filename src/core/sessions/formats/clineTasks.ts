import fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AgentName, Session } from '../../model/sessions/session.ts';
import { addCompaction, addMark, addResponse, addStep, answerCall, createDraft } from '../draft.ts';
import { finishDraft, isNew, noteTime, skip } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Reading, WholeFormat } from '../format.ts';
import { planStatus, readChecklist, replacePlan } from '../plan.ts';
import { readJson } from '../reading/document.ts';
import {
  isObject,
  list,
  nested,
  number,
  numberOf,
  object,
  text,
  textOf,
  time,
} from '../reading/json.ts';
import type { JsonObject } from '../reading/json.ts';
import { inclusiveUsage, tokens } from '../usage.ts';
import type { TokenUsage } from '../../model/sessions/session.ts';
import { anthropicCall } from './shared/anthropicTools.ts';
import { paid, response } from './shared/response.ts';

/** Tasks of Cline, Roo Code and Kilo Code: a folder each in the storage of the extension. */
export const clineTasks: WholeFormat = {
  kind: 'whole',
  agents: ['cline', 'roo-code', 'kilo-code'],
  matches: ({ path, names }) => names?.includes(MESSAGES) ?? basename(path) === MESSAGES,
  files: (path) => [messagesOf(path), join(dirname(messagesOf(path)), 'task_metadata.json')],
  read: (path, reading) => [readTask(messagesOf(path), reading)],
};

const MESSAGES = 'ui_messages.json';

function messagesOf(path: string): string {
  return basename(path) === MESSAGES ? path : join(path, MESSAGES);
}

function agentOf(path: string): AgentName {
  if (/kilo/i.test(path)) return 'kilo-code';
  return /roo[-_]?(?:cline|code)|rooveterinary/i.test(path) ? 'roo-code' : 'cline';
}

function readTask(path: string, reading: Reading): Session {
  const folder = dirname(path);
  const draft = createDraft(agentOf(path), basename(folder), reading.kept);
  const { value, fault } = readJson(path);
  if (fault !== undefined) skip(draft, fault);
  const metadata = fs.existsSync(join(folder, 'task_metadata.json'))
    ? object(readJson(join(folder, 'task_metadata.json')).value)
    : {};
  const used = object(list(metadata['model_usage']).at(-1));
  const state = { model: text(used['model_id']), lastCommand: undefined as string | undefined };
  for (const message of list(value)) {
    if (isObject(message)) readMessage(draft, message, state);
    else skip(draft, 'no object');
  }
  return finishDraft(draft);
}

interface State {
  model: string | undefined;
  lastCommand: string | undefined;
}

function readMessage(draft: Draft, message: JsonObject, state: State): void {
  const at = time(message['ts']);
  noteTime(draft, at);
  if (message['partial'] === true) return;
  const kind = textOf(message, 'say', 'ask') ?? '';
  state.model = text(object(message['modelInfo'])['modelId']) ?? state.model;
  const body = text(message['text']) ?? '';
  if (USAGE.has(kind)) readUsage(draft, { kind, at, said: nested(body) }, state.model);
  else if (isNew(draft, `${message['type'] as string} ${kind} ${at} ${body.slice(0, 100)}`)) {
    READERS[kind]?.(draft, body, at, state);
  }
}

const USAGE = new Set(['api_req_started', 'deleted_api_reqs', 'subagent_usage']);

interface Request {
  readonly kind: string;
  readonly at: number | undefined;
  readonly said: JsonObject;
}

function readUsage(draft: Draft, { kind, at, said }: Request, model: string | undefined): void {
  if (tokens(said, 'tokensIn') === undefined && tokens(said, 'tokensOut') === undefined) return;
  const usage = usageOf(draft.session.agent, said);
  const key = `${draft.session.id}:${kind}:${at}`;
  addResponse(
    draft,
    response(key, model, usage, {
      ...{ at, loggedUsd: paid(numberOf(said, 'cost', 'totalCost')) },
      subagent: kind === 'subagent_usage' ? 'subagents' : undefined,
      contextTokens:
        kind === 'api_req_started' ? usage.input + usage.cacheRead + usage.cacheWrite : undefined,
    }),
  );
}

/** Roo Code, and Kilo after it, counts the cache into the input; Cline, and Roo before, does not. */
function usageOf(agent: AgentName, said: JsonObject): TokenUsage {
  const input = tokens(said, 'tokensIn') ?? 0;
  const output = tokens(said, 'tokensOut') ?? 0;
  const cacheRead = tokens(said, 'cacheReads') ?? 0;
  const cacheWrite = tokens(said, 'cacheWrites') ?? 0;
  if (agent !== 'cline' && input >= cacheRead + cacheWrite) {
    return inclusiveUsage({ input, cacheRead, cacheWrite, output });
  }
  return { input, cacheRead, cacheWrite, cacheWrite1h: 0, output, reasoning: 0 };
}

type ReadMessage = (draft: Draft, body: string, at: number | undefined, state: State) => void;

const READERS: Readonly<Record<string, ReadMessage>> = {
  text: (draft, body, at) => {
    const source = draft.steps.length === 0 ? 'user' : 'agent';
    draft.session.title ??= body.slice(0, 100);
    addStep(draft, { at, source, text: body });
  },
  task: (draft, body, at) => {
    addStep(draft, { at, source: 'user', text: body });
  },
  user_feedback: (draft, body, at) => {
    addStep(draft, { at, source: 'user', text: body });
  },
  task_progress: (draft, body) => {
    replacePlan(draft, readChecklist(body));
  },
  tool: readTool,
  command: (draft, body, at, state) => {
    state.lastCommand = `command ${at}`;
    const call = { id: state.lastCommand, name: 'command', command: body };
    addStep(draft, { at, source: 'agent', text: '', calls: [call] });
  },
  command_output: (draft, body, at, { lastCommand }) => {
    if (lastCommand === undefined) return;
    const code = /exit(?:ed with)? (?:code|status):? (\d{1,3})/i.exec(body)?.[1];
    answerCall(draft, lastCommand, {
      at,
      text: body,
      exitCode: code === undefined ? undefined : Number(code),
    });
  },
  completion_result: (draft, _, at) => {
    addMark(draft, { kind: 'finished', at, text: 'the agent said it was done', isGood: undefined });
  },
  error: noteError,
  error_retry: noteError,
  api_req_failed: noteError,
  diff_error: noteError,
  condense: noteCompaction,
  compaction: noteCompaction,
  condense_context: noteCompaction,
  sliding_window_truncation: noteCompaction,
};

function noteError(draft: Draft, body: string, at: number | undefined): void {
  addMark(draft, { kind: 'api-error', at, text: body.slice(0, 200), isGood: undefined });
}

function noteCompaction(draft: Draft, body: string, at: number | undefined): void {
  const said = nested(body);
  addCompaction(draft, `${at}`, {
    ...{ at, trigger: 'unknown', tokensBefore: numberOf(said, 'prevContextTokens') },
    tokensAfter: numberOf(said, 'newContextTokens', 'newContextTokensAfterTruncation'),
  });
  const cost = paid(number(said['cost']));
  if (cost === undefined) return;
  const nothing = inclusiveUsage({ input: 0, output: 0 });
  addResponse(
    draft,
    response(`${draft.session.id}:condense:${at}`, undefined, nothing, { at, loggedUsd: cost }),
  );
}

function readTool(draft: Draft, body: string, at: number | undefined): void {
  const said = nested(body);
  const name = text(said['tool']) ?? '';
  if (name === 'updateTodoList') {
    const todos = list(said['todos']).map(object);
    replacePlan(
      draft,
      todos.map(({ content, status }) => ({
        text: text(content) ?? '',
        status: planStatus(status),
      })),
    );
    return;
  }
  const isEdit = /edit|new|write|applied|insert|replace/i.test(name);
  const call = anthropicCall(`tool ${at}`, name, isEdit ? said : { path: said['path'] });
  addStep(draft, { at, source: 'agent', text: '', calls: [call] });
}
