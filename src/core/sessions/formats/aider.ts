import { dirname } from 'node:path';
import type { Session } from '../../model/sessions/session.ts';
import {
  addMark,
  addResponse,
  addStep,
  createDraft,
  finishDraft,
  noteTime,
  skip,
} from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Reading, WholeFormat } from '../format.ts';
import { number, object, text, time } from '../reading/json.ts';
import type { JsonObject } from '../reading/json.ts';
import { wideHash } from '../reading/edits.ts';
import { readLines } from '../reading/lines.ts';
import { readRows } from '../reading/rows.ts';
import { inclusiveUsage, tokens } from '../usage.ts';
import { response } from './shared/response.ts';

/** Aider: `.aider.chat.history.md`, which holds one chat after another, or its analytics log. */
export const aider: WholeFormat = {
  kind: 'whole',
  agents: ['aider'],
  matches: ({ head, rows }) =>
    /^\s*# aider chat started at /m.test(head.slice(0, 4000)) || rows.some(isAnalytics),
  read: (path, reading) =>
    path.endsWith('.jsonl') ? [readAnalytics(path, reading)] : readHistory(path, reading),
};

function isAnalytics({ event, properties }: JsonObject): boolean {
  return (
    typeof event === 'string' &&
    typeof properties === 'object' &&
    /^(?:launched|message_send|cli session|exit|gui session)/.test(event)
  );
}

const STARTED = /^# aider chat started at (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})/;

function readHistory(path: string, reading: Reading): readonly Session[] {
  const drafts: Chat[] = [];
  for (const line of readLines(path)) {
    if ('fault' in line) {
      const last = drafts.at(-1);
      if (last !== undefined) skip(last.draft, line.fault);
      continue;
    }
    const [, day, hour] = STARTED.exec(line.text) ?? [];
    if (day !== undefined && hour !== undefined) {
      // Local time of a machine that is not told: taken as it stands.
      const at = time(`${day}T${hour}Z`);
      const twins = drafts.filter(({ draft }) =>
        draft.session.id.startsWith(`${day}T${hour}`),
      ).length;
      const draft = createDraft(
        'aider',
        twins === 0 ? `${day}T${hour}` : `${day}T${hour}-${twins + 1}`,
        reading.kept,
      );
      draft.session.folder = dirname(path);
      noteTime(draft, at);
      drafts.push({ draft, model: undefined, responses: 0, started: line.text, said: 0 });
    } else if (drafts.length > 0) readLine(drafts.at(-1), line.text);
  }
  // A chat that stands there again, word for word, is a copy.
  const once = new Map(
    drafts.map((chat) => [`${chat.started} ${chat.said}`, chat] as const).reverse(),
  );
  const kept = new Set(once.values());
  return drafts.filter((chat) => kept.has(chat)).map(({ draft }) => finishDraft(draft));
}

interface Chat {
  readonly draft: Draft;
  model: string | undefined;
  responses: number;
  readonly started: string;
  /** A number that stands for all its lines. */
  said: number;
}

const COUNTED =
  /^> Tokens: ([\d.,]+[kM]?) sent(?:, ([\d.,]+[kM]?) cache write)?(?:, ([\d.,]+[kM]?) cache hit)?, ([\d.,]+[kM]?) received\.?(?: Cost: \$([\d.,]+) (?:message|request))?/;

function readLine(chat: Chat | undefined, line: string): void {
  if (chat === undefined) return;
  const { draft } = chat;
  chat.said = wideHash(`${chat.said} ${line}`);
  if (line.startsWith('#### ')) {
    addStep(draft, { at: undefined, source: 'user', text: line.slice(5) });
    return;
  }
  if (!line.startsWith('>')) return;
  const model = /^> (?:Main )?[Mm]odel: ([^\s]+)/.exec(line)?.[1];
  if (model !== undefined) chat.model = model;
  const version = /^> Aider v([\w.]+)/i.exec(line)?.[1];
  if (version !== undefined) draft.session.agentVersion = version;
  const commit = /^> Commit ([0-9a-f]{7,40}) (.*)$/.exec(line);
  if (commit !== null) {
    addMark(draft, { kind: 'commit', at: undefined, text: commit[0].slice(2, 122), isGood: true });
  }
  const file = /^> Applied edit to (.+)$/.exec(line)?.[1];
  if (file !== undefined) noteEdit(draft, file);
  const counted = COUNTED.exec(line);
  if (counted !== null) noteUsage(chat, counted);
}

function noteEdit(draft: Draft, path: string): void {
  const id = `edit ${draft.steps.length}`;
  const call = { id, name: 'edit', edits: [{ path, before: '', after: '' }] };
  addStep(draft, { at: undefined, source: 'agent', text: '', calls: [call] });
}

/** Counts are rounded to a hundred from a thousand on, so they are no exact ones then. */
function noteUsage(chat: Chat, [line, sent, written, hit, received, cost]: RegExpExecArray): void {
  const { draft, model } = chat;
  chat.responses += 1;
  const usage = {
    ...{ input: toCount(sent), cacheRead: toCount(hit), cacheWrite: toCount(written) },
    ...{ cacheWrite1h: 0, output: toCount(received), reasoning: 0 },
  };
  const isRounded = /[kM] /.test(line);
  const key = `${draft.session.folder ?? ''}:${draft.session.id}:${chat.responses}`;
  addResponse(
    draft,
    response(key, model, usage, {
      certainty: isRounded ? 'guessed' : 'exact',
      loggedUsd: cost === undefined ? undefined : Number(cost.replaceAll(',', '')),
      contextTokens: usage.input + usage.cacheRead + usage.cacheWrite,
    }),
  );
}

function toCount(said: string | undefined): number {
  if (said === undefined) return 0;
  const factor = said.endsWith('k') ? 1000 : said.endsWith('M') ? 1e6 : 1;
  return Math.round(Number(said.replace(/[,kM]/g, '')) * factor) || 0;
}

function readAnalytics(path: string, reading: Reading): Session {
  const draft = createDraft('aider', 'analytics', reading.kept);
  readRows(path, {
    fault: (reason) => {
      skip(draft, reason);
    },
    row: (row) => {
      const at = time(row['time']);
      noteTime(draft, at);
      if (row['event'] !== 'message_send') return;
      const said = object(row['properties']);
      const usage = inclusiveUsage({
        input: tokens(said, 'prompt_tokens'),
        output: tokens(said, 'completion_tokens'),
      });
      const key = JSON.stringify([row['time'], said['prompt_tokens'], said['total_cost']]);
      addResponse(
        draft,
        response(key, text(said['main_model']), usage, { at, loggedUsd: number(said['cost']) }),
      );
    },
  });
  return finishDraft(draft);
}
