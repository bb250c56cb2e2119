import { basename, dirname, join } from 'node:path';
import type { ModelResponse, Session } from '../../model/sessions/session.ts';
import { listFolder } from '../../platform/disk.ts';
import { addCompaction, addMark, addStep, answerCall, createDraft } from '../draft.ts';
import { addResponse, finishDraft, isNew, noteTime, setEdits, skip } from '../draft.ts';
import type { Answer, CallSketch, Draft } from '../draft.ts';
import type { LogHead, Reading, RowFormat, RowReader } from '../format.ts';
import { planStatus, replacePlan, setPlanItem } from '../plan.ts';
import { isObject, list, number, object, plainText, text, textOf, time } from '../reading/json.ts';
import type { Json, JsonObject } from '../reading/json.ts';
import { readHead } from '../reading/lines.ts';
import { anthropicUsage } from '../usage.ts';
import { anthropicCall } from './shared/anthropicTools.ts';

/** Conversations of Claude Code: `~/.claude/projects/<folder>/<session>.jsonl`. */
export const claudeCode: RowFormat = {
  kind: 'rows',
  agents: ['claude-code'],
  matches: ({ path, rows }) => isLog(path) && rows.some(isClaudeRow),
  companions: subagentLogs,
  open: openClaudeLog,
};

function isLog(path: string): boolean {
  return path.endsWith('.jsonl') || path.endsWith('.jsonl.zst');
}

const ROWS_WITH_SESSION = new Set(['user', 'assistant', 'system', 'summary', 'progress']);

function isClaudeRow(row: LogHead['rows'][number]): boolean {
  const type = text(row['type']) ?? '';
  if (!ROWS_WITH_SESSION.has(type)) return type === 'file-history-snapshot';
  return 'uuid' in row || 'parentUuid' in row || 'leafUuid' in row || 'sessionId' in row;
}

/**
 * Logs of the subagents of a session: in a folder of their own, or beside it (2.0), where only what
 * they say tells whose they are.
 */
function subagentLogs(path: string): readonly string[] {
  const id = basename(path).replace(/\.jsonl(\.zst)?$/, '');
  if (id.startsWith('agent-')) return [];
  const folder = join(dirname(path), id, 'subagents');
  const nested = listFolder(folder).filter(isLog).sort();
  const beside = listFolder(dirname(path))
    .filter((name) => name.startsWith('agent-') && isLog(name))
    .filter((name) => readHead(join(dirname(path), name), 4000).includes(`"sessionId":"${id}"`));
  return [
    ...nested.map((name) => join(folder, name)),
    ...beside.sort().map((name) => join(dirname(path), name)),
  ];
}

interface State {
  readonly draft: Draft;
  /** How often each session is named: a resumed one holds rows of those before it. */
  readonly ids: Map<string, number>;
  readonly name: string;
}

function openClaudeLog(path: string, reading: Reading, former?: unknown): RowReader {
  const name = basename(path).replace(/\.jsonl(\.zst)?$/, '');
  const state = (former as State | undefined) ?? {
    draft: createDraft('claude-code', name, reading.kept),
    ids: new Map<string, number>(),
    name,
  };
  return {
    state,
    row: (row) => {
      readRow(state, row);
    },
    fault: (reason) => {
      skip(state.draft, reason);
    },
    finish: () => [finishSession(state)],
  };
}

function finishSession(state: State): Session {
  const session = finishDraft(state.draft);
  const told = new Set(session.responses.filter(isMeasured).map(messageOf));
  const responses = session.responses.filter((one) => isMeasured(one) || !told.has(messageOf(one)));
  return { ...session, responses, id: idOf(state) };
}

function isMeasured({ certainty }: ModelResponse): boolean {
  return certainty !== 'estimate';
}

function messageOf({ key }: ModelResponse): string {
  return key.split(':')[0] ?? key;
}

/** The file is named after its session; where it was renamed, the rows say whose it is. */
function idOf({ ids, name }: State): string {
  const named = [...ids.keys()].find((id) => name.includes(id));
  if (named !== undefined) return named;
  const [most] = [...ids].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? name;
}

function readRow(state: State, row: JsonObject): void {
  const { draft, ids } = state;
  const id = text(row['sessionId']);
  if (id !== undefined) ids.set(id, (ids.get(id) ?? 0) + 1);
  noteOrigin(draft, row);
  const at = time(row['timestamp']);
  if (row['type'] !== 'file-history-snapshot') noteTime(draft, at);
  const read = ROWS[text(row['type']) ?? ''];
  if (read !== undefined) read(draft, row, at);
  else if (!KNOWN_AND_SILENT.has(text(row['type']) ?? '')) skip(draft, 'unknown type of row');
}

function noteOrigin({ session }: Draft, row: JsonObject): void {
  session.agentVersion = text(row['version']) ?? session.agentVersion;
  session.folder ??= text(row['cwd']);
}

type ReadRow = (draft: Draft, row: JsonObject, at: number | undefined) => void;

const ROWS: Readonly<Record<string, ReadRow>> = {
  assistant: readAssistant,
  user: readUser,
  system: readSystem,
  progress: readProgress,
  summary: (draft, row) => {
    draft.session.title ??= textOf(row, 'summary');
  },
  'ai-title': (draft, row) => {
    draft.session.title = textOf(row, 'aiTitle') ?? draft.session.title;
  },
  'custom-title': (draft, row) => {
    draft.session.title = textOf(row, 'customTitle', 'title') ?? draft.session.title;
  },
  'pr-link': (draft, row, at) => {
    const name = textOf(row, 'prUrl') ?? `#${number(row['prNumber']) ?? ''}`;
    addMark(draft, { kind: 'pull-request', at, text: name, isGood: true });
  },
};

/** Rows that hold nothing of what is measured. */
const KNOWN_AND_SILENT = new Set([
  ...['file-history-snapshot', 'file-history-delta', 'queue-operation', 'permission-mode', 'mode'],
  ...['last-prompt', 'agent-name', 'bridge-session', 'worktree-state', 'attachment', 'tag'],
  ...['agent-setting', 'agent-color', 'started', 'result', 'relocated', 'session_id'],
]);

function readAssistant(draft: Draft, row: JsonObject, at: number | undefined): void {
  const message = row['message'];
  if (!isObject(message)) {
    skip(draft, 'message without content');
    return;
  }
  const model = text(message['model']) ?? '';
  if (row['isApiErrorMessage'] === true) {
    addMark(draft, { kind: 'api-error', at, text: plainText(message['content']), isGood: false });
  }
  if (model === '<synthetic>') return;
  const subagent = subagentOf(row);
  const key = responseKey(row, message);
  addUsage(draft, { row, message, model, at, key, subagent });
  if (!isNew(draft, text(row['uuid']))) return;
  const blocks = list(message['content']).map(object);
  addStep(draft, {
    at,
    source: 'agent',
    model,
    subagent,
    response: key,
    text: typeof message['content'] === 'string' ? message['content'] : said(blocks),
    calls: blocks
      .filter(({ type }) => type === 'tool_use')
      .map((block) => toCall(draft, { block, subagent, folder: text(row['cwd']) })),
  });
}

function said(blocks: readonly JsonObject[]): string {
  return plainText(blocks.filter(({ type }) => type === 'text'));
}

function subagentOf(row: JsonObject): string | undefined {
  if (row['isSidechain'] !== true) return undefined;
  return text(row['agentId']) ?? 'inline';
}

/** One response is many rows, which share these two. Rows of other programs have neither. */
function responseKey(row: JsonObject, message: JsonObject): string {
  const id = text(message['id']);
  const request = text(row['requestId']);
  if (id === undefined && request === undefined) {
    return text(row['uuid']) ?? JSON.stringify([row['timestamp'], message['usage']]);
  }
  return `${id ?? ''}:${request ?? ''}`;
}

interface Found {
  readonly row: JsonObject;
  readonly message: JsonObject;
  readonly model: string;
  readonly at: number | undefined;
  readonly key: string;
  readonly subagent: string | undefined;
}

function addUsage(draft: Draft, found: Found): void {
  const { row, message, model, at, key, subagent } = found;
  const told = message['usage'];
  if (!isObject(told)) return;
  // From 2.0.76 to 2.1.42 rows hold what was known when the response began.
  const certainty = text(message['stop_reason']) === undefined ? 'lower-bound' : 'exact';
  const former = draft.responses.get(key);
  if (former?.certainty === certainty && isToldAgain(former, told, found)) return;
  const usage = anthropicUsage(told);
  addResponse(draft, {
    key,
    at,
    model,
    vendor: 'anthropic',
    subagent,
    usage,
    certainty,
    contextTokens: usage.input + usage.cacheRead + usage.cacheWrite,
    loggedUsd: number(row['costUSD']),
    isPriority: told['speed'] === 'fast',
  });
}

/** Most rows of a response repeat the one before them, and to read the counts of each takes long. */
function isToldAgain(former: ModelResponse, told: JsonObject, { row, at }: Found): boolean {
  const { usage, loggedUsd } = former;
  return (
    usage.output === told['output_tokens'] &&
    usage.input === told['input_tokens'] &&
    usage.cacheRead === told['cache_read_input_tokens'] &&
    usage.cacheWrite === told['cache_creation_input_tokens'] &&
    loggedUsd === row['costUSD'] &&
    (at === undefined || (former.at !== undefined && former.at <= at))
  );
}

interface CallBlock {
  readonly block: JsonObject;
  readonly subagent: string | undefined;
  /** The shell of the session keeps the folder that `cd` led to. */
  readonly folder: string | undefined;
}

function toCall(draft: Draft, { block, subagent, folder }: CallBlock): CallSketch {
  const name = text(block['name']) ?? '';
  const input = object(block['input']);
  if (name === 'TodoWrite' && subagent === undefined) {
    replacePlan(draft, list(input['todos']).map(toEntry));
  }
  if (name === 'TaskUpdate') {
    const status = text(input['status']);
    setPlanItem(draft, plainId(input['taskId']), {
      text: textOf(input, 'subject'),
      ...(status !== undefined && { status: planStatus(status) }),
    });
  }
  return { ...anthropicCall(text(block['id']) ?? '', name, input), folder };
}

function toEntry(item: Json): { text: string; status: ReturnType<typeof planStatus> } {
  const { content, subject, status } = object(item);
  return { text: text(content) ?? text(subject) ?? '', status: planStatus(status) };
}

function plainId(id: Json): string {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

/** Texts of the program's own that stand where a person's words would. */
const NOT_TYPED =
  /^\s*(?:<(?:command-|local-command|bash-|task-notification|system-reminder)|Caveat: The messages below|\[Request interrupted)/;

function readUser(draft: Draft, row: JsonObject, at: number | undefined): void {
  if (!isNew(draft, text(row['uuid']))) return;
  const content = object(row['message'])['content'] ?? row['message'];
  const blocks = list(content).map(object);
  for (const block of blocks) {
    if (block['type'] === 'tool_result') readResult(draft, row, block, at);
  }
  const words = typeof content === 'string' ? content : said(blocks);
  if (words.includes('[Request interrupted by user')) {
    addMark(draft, { kind: 'interrupted', at, text: 'interrupted by the user', isGood: false });
  }
  const isTyped = row['isMeta'] !== true && row['isCompactSummary'] !== true;
  if (!isTyped || NOT_TYPED.test(words)) return;
  addStep(draft, { at, source: 'user', text: words, subagent: subagentOf(row) });
}

function readResult(
  draft: Draft,
  row: JsonObject,
  block: JsonObject,
  at: number | undefined,
): void {
  const id = text(block['tool_use_id']) ?? '';
  const twin = object(row['toolUseResult']);
  const content = plainText(block['content']);
  answerCall(draft, id, { at, ...howItWent(content, block, twin) });
  const path = text(twin['filePath']);
  const original = text(twin['originalFile']);
  if (path !== undefined && original !== undefined && twin['type'] === 'update') {
    setEdits(draft, id, [{ path, before: original, after: text(twin['content']) ?? '' }]);
  }
  if (twin['userModified'] === true) {
    addMark(draft, { kind: 'interrupted', at, text: 'changed by the user', isGood: undefined });
  }
  const task = object(twin['task']);
  if ('id' in task) setPlanItem(draft, plainId(task['id']), { text: textOf(task, 'subject') });
}

function howItWent(content: string, block: JsonObject, twin: JsonObject): Omit<Answer, 'at'> {
  const output = [text(twin['stdout']), text(twin['stderr'])].filter((part) => part !== undefined);
  const body = output.length > 0 ? output.join('\n') : content;
  if (block['is_error'] !== true) return { text: body };
  if (content.includes("The user doesn't want to ")) return { text: content, error: 'rejected' };
  if (content.includes('<tool_use_error>')) {
    const isCancelled = /cancelled/i.test(content.slice(0, 300));
    const said = content.replaceAll(/<\/?tool_use_error>/g, '');
    return { text: said, error: isCancelled ? 'cancelled' : 'tool' };
  }
  const code = /^Error: Exit code (\d{1,3})|^Exit code (\d{1,3})/.exec(content);
  const exitCode = code === null ? undefined : Number(code[1] ?? code[2]);
  return { text: content, exitCode, error: exitCode === undefined ? 'tool' : 'command' };
}

function readSystem(draft: Draft, row: JsonObject, at: number | undefined): void {
  if (row['subtype'] === 'compact_boundary') {
    const { trigger, preTokens, postTokens } = object(row['compactMetadata']);
    addCompaction(draft, text(row['uuid']) ?? `${at}`, {
      ...{ at, trigger: text(trigger) ?? 'unknown' },
      tokensBefore: number(preTokens),
      tokensAfter: number(postTokens),
    });
  }
  if (row['subtype'] === 'api_error') {
    addMark(draft, {
      kind: 'api-error',
      at,
      text: 'the service answered with an error',
      isGood: undefined,
    });
  }
}

/** Where the log of a subagent is missing, these are the only trace of its tokens. */
function readProgress(draft: Draft, row: JsonObject, at: number | undefined): void {
  const told = object(object(row['data'])['message']);
  const message = object(told['message']);
  if (!isObject(message['usage']) || !isNew(draft, text(row['uuid']))) return;
  const model = text(message['model']) ?? '';
  const subagent = text(object(row['data'])['agentId']) ?? 'inline';
  addResponse(draft, {
    ...{ key: responseKey(told, message), at, model, vendor: 'anthropic', subagent },
    ...{ usage: anthropicUsage(message['usage']), certainty: 'estimate' },
    ...{ contextTokens: undefined, loggedUsd: undefined, isPriority: false },
  });
}
