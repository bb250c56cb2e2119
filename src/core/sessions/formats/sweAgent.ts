import fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Session } from '../../model/sessions/session.ts';
import {
  addMark,
  addResponse,
  addStep,
  answerCall,
  createDraft,
  finishDraft,
  skip,
} from '../draft.ts';
import type { Draft } from '../draft.ts';
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
  time,
} from '../reading/json.ts';
import type { Json, JsonObject } from '../reading/json.ts';
import { inclusiveUsage } from '../usage.ts';
import { paid, response } from './shared/response.ts';

/** Trajectories of SWE-agent (`.traj`) and of mini-swe-agent (`.traj.json`), packed or not. */
export const sweAgent: WholeFormat = {
  kind: 'whole',
  agents: ['swe-agent', 'mini-swe-agent'],
  matches: ({ path, rows, head }) =>
    /\.traj(?:\.json)?(?:\.gz)?$/.test(path) && (rows.length > 0 || /^\s*[[{]/.test(head)),
  files: (path) => [path, reportOf(path)],
  read: (path, reading) => [
    /\.traj\.json(?:\.gz)?$/.test(path) ? readMini(path, reading) : readRun(path, reading),
  ],
};

function nameOf(path: string): string {
  return basename(path).replace(/\.traj(?:\.json)?(?:\.gz)?$/, '');
}

function reportOf(path: string): string {
  return join(dirname(path), 'report.json');
}

function openRun(path: string, draft: Draft): Json {
  const { value, fault } = readJson(path);
  if (fault !== undefined) skip(draft, fault);
  return value;
}

function readRun(path: string, reading: Reading): Session {
  const draft = createDraft('swe-agent', nameOf(path), reading.kept);
  const run = object(openRun(path, draft));
  const steps = list(run['trajectory']).map(object);
  for (const [at, step] of steps.entries()) readStep(draft, step, at);
  if (steps.length === 0) readMessages(draft, list(run['history']));
  readEnd(draft, object(run['info']));
  readLabel(draft, path);
  return finishDraft(draft);
}

function readStep(draft: Draft, step: JsonObject, at: number): void {
  const command = text(step['action'])?.trim();
  const id = `step ${at}`;
  addStep(draft, {
    ...{
      at: undefined,
      source: 'agent',
      text: text(step['thought']) ?? text(step['response']) ?? '',
    },
    calls: command === undefined ? [] : [{ id, name: 'bash', command }],
  });
  answerCall(draft, id, { at: undefined, text: plainText(step['observation']) });
}

function readMessages(draft: Draft, messages: readonly Json[]): void {
  let last: string | undefined;
  for (const [at, message] of messages.map(object).entries()) {
    const said = plainText(message['content']);
    if (message['role'] !== 'assistant') {
      if (last !== undefined) answerCall(draft, last, { at: undefined, ...toAnswer(said) });
      else if (message['role'] === 'user') {
        addStep(draft, { at: undefined, source: 'user', text: said });
      }
      last = undefined;
      continue;
    }
    const command = commandOf(message, said);
    last = command === undefined ? undefined : `step ${at}`;
    const calls = last === undefined ? [] : [{ id: last, name: 'bash', command }];
    addStep(draft, {
      at: time(object(message['extra'])['timestamp']),
      source: 'agent',
      text: said,
      calls,
    });
  }
}

function commandOf(message: JsonObject, said: string): string | undefined {
  const actions = list(object(message['extra'])['actions']).map(object);
  const told = actions
    .map((action) => text(action['command']))
    .find((command) => command !== undefined);
  const block = /```(?:mswea_)?(?:bash|sh)[^\n]*\n([\s\S]*?)\n?```/.exec(
    said.slice(0, 50_000),
  )?.[1];
  return told ?? block?.trim() ?? text(message['action']);
}

function toAnswer(said: string): { readonly text: string; readonly exitCode?: number } {
  const [tag, code] = /<returncode>\s*(-?\d{1,4})\s*<\/returncode>/.exec(said) ?? [];
  if (tag === undefined) return { text: said };
  const output = said.replace(tag, '').replace(/^\s*<output>\n?/, '');
  return { text: output.replace(/\n?<\/output>\s*$/, ''), exitCode: Number(code) };
}

function readMini(path: string, reading: Reading): Session {
  const draft = createDraft('mini-swe-agent', nameOf(path), reading.kept);
  const run = openRun(path, draft);
  readMessages(draft, Array.isArray(run) ? run : list(object(run)['messages']));
  const info = object(object(run)['info']);
  draft.session.agentVersion = text(info['mini_version']);
  readEnd(draft, info);
  readLabel(draft, path);
  return finishDraft(draft);
}

/** That a run was submitted says nothing of whether it solved anything. */
function readEnd(draft: Draft, info: JsonObject): void {
  draft.session.agentVersion ??= text(info['swe_agent_version']);
  const status = text(info['exit_status']);
  if (status !== undefined) {
    const isCutShort = !/^submitted$/i.test(status);
    addMark(draft, {
      kind: 'exit-status',
      at: undefined,
      text: status,
      isGood: isCutShort ? false : undefined,
    });
  }
  const config = object(object(info['config'])['model']);
  const stats = object(info['model_stats']);
  const usage = inclusiveUsage({
    input: numberOf(stats, 'tokens_sent'),
    output: numberOf(stats, 'tokens_received'),
  });
  const loggedUsd = paid(number(stats['instance_cost']));
  if (usage.input + usage.output === 0 && loggedUsd === undefined) return;
  addResponse(
    draft,
    response(`${draft.session.id}:all`, text(config['model_name']), usage, { loggedUsd }),
  );
}

/** What the tests of the benchmark said, which is written beside the run. */
function readLabel(draft: Draft, path: string): void {
  if (!fs.existsSync(reportOf(path))) return;
  const report = object(readJson(reportOf(path)).value);
  const own = isObject(report[draft.session.id]) ? report[draft.session.id] : report;
  const { resolved } = object(own);
  if (typeof resolved !== 'boolean') return;
  const words = resolved ? 'resolved' : 'not resolved';
  addMark(draft, { kind: 'label', at: undefined, text: words, isGood: resolved });
}
