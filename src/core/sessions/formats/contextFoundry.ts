import { basename, dirname, join } from 'node:path';
import type { Session } from '../../model/sessions/session.ts';
import { listFolder } from '../../platform/disk.ts';
import { addCompaction, addMark, addResponse, addStep, createDraft } from '../draft.ts';
import { finishDraft, noteTime, skip } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { LogHead, Reading, WholeFormat } from '../format.ts';
import { planStatus, readChecklist, replacePlan } from '../plan.ts';
import type { PlanEntry } from '../plan.ts';
import { readJson } from '../reading/document.ts';
import { list, numberOf, object, plainText, text, textOf, time } from '../reading/json.ts';
import type { Json, JsonObject } from '../reading/json.ts';
import { readDocument } from '../reading/lines.ts';
import { inclusiveUsage } from '../usage.ts';
import { response } from './shared/response.ts';

/**
 * Context Foundry: folders of `progress.json`, `state.json` and `iterations/`, checkpoints of the
 * context, `PROGRESS_*.md` and `session-summary.json`.
 */
export const contextFoundry: WholeFormat = {
  kind: 'whole',
  agents: ['context-foundry'],
  matches: isOurs,
  files: (path) => [path, ...listFolder(path).map((name) => join(path, name))],
  read: (path, reading) => {
    const session = path.endsWith('.md')
      ? readProgressPage(path, reading)
      : readFolderOrFile(path, reading);
    return [session];
  },
};

const FOLDER_FILES = ['progress.json', 'state.json', 'iterations', 'latest.json'];

function isOurs({ path, names, head, rows }: LogHead): boolean {
  if (names !== undefined) {
    return (
      FOLDER_FILES.some((name) => names.includes(name)) ||
      names.some((name) => /^checkpoint_.*\.json$/.test(name))
    );
  }
  if (/PROGRESS_[^/\\]*\.md$/.test(path)) return /^# Build Progress/m.test(head);
  if (/"tracked_content"\s*:/.test(head) && /"total_input_tokens"\s*:/.test(head)) return true;
  return rows.some(
    (row) =>
      'tracked_content' in row ||
      'phases_completed' in row ||
      ('completed' in row && 'remaining' in row),
  );
}

function readFolderOrFile(path: string, reading: Reading): Session {
  const names = listFolder(path);
  const draft = createDraft('context-foundry', basename(path).replace(/\.json$/, ''), reading.kept);
  const files =
    names.length === 0
      ? [path]
      : names
          .filter((name) => name.endsWith('.json') && !name.startsWith('checkpoint_'))
          .map((name) => join(path, name));
  const newest = names
    .filter((name) => /^checkpoint_.*\.json$/.test(name))
    .sort()
    .at(-1);
  // `latest.json` is a copy of the last checkpoint.
  if (!names.includes('latest.json') && newest !== undefined) files.push(join(path, newest));
  for (const file of files) readPart(draft, open(draft, file), basename(dirname(file)));
  for (const name of listFolder(join(path, 'iterations'))
    .filter((one) => one.endsWith('.json'))
    .sort(byNumber)) {
    readIteration(draft, object(open(draft, join(path, 'iterations', name))), name);
  }
  return finishDraft(draft);
}

function byNumber(a: string, b: string): number {
  return Number(/\d+/.exec(a)?.[0] ?? 0) - Number(/\d+/.exec(b)?.[0] ?? 0);
}

function open(draft: Draft, path: string): Json {
  const { value, fault } = readJson(path);
  if (fault !== undefined) skip(draft, fault);
  return value;
}

function readPart(draft: Draft, value: Json, folder: string): void {
  const part = object(value);
  draft.session.id = text(part['session_id']) ?? draft.session.id;
  for (const name of ['start_time', 'end_time', 'timestamp', 'completed_at']) {
    noteTime(draft, time(part[name]));
  }
  readPlan(draft, part);
  readTotals(draft, part);
  for (const point of list(part['metrics_history'])) readPoint(draft, object(point));
  for (const said of list(part['tracked_content']).map(object)) {
    const source = said['role'] === 'user' ? 'user' : 'agent';
    addStep(draft, { at: time(said['timestamp']), source, text: plainText(said['content']) });
  }
  for (const iteration of list(part['iterations'])) readIteration(draft, object(iteration), folder);
  if ('phases_completed' in part) readSummary(draft, part);
}

function readPlan(draft: Draft, part: JsonObject): void {
  if (!Array.isArray(part['completed']) && !Array.isArray(part['remaining'])) return;
  const entries = (items: Json, status: string): readonly PlanEntry[] =>
    list(items).map((item) => ({
      text:
        typeof item === 'string'
          ? item
          : (textOf(object(item), 'task', 'title', 'name', 'description') ?? JSON.stringify(item)),
      status: planStatus(status),
    }));
  replacePlan(draft, [
    ...entries(part['remaining'], 'pending'),
    ...entries(part['completed'], 'completed'),
  ]);
}

function readTotals(draft: Draft, part: JsonObject): void {
  const input = numberOf(part, 'input_tokens', 'total_input_tokens');
  const output = numberOf(part, 'output_tokens', 'total_output_tokens');
  const all = numberOf(part, 'total_tokens');
  const percent = numberOf(part, 'context_percent', 'context_pct');
  if (percent !== undefined) draft.session.contextRatios.push(percent / 100);
  if (input === undefined && output === undefined && all === undefined) return;
  const model = text(part['model']);
  const usage = inclusiveUsage({ input: input ?? (all ?? 0) - (output ?? 0), output });
  addResponse(draft, response(`${draft.session.id}:all`, model, usage));
}

function readPoint(draft: Draft, point: JsonObject): void {
  const at = time(point['timestamp']);
  noteTime(draft, at);
  const percent = numberOf(point, 'context_percentage', 'context_percent', 'context_pct');
  if (percent !== undefined) draft.session.contextRatios.push(percent / 100);
  const compactions = numberOf(point, 'compaction_count') ?? 0;
  if (compactions <= draft.compactions.size) return;
  addCompaction(draft, `compaction ${compactions}`, {
    ...{ at, trigger: 'auto', tokensBefore: undefined },
    tokensAfter: numberOf(point, 'last_compaction_tokens'),
  });
}

function readIteration(draft: Draft, iteration: JsonObject, name: string): void {
  const at = time(iteration['timestamp'] ?? iteration['start_time']);
  noteTime(draft, at);
  const percent = numberOf(iteration, 'context_percent', 'context_pct');
  if (percent !== undefined) draft.session.contextRatios.push(percent / 100);
  if (iteration['compacted'] !== true) return;
  const key = `${name} ${draft.session.contextRatios.length}`;
  addCompaction(draft, key, {
    at,
    trigger: 'auto',
    tokensBefore: undefined,
    tokensAfter: undefined,
  });
}

function readSummary(draft: Draft, part: JsonObject): void {
  draft.session.title = text(part['task']);
  const failed = numberOf(part, 'tests_failing');
  const passed = numberOf(part, 'tests_passing');
  if (passed !== undefined || typeof part['tests_passed'] === 'boolean') {
    const isPassed = failed === undefined ? part['tests_passed'] === true : failed === 0;
    const run = { kind: 'test', runner: 'context-foundry', command: 'tests of the build' } as const;
    draft.checks.push({
      ...run,
      at: time(part['completed_at']),
      isPassed,
      passed,
      failed,
      skipped: undefined,
    });
  }
  const link = text(part['github_url']);
  if (link?.includes('/pull/') === true) {
    addMark(draft, {
      kind: 'pull-request',
      at: time(part['completed_at']),
      text: link,
      isGood: true,
    });
  }
}

function readProgressPage(path: string, reading: Reading): Session {
  const page = readDocument(path) ?? '';
  const draft = createDraft('context-foundry', basename(path, '.md'), reading.kept);
  draft.session.id = /^Session: *(\S+)/m.exec(page)?.[1] ?? draft.session.id;
  const started = /PROGRESS_(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})/.exec(path);
  if (started !== null) {
    const [, year, month, day, hour, minute, second] = started;
    noteTime(draft, time(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`));
  }
  const all = /^Total Tokens: *([\d,]{1,20})/m.exec(page)?.[1];
  const percent = /^Current Context: *([\d.]{1,20})%/m.exec(page)?.[1];
  if (percent !== undefined) draft.session.contextRatios.push(Number(percent) / 100);
  if (all !== undefined) {
    const usage = inclusiveUsage({ input: Number(all.replaceAll(',', '')), output: 0 });
    // Input and output are one number here: no price can be put on it.
    addResponse(draft, response(`${draft.session.id}:page`, undefined, usage));
  }
  replacePlan(draft, readChecklist(page));
  return finishDraft(draft);
}
