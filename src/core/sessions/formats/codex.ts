import { basename } from 'node:path';
import type { ModelResponse, Session } from '../../model/sessions/session.ts';
import { addCompaction, addMark, createDraft, finishDraft } from '../draft.ts';
import { noteTime, skip } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Reading, RowFormat, RowReader } from '../format.ts';
import { isObject, number, object, text, textOf, time } from '../reading/json.ts';
import type { JsonObject } from '../reading/json.ts';
import { inclusiveUsage, tokens } from '../usage.ts';
import { readCodexItem } from './shared/codexItems.ts';

/** Rollouts of the Codex CLI: `~/.codex/sessions/YYYY/MM/DD/rollout-<time>-<id>.jsonl`. */
export const codex: RowFormat = {
  kind: 'rows',
  agents: ['codex'],
  matches: ({ path, rows }) => /\.jsonl(\.zst)?$/.test(path) && rows.some(isRollout),
  open: openRollout,
};

const ROW_TYPES = new Set([
  ...['session_meta', 'turn_context', 'response_item', 'event_msg', 'compacted', 'world_state'],
  ...['inter_agent_communication', 'inter_agent_communication_metadata'],
]);

function isRollout(row: JsonObject): boolean {
  if (row['record_type'] === 'state') return true;
  if (isObject(row['payload'])) return ROW_TYPES.has(text(row['type']) ?? '');
  // Before 0.30 the first line was the bare description of the session.
  return 'id' in row && 'timestamp' in row && ('instructions' in row || 'git' in row);
}

/** What a row tells of tokens; which of them count is known when all are read. */
interface Count {
  readonly at: number | undefined;
  readonly order: number;
  readonly total: JsonObject | undefined;
  readonly last: JsonObject | undefined;
}

interface State {
  readonly draft: Draft;
  readonly counts: Count[];
  /** Usage of whole turns, which only `codex exec --json` and some versions write. */
  readonly turns: Count[];
  readonly models: { at: number; model: string; isPriority: boolean }[];
  id: string | undefined;
  /** Of the conversation this one began as a copy of. */
  parent: string | undefined;
  isFork: boolean;
  /** The sessions that are described in it, and the name of the file. */
  readonly described: Set<string>;
  readonly name: string;
}

function openRollout(path: string, reading: Reading, former?: unknown): RowReader {
  const name = basename(path).replace(/\.jsonl(\.zst)?$/, '');
  const state: State = (former as State | undefined) ?? {
    ...{ draft: createDraft('codex', name, reading.kept), counts: [], turns: [], models: [] },
    ...{ id: undefined, parent: undefined, isFork: false, described: new Set(), name },
  };
  return {
    state,
    row: (row) => {
      readRow(state, row);
    },
    fault: (reason) => {
      skip(state.draft, reason);
    },
    finish: () => [finishRollout(state)],
  };
}

function readRow(state: State, row: JsonObject): void {
  const at = time(row['timestamp']);
  noteTime(state.draft, at);
  if (!isObject(row['payload'])) {
    readBareRow(state, row, at);
    return;
  }
  const payload = row['payload'];
  switch (row['type']) {
    case 'session_meta':
      readMeta(state, payload);
      return;
    case 'turn_context':
      noteModel(state, at, text(payload['model']));
      return;
    case 'event_msg':
      readEvent(state, payload, at);
      return;
    case 'response_item':
      readCodexItem(state.draft, payload, at);
      return;
    case 'compacted':
      noteCompaction(state.draft, at);
      return;
    default:
      if (!ROW_TYPES.has(text(row['type']) ?? '')) skip(state.draft, 'unknown type of row');
  }
}

function readBareRow(state: State, row: JsonObject, at: number | undefined): void {
  if (row['record_type'] === 'state') return;
  if (typeof row['type'] === 'string') readCodexItem(state.draft, row, at);
  else if (text(row['id']) !== undefined) readMeta(state, row);
  else skip(state.draft, 'unknown type of row');
}

function readMeta(state: State, meta: JsonObject): void {
  const spawned = object(object(object(meta['source'])['subagent'])['thread_spawn']);
  const parent = textOf(meta, 'forked_from_id') ?? textOf(spawned, 'parent_thread_id');
  const isFork = text(meta['forked_from_id']) !== undefined || 'parent_thread_id' in spawned;
  state.isFork ||= isFork;
  state.parent ??= parent;
  const { session } = state.draft;
  session.agentVersion ??= text(meta['cli_version']);
  session.folder ??= text(meta['cwd']);
  // A fork holds its parent's description too: the first one is its own.
  const id = textOf(meta, 'id', 'session_id');
  if (id !== undefined) state.described.add(id);
  state.id ??= id;
}

function noteModel(state: State, at: number | undefined, model: string | undefined): void {
  if (model === undefined || at === undefined) return;
  const isPriority = state.models.at(-1)?.isPriority ?? false;
  state.models.push({ at, model, isPriority });
  if (!state.draft.session.models.includes(model)) state.draft.session.models.push(model);
}

function readEvent(state: State, event: JsonObject, at: number | undefined): void {
  const { draft } = state;
  const order = state.counts.length;
  switch (event['type']) {
    case 'token_count':
      noteCount(state, object(event['info']), at);
      return;
    case 'turn.completed':
      if (isObject(event['usage'])) {
        state.turns.push({ at, order, total: undefined, last: event['usage'] });
      }
      return;
    case 'thread_settings_applied':
      noteSettings(state, object(event['thread_settings']), at);
      return;
    case 'task_started':
      draft.session.windowTokens =
        number(event['model_context_window']) ?? draft.session.windowTokens;
      return;
    case 'context_compacted':
      noteCompaction(draft, at);
      return;
    case 'task_complete':
      addMark(draft, {
        kind: 'finished',
        at,
        text: 'the last turn came to its end',
        isGood: undefined,
      });
      return;
    case 'turn_aborted':
      addMark(draft, {
        kind: 'interrupted',
        at,
        text: text(event['reason']) ?? 'aborted',
        isGood: false,
      });
      return;
    default:
      readCodexItem(draft, event, at);
  }
}

function noteCount({ draft, counts }: State, info: JsonObject, at: number | undefined): void {
  const window = number(info['model_context_window']);
  if (window !== undefined) draft.session.windowTokens = window;
  const total = isObject(info['total_token_usage']) ? info['total_token_usage'] : undefined;
  const last = isObject(info['last_token_usage']) ? info['last_token_usage'] : undefined;
  if (total === undefined && last === undefined) return;
  counts.push({ at, order: counts.length, total, last });
}

function noteSettings(state: State, settings: JsonObject, at: number | undefined): void {
  const model = text(settings['model']) ?? state.models.at(-1)?.model;
  if (model === undefined || at === undefined) return;
  const tier = text(settings['service_tier']);
  state.models.push({ at, model, isPriority: tier === 'priority' || tier === 'fast' });
}

/** The row and the event that tell of one compaction come within a moment. */
function noteCompaction(draft: Draft, at: number | undefined): void {
  const near = [...draft.compactions.values()].some(
    (one) => one.at !== undefined && at !== undefined && Math.abs(one.at - at) < 5000,
  );
  if (near) return;
  addCompaction(draft, `${at}`, {
    ...{ at, trigger: 'unknown', tokensBefore: undefined, tokensAfter: undefined },
  });
}

function finishRollout(state: State): Session {
  const session = finishDraft(state.draft);
  const id = state.id ?? session.id;
  const responses = countedResponses(state, session, id);
  const compactions = session.compactions.map((one) => {
    if (one.at === undefined) return one;
    const { at } = one;
    const before = responses.filter((response) => (response.at ?? 0) <= at).at(-1);
    const after = responses.find((response) => (response.at ?? 0) > at + 1000);
    return { ...one, tokensBefore: before?.contextTokens, tokensAfter: after?.contextTokens };
  });
  return { ...session, id, responses, compactions };
}

/**
 * The counts that stand for a response each. The running total is written again and again, begins
 * anew after a pause, and a fork begins with its parent's, all of which would be counted twice.
 */
function countedResponses(state: State, session: Session, id: string): readonly ModelResponse[] {
  const counts = [...state.counts].sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || a.order - b.order);
  const firstSecond = beginsWithCopy(state) ? secondOf(session.times[0]) : undefined;
  const models = [...state.models].sort((a, b) => a.at - b.at);
  const seen = new Set<string>();
  const responses: ModelResponse[] = [];
  let former: JsonObject | undefined;
  for (const count of counts) {
    const mark = JSON.stringify(count.total ?? [count.at, count.last]);
    const isRepeated = seen.has(mark);
    seen.add(mark);
    const usage = count.last ?? difference(count.total ?? {}, former);
    former = count.total ?? former;
    if (isRepeated || (firstSecond !== undefined && secondOf(count.at) === firstSecond)) continue;
    responses.push(toResponse(usage, count.at, models, `${state.parent ?? id}:${mark}`));
  }
  if (responses.length > 0) return responses;
  const turns = new Map(
    state.turns.map((turn) => [`${turn.at} ${JSON.stringify(turn.last)}`, turn]),
  );
  return [...turns].map(([key, { at, last = {} }]) => toResponse(last, at, models, `${id}:${key}`));
}

/** Also where the description that would say so is damaged: the file is named after its session. */
function beginsWithCopy({ isFork, described, name }: State): boolean {
  if (isFork || described.size === 0) return true;
  const own = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/.exec(name)?.[0];
  return own !== undefined && !described.has(own);
}

function secondOf(at: number | undefined): number | undefined {
  return at === undefined ? undefined : Math.floor(at / 1000);
}

/** What a running total grew by; all of it where it began anew. */
function difference(total: JsonObject, former: JsonObject | undefined): JsonObject {
  const grown = (number(total['total_tokens']) ?? 0) >= (number(former?.['total_tokens']) ?? 0);
  if (former === undefined || !grown) return total;
  const names = [
    'input_tokens',
    'cached_input_tokens',
    'output_tokens',
    'reasoning_output_tokens',
    'total_tokens',
  ];
  return Object.fromEntries(
    names.map((name) => [name, (number(total[name]) ?? 0) - (number(former[name]) ?? 0)]),
  );
}

/** The last that was chosen by then; without a time the last of all. They are in order. */
function modelAt(
  models: State['models'],
  at: number | undefined,
): State['models'][number] | undefined {
  let [from, to] = [0, models.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (at === undefined || (models[middle]?.at ?? 0) <= at) from = middle + 1;
    else to = middle;
  }
  return models[from - 1] ?? models[0];
}

function toResponse(
  usage: JsonObject,
  at: number | undefined,
  models: State['models'],
  key: string,
): ModelResponse {
  const now = modelAt(models, at);
  return {
    key,
    at,
    model: now?.model ?? '',
    vendor: 'openai',
    subagent: undefined,
    usage: inclusiveUsage({
      input: tokens(usage, 'input_tokens'),
      cacheRead: tokens(usage, 'cached_input_tokens', 'cache_read_input_tokens'),
      cacheWrite: tokens(usage, 'cache_write_input_tokens'),
      output: tokens(usage, 'output_tokens'),
      reasoning: tokens(usage, 'reasoning_output_tokens'),
    }),
    certainty: 'exact',
    contextTokens: tokens(usage, 'total_tokens'),
    loggedUsd: undefined,
    isPriority: now?.isPriority ?? false,
  };
}
