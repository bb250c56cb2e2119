import { basename } from 'node:path';
import { addMark, addResponse, addStep, answerCall, createDraft } from '../draft.ts';
import { finishDraft, noteTime, skip } from '../draft.ts';
import type { CallSketch, Draft } from '../draft.ts';
import type { WholeFormat } from '../format.ts';
import { planStatus, replacePlan } from '../plan.ts';
import { readJson } from '../reading/document.ts';
import { isObject, list, nested, object, plainText, text, textOf, time } from '../reading/json.ts';
import type { JsonObject } from '../reading/json.ts';
import { readRows } from '../reading/rows.ts';
import { tokens } from '../usage.ts';
import { anthropicCall } from './shared/anthropicTools.ts';
import { response } from './shared/response.ts';

/** Chats of the Gemini CLI: `~/.gemini/tmp/<project>/chats/session-*.json`, or `.jsonl` since 0.40. */
export const geminiCli: WholeFormat = {
  kind: 'whole',
  agents: ['gemini-cli'],
  matches: ({ rows, head }) => rows.some(isChat) || /"projectHash"\s*:/.test(head.slice(0, 2000)),
  read: (path, reading) => {
    const draft = createDraft('gemini-cli', basename(path).replace(/\.jsonl?$/, ''), reading.kept);
    if (path.endsWith('.jsonl')) readLinesOfChat(draft, path);
    else readChat(draft, path);
    return [finishDraft(draft)];
  },
};

function isChat(row: JsonObject): boolean {
  return 'sessionId' in row && ('projectHash' in row || Array.isArray(row['messages']));
}

function readChat(draft: Draft, path: string): void {
  const { value, fault } = readJson(path);
  if (fault !== undefined) skip(draft, fault);
  readDescription(draft, object(value));
  for (const message of list(object(value)['messages'])) readMessage(draft, object(message));
}

function readDescription(draft: Draft, chat: JsonObject): void {
  draft.session.id = text(chat['sessionId']) ?? draft.session.id;
  draft.session.title ??= textOf(chat, 'summary', 'title');
  draft.session.folder ??= text(list(chat['directories'])[0]);
  noteTime(draft, time(chat['startTime']));
  noteTime(draft, time(chat['lastUpdated']));
}

/** A message that comes again replaces the one before it, and what was taken back was still paid. */
function readLinesOfChat(draft: Draft, path: string): void {
  const messages = new Map<string, JsonObject>();
  /** Counted at the end: by then it is known whose they are, wherever the log says so. */
  const paid: JsonObject[] = [];
  const put = (message: JsonObject): void => {
    const { id, timestamp, model, tokens: told } = message;
    if (isObject(told)) paid.push({ id, timestamp, model, tokens: told });
    messages.set(text(message['id']) ?? JSON.stringify(message), message);
  };
  readRows(path, {
    fault: (reason) => {
      skip(draft, reason);
    },
    row: (row) => {
      const change = row['$set'];
      if (isObject(change)) {
        readDescription(draft, change);
        if (Array.isArray(change['messages'])) messages.clear();
        list(change['messages']).filter(isObject).forEach(put);
      } else if (typeof row['$rewindTo'] === 'string') rewind(messages, row['$rewindTo']);
      else if (typeof row['type'] === 'string') put(row);
      else if (isChat(row)) readDescription(draft, row);
      else skip(draft, 'unknown type of row');
    },
  });
  for (const message of paid) noteUsage(draft, message);
  for (const message of messages.values()) readMessage(draft, message);
}

function rewind(messages: Map<string, JsonObject>, id: string): void {
  const ids = [...messages.keys()];
  const from = ids.indexOf(id);
  if (from >= 0) for (const gone of ids.slice(from)) messages.delete(gone);
}

function readMessage(draft: Draft, message: JsonObject): void {
  const at = time(message['timestamp']);
  noteTime(draft, at);
  noteUsage(draft, message);
  const type = text(message['type']);
  const said = plainText(message['content']);
  if (type === 'user') addStep(draft, { at, source: 'user', text: said });
  else if (type === 'gemini') readAnswer(draft, message, at);
  else if (type === 'error') {
    addMark(draft, { kind: 'api-error', at, text: said, isGood: undefined });
  } else if (type !== 'info' && type !== 'warning') skip(draft, 'unknown type of row');
}

/** What came out of the cache is in `input`; thoughts are beside `output` and billed like it. */
function noteUsage(draft: Draft, message: JsonObject): void {
  const said = object(message['tokens']);
  const all = (tokens(said, 'input') ?? 0) + (tokens(said, 'tool') ?? 0);
  const cacheRead = Math.min(tokens(said, 'cached') ?? 0, all);
  const reasoning = tokens(said, 'thoughts') ?? 0;
  const output = (tokens(said, 'output') ?? 0) + reasoning;
  if (all + output === 0) return;
  const at = time(message['timestamp']);
  const usage = {
    input: all - cacheRead,
    cacheRead,
    cacheWrite: 0,
    cacheWrite1h: 0,
    output,
    reasoning,
  };
  const key = `${draft.session.id}:${text(message['id']) ?? `${at}`}`;
  addResponse(
    draft,
    response(key, text(message['model']), usage, { at, contextTokens: tokens(said, 'input') }),
  );
}

function readAnswer(draft: Draft, message: JsonObject, at: number | undefined): void {
  const calls = list(message['toolCalls']).map(object);
  addStep(draft, {
    ...{ at, source: 'agent', text: plainText(message['content']) },
    ...{ model: text(message['model']), calls: calls.map((call) => toCall(draft, call)) },
  });
  for (const call of calls) {
    const status = text(call['status']);
    const error = status === 'error' ? 'tool' : status === 'cancelled' ? 'rejected' : undefined;
    const output = plainText(call['resultDisplay']) || plainText(call['result']);
    answerCall(draft, text(call['id']) ?? '', {
      at: time(call['timestamp']) ?? at,
      text: output,
      error,
    });
  }
}

function toCall(draft: Draft, call: JsonObject): CallSketch {
  const name = text(call['name']) ?? '';
  const input = nested(call['args']);
  if (name === 'write_todos') {
    const todos = list(input['todos']).map(object);
    replacePlan(
      draft,
      todos.map((todo) => ({
        text: textOf(todo, 'description', 'content') ?? '',
        status: planStatus(todo['status']),
      })),
    );
  }
  return anthropicCall(text(call['id']) ?? '', name, input);
}
