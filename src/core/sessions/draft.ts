import type { EpochMs } from '../model/epochMs.ts';
import type {
  AgentName,
  CheckRun,
  Compaction,
  CoverageReading,
  Mark,
  ModelResponse,
  Observation,
  PlanItem,
  Session,
  Step,
  ToolCall,
} from '../model/sessions/session.ts';
import { recogniseCommand } from './metrics/commands.ts';
import { readCoverage } from './metrics/coverage.ts';
import { verdictOf } from './metrics/verdict.ts';
import { lineMarks, wideHash } from './reading/edits.ts';
import type { EditedText } from './reading/edits.ts';

/** How many characters of what was said, done and answered are kept. */
export interface KeptLengths {
  readonly text: number;
  readonly command: number;
  /** Of the end of a long answer, which tells how it ended, besides its beginning. */
  readonly answerEnd: number;
  /** Of each text of an edit, which is kept whole or not at all. */
  readonly edit: number;
}

/** Enough to know it again: the log holds the rest. A long log has hundreds of thousands of texts. */
export const IN_BRIEF: KeptLengths = { text: 24, command: 2000, answerEnd: 0, edit: 0 };
/** Enough to learn from what was done. */
export const WHOLE: KeptLengths = {
  ...{ text: 50_000, command: 50_000, answerEnd: 50_000, edit: 200_000 },
};

const KEPT_MARK = 120;
const KEPT_TITLE = 80;
/** A title stands within so many characters of what was asked. */
const LONGEST_LEAD = 2000;

type Open<T> = { -readonly [Key in keyof T]: T[Key] };

/** A session while its log is read: rows of any order, some of them more than once. */
export interface Draft {
  readonly session: Open<
    Omit<Session, 'times' | 'steps' | 'responses' | 'compactions' | 'plan' | 'checks' | 'coverage'>
  > & { marks: Mark[]; models: string[]; contextRatios: number[] };
  readonly kept: KeptLengths;
  readonly times: number[];
  readonly steps: Step[];
  readonly responses: Map<string, ModelResponse>;
  readonly compactions: Map<string, Compaction>;
  readonly plan: Map<string, PlanItem>;
  readonly checks: CheckRun[];
  readonly coverage: CoverageReading[];
  readonly calls: Map<string, Open<ToolCall>>;
  /** What came back before its call was read. */
  readonly early: Map<string, Answer>;
  /** Numbers that stand for their names, which would take ten times the memory. */
  readonly seenRows: Set<number>;
  /** Folders of repositories that commands made. */
  readonly repositories: Map<string, 'own' | 'other'>;
  /** Lines this session wrote, by file. */
  readonly written: Map<string, Set<number>>;
  /** What the person asked first, which names a session that has no title. */
  opening: { readonly at: EpochMs | undefined; readonly text: string } | undefined;
}

export function createDraft(agent: AgentName, id: string, kept: KeptLengths): Draft {
  return {
    session: {
      ...{ id, agent, agentVersion: undefined, title: undefined, folder: undefined, logs: [] },
      ...{ models: [], marks: [], windowTokens: undefined, contextRatios: [] },
      skipped: { lines: 0, reasons: {} },
    },
    ...{
      kept,
      times: [],
      steps: [],
      responses: new Map(),
      compactions: new Map(),
      plan: new Map(),
    },
    ...{ checks: [], coverage: [], calls: new Map(), early: new Map(), seenRows: new Set() },
    ...{ written: new Map(), repositories: new Map() },
    opening: undefined,
  };
}

export function finishDraft(draft: Draft): Session {
  const { session, steps, responses } = draft;
  const answered = [...responses.values()].sort(byTime);
  const models = [...session.models, ...answered.map(({ model }) => model)];
  return {
    ...session,
    title: session.title ?? draft.opening?.text,
    models: [...new Set(models.filter((model) => model !== ''))],
    times: draft.times.sort((a, b) => a - b),
    steps: steps.sort(byTime),
    responses: answered,
    compactions: [...draft.compactions.values()].sort(byTime),
    plan: [...draft.plan.values()],
    checks: draft.checks.sort(byTime),
    coverage: draft.coverage.sort(byTime),
    marks: session.marks.sort(byTime),
  };
}

/** What has no time stays where it is beside what has the same. */
function byTime(a: { at: EpochMs | undefined }, b: { at: EpochMs | undefined }): number {
  return a.at === undefined || b.at === undefined ? 0 : a.at - b.at;
}

/** Counts a row that cannot be used. */
export function skip(draft: Draft, reason: string, rows = 1): void {
  const { lines, reasons } = draft.session.skipped;
  draft.session.skipped = {
    lines: lines + rows,
    reasons: { ...reasons, [reason]: (reasons[reason] ?? 0) + rows },
  };
}

/** @returns whether a row of this name is read for the first time */
export function isNew(draft: Draft, row: string | undefined): boolean {
  if (row === undefined) return true;
  const mark = wideHash(row);
  if (draft.seenRows.has(mark)) return false;
  draft.seenRows.add(mark);
  return true;
}

export function noteTime(draft: Draft, at: EpochMs | undefined): void {
  if (at !== undefined) draft.times.push(at);
}

/**
 * Rows of one response tell its usage again and again, each more of it: the largest counts. It is
 * whole as soon as one of them is.
 */
export function addResponse(draft: Draft, response: ModelResponse): void {
  const former = draft.responses.get(response.key);
  if (former !== undefined && saysTheSame(former, response)) return;
  draft.responses.set(response.key, former === undefined ? response : larger(former, response));
}

/** Most rows of a response repeat the one before them, and joining them takes long. */
function saysTheSame(former: ModelResponse, later: ModelResponse): boolean {
  return (
    former.certainty === later.certainty &&
    former.loggedUsd === later.loggedUsd &&
    totalTokens(former.usage) === totalTokens(later.usage) &&
    former.usage.output === later.usage.output &&
    (later.at === undefined || (former.at !== undefined && former.at <= later.at))
  );
}

export function larger(a: ModelResponse, b: ModelResponse): ModelResponse {
  if (a.certainty === 'estimate' && b.certainty !== 'estimate') return b;
  if (b.certainty === 'estimate' && a.certainty !== 'estimate') return a;
  const more = totalTokens(b.usage) >= totalTokens(a.usage) ? b : a;
  const isExact = a.certainty === 'exact' || b.certainty === 'exact';
  const loggedUsd = Math.max(a.loggedUsd ?? 0, b.loggedUsd ?? 0);
  return {
    ...more,
    at: earlier(a.at, b.at),
    certainty: isExact ? 'exact' : more.certainty,
    loggedUsd: a.loggedUsd === undefined && b.loggedUsd === undefined ? undefined : loggedUsd,
  };
}

function earlier(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

export function totalTokens(usage: ModelResponse['usage']): number {
  return usage.input + usage.cacheRead + usage.cacheWrite + usage.output;
}

export interface StepSketch {
  readonly at: EpochMs | undefined;
  readonly source: Step['source'];
  readonly text: string;
  readonly model?: string | undefined;
  readonly subagent?: string | undefined;
  readonly response?: string | undefined;
  readonly calls?: readonly CallSketch[];
}

export interface CallSketch {
  readonly id: string;
  readonly name: string;
  readonly command?: string | undefined;
  /** Folder the command begins in. */
  readonly folder?: string | undefined;
  readonly reads?: string | undefined;
  readonly edits?: readonly EditedText[];
}

export function addStep(draft: Draft, sketch: StepSketch): void {
  const { at, source, model, subagent, response } = sketch;
  const isPerson = source === 'user' && subagent === undefined;
  // What they said before anything was done is the task.
  const verdict = isPerson && draft.calls.size > 0 ? verdictOf(sketch.text) : undefined;
  if (isPerson) noteOpening(draft, sketch);
  const text = cut(sketch.text, draft.kept.text);
  const calls = (sketch.calls ?? []).filter(({ id }) => !draft.calls.has(id));
  const toolCalls = calls.length === 0 ? NONE : calls.map((call) => openCall(draft, call));
  if (text === '' && toolCalls.length === 0) return;
  // Hundreds of thousands of steps are kept, and an object that is put together by spreading others
  // takes twice the memory.
  const names = namesOf(draft, response, model);
  const step: Step = {
    at,
    source,
    text,
    model: names.model,
    subagent,
    response: names.response,
    toolCalls,
  };
  draft.steps.push(verdict === undefined ? step : { ...step, verdict });
}

/** Each row of a log holds its own copies of the names of its response: those of the first are kept. */
function namesOf(
  draft: Draft,
  response: string | undefined,
  model: string | undefined,
): Pick<Step, 'response' | 'model'> {
  const told = response === undefined ? undefined : draft.responses.get(response);
  if (told === undefined) return { response, model };
  return { response: told.key, model: told.model === model ? told.model : model };
}

const NONE: readonly never[] = [];

function noteOpening(draft: Draft, { at, text }: StepSketch): void {
  const { opening } = draft;
  const isEarlier = at !== undefined && opening?.at !== undefined && at < opening.at;
  if (opening !== undefined && !isEarlier) return;
  const title = titleIn(text);
  if (title !== '') draft.opening = { at, text: title };
}

/** The first sentence that says something, without the marks of a heading or a list. */
function titleIn(text: string): string {
  const lines = text.slice(0, LONGEST_LEAD).split('\n');
  // The last one may be a part of a line.
  const whole = text.length > LONGEST_LEAD && lines.length > 1 ? lines.slice(0, -1) : lines;
  const words = whole.map((line) => line.replace(/^[\s#>*-]+/, '').trim());
  const said = words.find((one) => /\p{L}/u.test(one) && !IS_FRAME.test(one)) ?? '';
  const line = /^.{20,80}?[.!?](?=\s)/u.exec(said)?.[0] ?? said;
  return wholeWords(line, KEPT_TITLE);
}

/** Tags alone, or a path alone, as tools put before what was asked. */
const IS_FRAME =
  /^(?:(?:<\/?[\w-]{1,60}>\s{0,9}){1,9}|(?:~|\.{1,2})?(?:\/[\w.@+-]{1,200}){1,60}\/?)$/;

function openCall(draft: Draft, sketch: CallSketch): ToolCall {
  const { id, name, command, folder, reads, edits = [] } = sketch;
  const call: Open<ToolCall> = {
    id,
    name,
    reads,
    observation: undefined,
    command: command === undefined ? undefined : cut(command, draft.kept.command),
    edits: edits.length === 0 ? NONE : edits.map((edit) => noteEdit(draft, edit)),
  };
  if (folder !== undefined && folder !== draft.session.folder) call.folder = folder;
  draft.calls.set(id, call);
  const answer = draft.early.get(id);
  if (answer !== undefined) {
    draft.early.delete(id);
    answerCall(draft, id, answer);
  }
  return call;
}

/** What a call changed is often known only when it has come back. */
export function setEdits(draft: Draft, id: string, edits: readonly EditedText[]): void {
  const call = draft.calls.get(id);
  if (call !== undefined) call.edits = edits.map((edit) => noteEdit(draft, edit));
}

function noteEdit(draft: Draft, { path, before, after }: EditedText): ToolCall['edits'][number] {
  const own = draft.written.get(path) ?? new Set();
  draft.written.set(path, own);
  const gone = lineMarks(before);
  const come = lineMarks(after);
  const added = come.filter((mark) => !gone.includes(mark));
  const removed = gone.filter((mark) => !come.includes(mark));
  const isRework = removed.some((mark) => own.has(mark));
  for (const mark of added) own.add(mark);
  const isKept = Math.max(before.length, after.length) <= draft.kept.edit;
  const edit = { path, added: added.length, removed: removed.length, isRework };
  return isKept ? { ...edit, text: { before, after } } : edit;
}

/** What came back from a tool, whole. */
export interface Answer {
  readonly at: EpochMs | undefined;
  readonly text: string;
  readonly exitCode?: number | undefined;
  readonly error?: Observation['error'];
}

const LONGEST_HELD = 20_000;

/** The answer to a call that may not have been read yet. The first one counts. */
export function answerCall(draft: Draft, id: string, answer: Answer): void {
  const call = draft.calls.get(id);
  if (call === undefined) {
    draft.early.set(id, { ...answer, text: answer.text.slice(-LONGEST_HELD) });
    return;
  }
  if (call.observation !== undefined) return;
  const { at, text, exitCode } = answer;
  const hasFailed = exitCode !== undefined && exitCode !== 0;
  const error = answer.error ?? (hasFailed ? 'command' : undefined);
  call.observation = { at, text: cutAnswer(text, draft.kept), exitCode, error };
  if (call.command !== undefined) noteCommand(draft, call, { ...answer, error });
}

/** What a command and its output say of tests, builds, coverage and commits. */
function noteCommand(draft: Draft, call: Open<ToolCall>, answer: Answer): void {
  const { command = '', folder } = call;
  const { at, error } = answer;
  if (error === 'rejected' || error === 'cancelled') return;
  const project = draft.session.folder;
  const where = { project, start: folder ?? project ?? '.', made: draft.repositories };
  const { check, commits, pushes, opensPullRequest, hostedChecks } = recogniseCommand(
    command,
    answer,
    where,
  );
  if (check !== undefined) draft.checks.push({ ...check, at });
  if (check?.kind === 'test') call.tells = 'tests';
  const reading = check?.kind === 'test' ? readCoverage(answer.text) : undefined;
  if (reading !== undefined) draft.coverage.push({ ...reading, at });
  const noteMark = (kind: Mark['kind'], part: string | undefined): void => {
    if (part === undefined) return;
    addMark(draft, { kind, at, text: wholeWords(part.trim(), KEPT_MARK), isGood: true });
  };
  noteMark('commit', commits);
  noteMark('push', pushes);
  noteMark('pull-request', opensPullRequest);
  noteHostedChecks(draft, call, { at, state: hostedChecks });
}

function noteHostedChecks(
  draft: Draft,
  call: Open<ToolCall>,
  {
    at,
    state,
  }: { readonly at: EpochMs | undefined; readonly state: 'passed' | 'failed' | undefined },
): void {
  // Those of a change that the session did not send in tell nothing of it.
  const isSent = draft.session.marks.some(({ kind }) => kind === 'push');
  if (state === undefined || !isSent) return;
  call.tells = 'hosted-checks';
  addMark(draft, { kind: 'hosted-checks', at, text: state, isGood: state === 'passed' });
}

export function addMark(draft: Draft, mark: Mark): void {
  const isKnown = draft.session.marks.some(
    ({ kind, at, text }) => kind === mark.kind && at === mark.at && text === mark.text,
  );
  if (!isKnown) draft.session.marks.push(mark);
}

/** The same compaction may be told more than once: `key` is what they share. */
export function addCompaction(draft: Draft, key: string, compaction: Compaction): void {
  if (!draft.compactions.has(key)) draft.compactions.set(key, compaction);
}

function cutAnswer(text: string, kept: KeptLengths): string {
  const whole = text.trim();
  if (whole.length <= kept.text + kept.answerEnd || kept.answerEnd === 0) {
    return cut(whole, kept.text);
  }
  return `${cut(whole, kept.text)}\n${cut(whole.slice(-kept.answerEnd), kept.answerEnd)}`;
}

/** What fits, word by word: of half a key nobody could tell that it is one. */
function wholeWords(line: string, most: number): string {
  if (line.length <= most) return cut(line, most);
  const end = line.lastIndexOf(' ', most - 1);
  return end === -1 ? '' : `${cut(line, end)}…`;
}

export function cut(text: string, most: number): string {
  const whole = text.trim();
  // A slice of a long string keeps all of it in memory; a copy does not.
  return whole.length <= most ? whole : Buffer.from(whole.slice(0, most)).toString();
}
