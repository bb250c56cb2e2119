import { basename, dirname, join } from 'node:path';
import type { Session } from '../../model/sessions/session.ts';
import { listFolder } from '../../platform/disk.ts';
import { addCompaction, addMark, addResponse, addStep, answerCall, createDraft } from '../draft.ts';
import { finishDraft, noteTime, skip } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Reading, WholeFormat } from '../format.ts';
import { planStatus, replacePlan } from '../plan.ts';
import { readJson } from '../reading/document.ts';
import { isObject, list, number, object, parse, text, textOf, time } from '../reading/json.ts';
import type { JsonObject } from '../reading/json.ts';
import { readTables } from '../reading/database.ts';
import type { TableRow } from '../reading/database.ts';
import { tokens } from '../usage.ts';
import { anthropicCall } from './shared/anthropicTools.ts';
import { paid, response } from './shared/response.ts';
import { vendorOf } from './shared/vendor.ts';

/** OpenCode: `opencode.db`, or `storage/session/<project>/<session>.json` before it. */
export const openCode: WholeFormat = {
  kind: 'whole',
  agents: ['opencode'],
  matches: ({ path, rows, head }) =>
    (/opencode[^/\\]*\.db$/.test(path) && head.startsWith('SQLite format 3')) ||
    rows.some(isSession),
  files: (path) => (path.endsWith('.db') ? [path, `${path}-wal`] : [path, ...messageFiles(path)]),
  read: async (path, reading) =>
    path.endsWith('.db') ? readDatabase(path, reading) : [readStored(path, reading)],
};

function isSession(row: JsonObject): boolean {
  return 'projectID' in row && 'directory' in row && isObject(row['time']);
}

function storageOf(path: string): string {
  return dirname(dirname(dirname(path)));
}

function messageFiles(path: string): readonly string[] {
  const id = text(object(readJson(path).value)['id']) ?? basename(path, '.json');
  const folder = join(storageOf(path), 'message', id);
  return listFolder(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));
}

function readStored(path: string, reading: Reading): Session {
  const { value } = readJson(path);
  const draft = createDraft('opencode', basename(path, '.json'), reading.kept);
  readDescription(draft, object(value));
  for (const file of messageFiles(path)) {
    const message = readJson(file);
    if (message.fault !== undefined) skip(draft, message.fault);
    const id = text(object(message.value)['id']) ?? '';
    const folder = join(storageOf(path), 'part', id);
    const parts =
      id === '' ? [] : listFolder(folder).map((name) => object(readJson(join(folder, name)).value));
    readMessage(draft, object(message.value), parts);
  }
  return finishDraft(draft);
}

async function readDatabase(path: string, reading: Reading): Promise<readonly Session[]> {
  const tables = await readTables(path, reading.assetsDir, ['session', 'message', 'part', 'todo']);
  const parts = groupBy(tables.part, 'message_id');
  const messages = groupBy(tables.message, 'session_id');
  const todos = groupBy(tables.todo, 'session_id');
  return (tables.session ?? []).map((row) => {
    const id = String(row['id']);
    const draft = createDraft('opencode', id, reading.kept);
    readDescription(draft, {
      ...row,
      time: { created: row['time_created'], updated: row['time_updated'] },
    });
    for (const message of messages.get(id) ?? []) {
      const body = bodyOf(draft, message);
      readMessage(
        draft,
        body,
        (parts.get(String(message['id'])) ?? []).map((part) => bodyOf(draft, part)),
      );
    }
    const plan = todos.get(id) ?? [];
    if (plan.length > 0) {
      replacePlan(
        draft,
        plan.map(({ content, status }) => ({
          text: text(content) ?? '',
          status: planStatus(status),
        })),
      );
    }
    return finishDraft(draft);
  });
}

function groupBy(
  rows: readonly TableRow[] | undefined,
  column: string,
): ReadonlyMap<string, readonly TableRow[]> {
  const groups = new Map<string, TableRow[]>();
  for (const row of rows ?? []) {
    const name = String(row[column]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

function bodyOf(draft: Draft, row: TableRow): JsonObject {
  const body = parse(text(row['data']) ?? '');
  if (!isObject(body)) skip(draft, 'no JSON');
  return { ...object(body), id: row['id'] };
}

function readDescription({ session, times }: Draft, said: JsonObject): void {
  session.id = text(said['id']) ?? session.id;
  session.title = text(said['title']);
  session.folder = text(said['directory']);
  session.agentVersion = text(said['version']);
  const { created, updated } = object(said['time']);
  for (const at of [time(created), time(updated)]) if (at !== undefined) times.push(at);
}

function readMessage(draft: Draft, message: JsonObject, parts: readonly JsonObject[]): void {
  const { created, completed } = object(message['time']);
  const at = time(created);
  noteTime(draft, at);
  noteTime(draft, time(completed));
  const model = textOf(message, 'modelID');
  noteUsage(draft, message, model, at);
  const said = parts.filter(({ type, synthetic }) => type === 'text' && synthetic !== true);
  const tools = parts.filter(({ type }) => type === 'tool');
  addStep(draft, {
    ...{ at, source: message['role'] === 'user' ? 'user' : 'agent', model },
    text: said.map((part) => text(part['text']) ?? '').join('\n'),
    calls: tools.map((part) =>
      anthropicCall(
        text(part['callID']) ?? '',
        text(part['tool']) ?? '',
        object(object(part['state'])['input']),
      ),
    ),
  });
  for (const part of parts) readPart(draft, part, at);
  if (isObject(message['error'])) {
    const name = text(message['error']['name']) ?? 'error';
    const isStopped = name === 'MessageAbortedError';
    addMark(draft, {
      kind: isStopped ? 'interrupted' : 'api-error',
      at,
      text: name,
      isGood: isStopped ? false : undefined,
    });
  }
}

function readPart(draft: Draft, part: JsonObject, at: number | undefined): void {
  if (part['type'] === 'compaction') {
    const key = text(part['id']) ?? `${at}`;
    const trigger = part['auto'] === true ? 'auto' : 'manual';
    addCompaction(draft, key, { at, trigger, tokensBefore: undefined, tokensAfter: undefined });
  }
  if (part['type'] !== 'tool') return;
  const state = object(part['state']);
  const ended = time(object(state['time'])['end']);
  noteTime(draft, ended);
  if (part['tool'] === 'todowrite') {
    const todos = list(object(state['input'])['todos']).map(object);
    replacePlan(
      draft,
      todos.map(({ content, status }) => ({
        text: text(content) ?? '',
        status: planStatus(status),
      })),
    );
  }
  if (state['status'] !== 'completed' && state['status'] !== 'error') return;
  answerCall(draft, text(part['callID']) ?? '', {
    ...{ at: ended ?? at, text: textOf(state, 'output', 'error') ?? '' },
    exitCode: number(object(state['metadata'])['exit']),
    error: state['status'] === 'error' ? 'tool' : undefined,
  });
}

/** What messages tell; the steps in them tell the same again. Thinking is beside the output. */
function noteUsage(
  draft: Draft,
  message: JsonObject,
  model: string | undefined,
  at: number | undefined,
): void {
  const said = object(message['tokens']);
  const cache = object(said['cache']);
  const input = tokens(said, 'input') ?? 0;
  const reasoning = tokens(said, 'reasoning') ?? 0;
  const output = (tokens(said, 'output') ?? 0) + reasoning;
  const cacheRead = tokens(cache, 'read') ?? 0;
  const cacheWrite = tokens(cache, 'write') ?? 0;
  if (input + output + cacheRead + cacheWrite === 0) return;
  const usage = { input, cacheRead, cacheWrite, cacheWrite1h: 0, output, reasoning };
  const vendor = vendorOf(model ?? '');
  const loggedUsd = paid(number(message['cost']));
  const contextTokens = input + cacheRead + cacheWrite;
  addResponse(
    draft,
    response(`${draft.session.id}:${text(message['id']) ?? at}`, model, usage, {
      at,
      vendor,
      loggedUsd,
      contextTokens,
    }),
  );
}
