import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addMark, addResponse, addStep, answerCall, createDraft } from '../draft.ts';
import { finishDraft, noteTime, skip } from '../draft.ts';
import type { CallSketch, Draft } from '../draft.ts';
import type { WholeFormat } from '../format.ts';
import { planStatus, replacePlan } from '../plan.ts';
import { readJson } from '../reading/document.ts';
import {
  isObject,
  list,
  nested,
  number,
  object,
  plainText,
  text,
  textOf,
  time,
} from '../reading/json.ts';
import type { Json, JsonObject } from '../reading/json.ts';
import { inclusiveUsage, tokens } from '../usage.ts';
import { anthropicCall } from './shared/anthropicTools.ts';
import { replayMutations } from './shared/mutations.ts';
import { response } from './shared/response.ts';

/** Chats of VS Code: `workspaceStorage/<hash>/chatSessions/<id>.json`, or `.jsonl`. */
export const copilotChat: WholeFormat = {
  kind: 'whole',
  agents: ['copilot-chat'],
  matches: ({ path, rows, head }) =>
    rows.some((row) => isChat(row) || (row['kind'] === 0 && isChat(object(row['v'])))) ||
    (path.includes('chatSessions') && head.includes('"requests"')) ||
    (/^\s*\{/.test(head) && /"requesterUsername"|"responderUsername"/.test(head.slice(0, 2000))),
  read: (path, reading) => {
    const draft = createDraft(
      'copilot-chat',
      basename(path).replace(/\.jsonl?$/, ''),
      reading.kept,
    );
    const chat = path.endsWith('.jsonl') ? replayMutations(draft, path) : readWhole(draft, path);
    readChat(draft, chat, path);
    return [finishDraft(draft)];
  },
};

function isChat({ requests }: JsonObject): boolean {
  return Array.isArray(requests) && requests.every((one) => isObject(one) && 'message' in one);
}

function readWhole(draft: Draft, path: string): JsonObject {
  const { value, fault } = readJson(path);
  if (fault !== undefined) skip(draft, fault);
  return object(value);
}

function readChat(draft: Draft, chat: JsonObject, path: string): void {
  const { session } = draft;
  session.id = text(chat['sessionId']) ?? session.id;
  session.title = text(chat['customTitle']);
  session.folder = workspaceOf(path);
  const metadata = object(object(object(chat['inputState'])['selectedModel'])['metadata']);
  session.windowTokens = number(metadata['maxInputTokens']);
  noteTime(draft, time(chat['creationDate']));
  noteTime(draft, time(chat['lastMessageDate']));
  for (const request of list(chat['requests'])) {
    if (isObject(request)) readRequest(draft, request);
    else skip(draft, 'no object');
  }
}

/** Beside the chats of a workspace lies what it is. */
function workspaceOf(path: string): string | undefined {
  const { value } = readJson(join(dirname(dirname(path)), 'workspace.json'));
  const address = textOf(object(value), 'folder', 'workspace');
  try {
    return address?.startsWith('file:') === true ? fileURLToPath(address) : address;
  } catch {
    return address;
  }
}

function readRequest(draft: Draft, request: JsonObject): void {
  const at = time(request['timestamp']);
  const result = object(request['result']);
  noteTime(draft, at);
  const elapsed = number(object(result['timings'])['totalElapsed']);
  const end = at === undefined || elapsed === undefined ? at : at + elapsed;
  noteTime(draft, end);
  addStep(draft, { at, source: 'user', text: text(object(request['message'])['text']) ?? '' });
  const metadata = object(result['metadata']);
  const model = (textOf(metadata, 'resolvedModel') ?? text(request['modelId']))?.replace(
    /^copilot\//,
    '',
  );
  const calls = callsOf(draft, request, metadata);
  addStep(draft, { at: end, source: 'agent', model, text: saidBy(request), calls });
  readResults(draft, request, metadata, end);
  noteUsage(draft, { request, result, metadata, model, at });
  const state = number(object(request['modelState'])['value']);
  if (request['isCanceled'] === true || state === 2) {
    addMark(draft, { kind: 'interrupted', at: end, text: 'cancelled by the user', isGood: false });
  }
  if (isObject(result['errorDetails']) && Object.keys(result['errorDetails']).length > 0) {
    const words = text(result['errorDetails']['message']) ?? 'the answer failed';
    addMark(draft, { kind: 'api-error', at: end, text: words, isGood: undefined });
  }
}

function saidBy(request: JsonObject): string {
  const parts = list(request['response']).map(object);
  const spoken = parts.filter(({ kind }) => kind === undefined || kind === 'markdownContent');
  return spoken.map((part) => plainText(part['value'] ?? part['content'])).join('');
}

function callsOf(draft: Draft, request: JsonObject, metadata: JsonObject): readonly CallSketch[] {
  const rounds = list(metadata['toolCallRounds']).map(object);
  const called = rounds.flatMap((round) => list(round['toolCalls']).map(object));
  const ids = new Set(called.map(({ id }) => text(id)));
  const shown = list(request['response'])
    .map(object)
    .filter(({ kind }) => kind === 'toolInvocationSerialized');
  for (const { toolSpecificData } of shown) notePlan(draft, object(toolSpecificData));
  return [
    ...called.map((call) =>
      anthropicCall(text(call['id']) ?? '', text(call['name']) ?? '', nested(call['arguments'])),
    ),
    ...shown.filter(({ toolCallId }) => !ids.has(text(toolCallId))).map(shownCall),
  ];
}

function shownCall(part: JsonObject): CallSketch {
  const specific = object(part['toolSpecificData']);
  const line = specific['commandLine'];
  const command = isObject(line)
    ? textOf(line, 'toolEdited', 'userEdited', 'original')
    : text(line);
  return {
    id: text(part['toolCallId']) ?? '',
    name: text(part['toolId']) ?? '',
    command: command ?? text(specific['command']),
  };
}

function notePlan(draft: Draft, specific: JsonObject): void {
  if (specific['kind'] !== 'todoList') return;
  const items = list(specific['todoList']).map(object);
  replacePlan(
    draft,
    items.map(({ title, status }) => ({ text: text(title) ?? '', status: planStatus(status) })),
  );
}

function readResults(
  draft: Draft,
  request: JsonObject,
  metadata: JsonObject,
  at: number | undefined,
): void {
  for (const part of list(request['response']).map(object)) {
    const state = object(object(part['toolSpecificData'])['terminalCommandState']);
    const exitCode = number(state['exitCode']);
    const id = text(part['toolCallId']);
    if (id !== undefined && exitCode !== undefined) {
      answerCall(draft, id, { at, text: '', exitCode });
    }
  }
  for (const [id, result] of Object.entries(object(metadata['toolCallResults']))) {
    answerCall(draft, id, { at, text: plainText(object(result)['content']) });
  }
}

interface Asked {
  readonly request: JsonObject;
  readonly result: JsonObject;
  readonly metadata: JsonObject;
  readonly model: string | undefined;
  readonly at: number | undefined;
}

/** Where nothing was counted, tokens follow from the length of what is there, and are called so. */
function noteUsage(draft: Draft, { request, result, metadata, model, at }: Asked): void {
  const places = [object(result['usage']), result, metadata, object(request['usage'])];
  const counted = places.find(
    (place) => tokens(place, 'promptTokens', 'outputTokens', 'completionTokens') !== undefined,
  );
  const key = `${draft.session.id}:${text(request['requestId']) ?? at}`;
  const rounds = list(metadata['toolCallRounds']).length;
  if (counted !== undefined) {
    const input = tokens(counted, 'promptTokens');
    const usage = inclusiveUsage({
      input,
      output: tokens(counted, 'completionTokens', 'outputTokens'),
    });
    // What is told is the prompt of the last round.
    const certainty = rounds > 1 ? 'lower-bound' : 'exact';
    addResponse(draft, response(key, model, usage, { at, certainty, contextTokens: input }));
    return;
  }
  const input = toTokens([
    metadata['renderedUserMessage'],
    metadata['renderedGlobalContext'],
    metadata['toolCallResults'],
  ]);
  const output = toTokens([
    metadata['toolCallRounds'],
    rounds === 0 ? request['response'] : undefined,
  ]);
  const usage = inclusiveUsage({ input, output });
  addResponse(draft, response(key, model, usage, { at, certainty: 'guessed' }));
}

const LETTERS_A_TOKEN = 4;

function toTokens(parts: readonly Json[]): number {
  return Math.round(
    parts.reduce<number>((all, part) => all + letters(part, 0), 0) / LETTERS_A_TOKEN,
  );
}

function letters(value: Json, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (depth > 8 || typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((all, item) => all + letters(item, depth + 1), 0);
}
