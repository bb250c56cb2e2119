import { basename, dirname, join } from 'node:path';
import type { Session } from '../../model/sessions/session.ts';
import { listFolder } from '../../platform/disk.ts';
import { addCompaction, addMark, addResponse, addStep, answerCall, createDraft } from '../draft.ts';
import { finishDraft, noteTime, skip } from '../draft.ts';
import type { CallSketch, Draft } from '../draft.ts';
import type { Reading, WholeFormat } from '../format.ts';
import { readJson } from '../reading/document.ts';
import {
  isObject,
  list,
  number,
  numberOf,
  object,
  plainText,
  text,
  textOf,
  time,
} from '../reading/json.ts';
import type { Json, JsonObject } from '../reading/json.ts';
import { readRows } from '../reading/rows.ts';
import { inclusiveUsage } from '../usage.ts';
import { anthropicCall } from './shared/anthropicTools.ts';
import { paid, response } from './shared/response.ts';

/** OpenHands: a list of events, `output.jsonl` of an evaluation, or `sessions/<id>/events/`. */
export const openHands: WholeFormat = {
  kind: 'whole',
  agents: ['openhands'],
  matches: ({ names, rows }) =>
    names?.includes('events') ?? rows.some((row) => isEvent(row) || isOutput(row)),
  files: (path) => [path, ...eventFiles(path)],
  read: (path, reading) =>
    path.endsWith('.jsonl') ? readOutput(path, reading) : [readEvents(path, reading)],
};

function isEvent(row: JsonObject): boolean {
  return 'source' in row && ('action' in row || 'observation' in row);
}

function isOutput(row: JsonObject): boolean {
  return (
    Array.isArray(row['history']) &&
    ('metrics' in row || 'test_result' in row || 'git_patch' in row)
  );
}

function eventFiles(path: string): readonly string[] {
  const folder = join(path, 'events');
  return listFolder(folder)
    .filter((name) => name.endsWith('.json'))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => join(folder, name));
}

function readEvents(path: string, reading: Reading): Session {
  const files = eventFiles(path);
  const name = basename(path).replace(/\.jsonl?$/, '');
  const draft = createDraft('openhands', name, reading.kept);
  const events: Json[] = [];
  for (const file of files.length > 0 ? files : [path]) {
    const { value, fault } = readJson(file);
    if (fault !== undefined) skip(draft, fault);
    if (isObject(value) && isOutput(value)) {
      return readInstance(value, basename(dirname(path)), reading);
    }
    events.push(...(Array.isArray(value) ? (value as Json[]) : [value]));
  }
  readHistory(draft, events);
  return finishDraft(draft);
}

function readOutput(path: string, reading: Reading): readonly Session[] {
  const sessions: Session[] = [];
  const faults = createDraft('openhands', basename(path, '.jsonl'), reading.kept);
  readRows(path, {
    fault: (reason) => {
      skip(faults, reason);
    },
    row: (row) => {
      sessions.push(readInstance(row, `${sessions.length + 1}`, reading));
    },
  });
  const [first, ...others] = sessions;
  const { skipped } = finishDraft(faults);
  return first === undefined ? [finishDraft(faults)] : [{ ...first, skipped }, ...others];
}

function readInstance(row: JsonObject, fallback: string, reading: Reading): Session {
  const issue = object(row['issue']);
  const named = number(issue['number']);
  const id =
    text(row['instance_id']) ??
    (named === undefined
      ? fallback
      : `${text(issue['owner']) ?? ''}/${text(issue['repo']) ?? ''}#${named}`);
  const draft = createDraft('openhands', id, reading.kept);
  draft.session.title = text(issue['title']);
  const model = text(object(object(row['metadata'])['llm_config'])['model']);
  // Old runs hold pairs of an action and what came of it.
  readHistory(draft, list(row['history']).flat());
  readMetrics(draft, object(row['metrics']), model);
  if (text(row['error']) !== undefined) {
    addMark(draft, {
      kind: 'exit-status',
      at: undefined,
      text: plainText(row['error']).slice(0, 200),
      isGood: false,
    });
  }
  const label = object(object(row['report'] ?? row['test_result'])['report'] ?? row['report'])[
    'resolved'
  ];
  if (typeof label === 'boolean') {
    addMark(draft, {
      kind: 'label',
      at: undefined,
      text: label ? 'resolved' : 'not resolved',
      isGood: label,
    });
  }
  return finishDraft(draft);
}

/** Sums grow through a run: the last one of the whole is all there is to know. */
function readMetrics(draft: Draft, metrics: JsonObject, model: string | undefined): void {
  const all = object(metrics['accumulated_token_usage']);
  const each = list(metrics['token_usages']).map(object);
  const loggedUsd = paid(number(metrics['accumulated_cost']));
  if (each.length > 0) draft.responses.clear();
  for (const [at, usage] of each.entries()) {
    addResponse(
      draft,
      toResponse(usage, `${draft.session.id}:${at} ${text(usage['response_id']) ?? ''}`, model),
    );
  }
  const isCounted = (numberOf(all, 'prompt_tokens') ?? 0) > 0;
  if (each.length === 0 && isCounted) {
    draft.responses.clear();
    addResponse(draft, { ...toResponse(all, `${draft.session.id}:all`, model), loggedUsd });
  } else if (loggedUsd !== undefined) {
    addResponse(
      draft,
      response(`${draft.session.id}:cost`, model, inclusiveUsage({ input: 0, output: 0 }), {
        loggedUsd,
      }),
    );
  }
}

function toResponse(
  usage: JsonObject,
  key: string,
  model: string | undefined,
): ReturnType<typeof response> {
  const told = text(usage['model']);
  const name = told === undefined || told === 'default' ? model : told;
  const details = object(usage['prompt_tokens_details']);
  const input = numberOf(usage, 'prompt_tokens');
  return response(
    key,
    name,
    inclusiveUsage({
      ...{ input, output: numberOf(usage, 'completion_tokens') },
      cacheRead:
        numberOf(usage, 'cache_read_tokens', 'cache_read_input_tokens') ??
        numberOf(details, 'cached_tokens'),
      cacheWrite: numberOf(usage, 'cache_write_tokens', 'cache_creation_input_tokens'),
    }),
    { contextTokens: input },
  );
}

function readHistory(draft: Draft, events: readonly Json[]): void {
  for (const event of events) {
    if (isObject(event)) readEvent(draft, event);
    else skip(draft, 'no object');
  }
}

function readEvent(draft: Draft, event: JsonObject): void {
  const at = time(event['timestamp']);
  noteTime(draft, at);
  const tool = object(event['tool_call_metadata']);
  const answer = object(tool['model_response']);
  if (isObject(answer['usage'])) {
    const model = text(answer['model']);
    const key = `${draft.session.id}:${text(answer['id']) ?? at}`;
    addResponse(draft, { ...toResponse(answer['usage'], key, model), at });
  }
  if (typeof event['action'] === 'string') readAction(draft, event, tool, at);
  else if (typeof event['observation'] === 'string') readObservation(draft, event, tool, at);
}

const SILENT_ACTIONS = new Set(['system', 'recall', 'condensation', 'null']);

function readAction(
  draft: Draft,
  event: JsonObject,
  tool: JsonObject,
  at: number | undefined,
): void {
  const args = object(event['args']);
  const action = String(event['action']);
  if (action === 'condensation') {
    const unknown = { tokensBefore: undefined, tokensAfter: undefined };
    addCompaction(draft, String(event['id']), { at, trigger: 'auto', ...unknown });
  }
  if (SILENT_ACTIONS.has(action)) return;
  const source = event['source'] === 'user' ? 'user' : 'agent';
  const isSaid = action === 'message' || action === 'finish';
  const said = textOf(args, 'thought', 'content', 'final_thought') ?? text(event['message']) ?? '';
  const calls = isSaid ? [] : [toCall(action, args, tool, `event ${String(event['id'])}`)];
  addStep(draft, { at, source, text: said, calls });
}

function toCall(action: string, args: JsonObject, tool: JsonObject, id: string): CallSketch {
  const name = text(tool['function_name']) ?? action;
  const content = text(args['content']);
  const call = anthropicCall(text(tool['tool_call_id']) ?? id, name, { ...args, content });
  return action === 'read' ? { ...call, edits: [], reads: text(args['path']) } : call;
}

function readObservation(
  draft: Draft,
  event: JsonObject,
  tool: JsonObject,
  at: number | undefined,
): void {
  const extras = object(event['extras']);
  if (event['observation'] === 'agent_state_changed') {
    const state = text(extras['agent_state']);
    if (state === 'error' || state === 'stuck') {
      addMark(draft, { kind: 'exit-status', at, text: state, isGood: false });
    }
    return;
  }
  const id = text(tool['tool_call_id']) ?? `event ${String(event['cause'])}`;
  const exitCode = number(object(extras['metadata'])['exit_code']) ?? number(extras['exit_code']);
  const error = event['observation'] === 'error' ? 'tool' : undefined;
  answerCall(draft, id, {
    at,
    text: plainText(event['content']),
    error,
    exitCode: exitCode === -1 ? undefined : exitCode,
  });
}
