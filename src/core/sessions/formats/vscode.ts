import { basename } from 'node:path';
import type { Mark, Session } from '../../model/sessions/session.ts';
import { addMark, addStep, answerCall, createDraft, finishDraft } from '../draft.ts';
import { isNew, noteTime, skip } from '../draft.ts';
import type { CallSketch, Draft } from '../draft.ts';
import type { RowFormat } from '../format.ts';
import { number, object, text, time } from '../reading/json.ts';
import type { JsonObject } from '../reading/json.ts';

/**
 * What a person did in VS Code, as `SessionsApi.record` writes it: a row that says where, then one row
 * a deed.
 */
export const vscode: RowFormat = {
  kind: 'rows',
  agents: ['vscode'],
  matches: ({ path, rows }) => path.endsWith('.jsonl') && rows.some(isHead),
  open: (path, { kept }, former) => {
    const name = basename(path, '.jsonl');
    const draft = (former as Draft | undefined) ?? createDraft('vscode', name, kept);
    return {
      state: draft,
      row: (row) => {
        readRow(draft, row);
      },
      fault: (reason) => {
        skip(draft, reason);
      },
      finish: () => [withoutDoubleCommits(finishDraft(draft))],
    };
  },
};

function isHead(row: JsonObject): boolean {
  return text(row['recording']) !== undefined && text(row['editor']) !== undefined;
}

function readRow(draft: Draft, row: JsonObject): void {
  if (isHead(row)) {
    draft.session.folder = text(row['folder']);
    draft.session.agentVersion = text(row['editorVersion']);
    noteTime(draft, time(row['startedAt']));
    return;
  }
  const deed = text(row['did']) ?? '';
  const read = DEEDS[deed];
  if (read === undefined) {
    skip(draft, 'unknown type of row');
    return;
  }
  const name = `${deed}-${number(row['number']) ?? ''}`;
  if (!isNew(draft, name)) return;
  const at = time(row['at']);
  noteTime(draft, at);
  read(draft, row, { name, at });
}

type ReadDeed = (
  draft: Draft,
  row: JsonObject,
  named: { readonly name: string; readonly at: number | undefined },
) => void;

const DEEDS: Readonly<Record<string, ReadDeed>> = {
  save: readEdit,
  edit: readEdit,
  run: readRun,
  commit: (draft, row, { name, at }) => {
    const [subject = ''] = (text(row['message']) ?? '').split('\n');
    addStep(draft, { at, source: 'agent', text: subject, calls: [{ id: name, name: 'commit' }] });
    addMark(draft, { kind: 'commit', at, text: `${shortCommit(row)} ${subject}`, isGood: true });
    draft.session.title ??= subject;
  },
  use: (draft, row, { at }) => {
    const id = text(row['impression']) ?? '';
    const calls = [{ id, name: USE_PATTERN }];
    addStep(draft, { at, source: 'agent', text: text(row['name']) ?? '', calls });
  },
  end: (draft, row, { at }) => {
    const why = text(row['why']) ?? '';
    addMark(draft, { kind: 'finished', at, text: why, isGood: undefined });
  },
};

/** The call by which a pattern was taken; its id is that of the impression. */
export const USE_PATTERN = 'use_pattern';

function readEdit(
  draft: Draft,
  row: JsonObject,
  { name, at }: { readonly name: string; readonly at: number | undefined },
): void {
  const path = text(row['path']) ?? '';
  const change = object(row['change']);
  const edit = { path, before: text(change['before']) ?? '', after: text(change['after']) ?? '' };
  const edits = edit.before === edit.after ? [] : [edit];
  const calls: readonly CallSketch[] = [{ id: name, name: text(row['did']) ?? '', edits }];
  addStep(draft, { at, source: 'agent', text: path, calls });
  // It is done once it is told; what is never answered counts as not done.
  answerCall(draft, name, { at, text: '', exitCode: undefined });
}

function readRun(
  draft: Draft,
  row: JsonObject,
  { name: id, at }: { readonly name: string; readonly at: number | undefined },
): void {
  const name = text(row['name']) ?? '';
  const command = text(row['command']);
  const exitCode = number(row['exitCode']);
  const endedAt = time(row['endedAt']);
  noteTime(draft, endedAt);
  const call = { id, name: text(row['how']) ?? 'terminal', command };
  addStep(draft, { at, source: 'agent', text: name, calls: [call] });
  const checks = draft.checks.length;
  answerCall(draft, id, { at: endedAt, text: text(row['output']) ?? '', exitCode });
  const group = row['group'];
  const isTold = draft.checks.length > checks || (group !== 'test' && group !== 'build');
  if (isTold) return;
  draft.checks.push({
    ...{ kind: group, runner: 'task', command: command ?? name, at: endedAt },
    isPassed: exitCode === undefined ? undefined : exitCode === 0,
    ...{ passed: undefined, failed: undefined, skipped: undefined },
  });
}

function shortCommit(row: JsonObject): string {
  return (text(row['commit']) ?? '').slice(0, 8);
}

/** Git tells of a commit within a moment after the command that made it has. */
const MOMENT_MS = 60_000;

/** A commit that a command of the terminal made is told once. */
function withoutDoubleCommits(session: Session): Session {
  const told = session.steps.flatMap(({ at, toolCalls }) =>
    at !== undefined && toolCalls.some(({ name }) => name === 'commit') ? [at] : [],
  );
  const isDouble = ({ kind, at, text: words }: Mark): boolean =>
    kind === 'commit' &&
    words.startsWith('git ') &&
    told.some((one) => at !== undefined && Math.abs(one - at) < MOMENT_MS);
  return { ...session, marks: session.marks.filter((mark) => !isDouble(mark)) };
}
