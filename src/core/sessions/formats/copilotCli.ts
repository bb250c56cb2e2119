import { basename, dirname } from 'node:path';
import type { Session } from '../../model/sessions/session.ts';
import { addCompaction, addMark, addResponse, addStep, answerCall, createDraft } from '../draft.ts';
import { finishDraft, isNew, noteTime, skip } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Reading, RowFormat, RowReader } from '../format.ts';
import {
  list,
  nested,
  number,
  numberOf,
  object,
  plainText,
  text,
  textOf,
  time,
} from '../reading/json.ts';
import type { JsonObject } from '../reading/json.ts';
import { inclusiveUsage, tokens } from '../usage.ts';
import { anthropicCall } from './shared/anthropicTools.ts';
import { response } from './shared/response.ts';

/** Events of the Copilot CLI: `~/.copilot/session-state/<id>/events.jsonl`, or `<id>.jsonl`. */
export const copilotCli: RowFormat = {
  kind: 'rows',
  agents: ['copilot-cli'],
  matches: ({ rows }) =>
    rows.some(({ type, data }) => KNOWN.test(text(type) ?? '') && typeof data === 'object'),
  open: openEvents,
};

const KNOWN = /^(?:session|user|assistant|tool|subagent|hook|system|skill)\.[\w.]+$|^abort$/;

function openEvents(path: string, reading: Reading, former?: unknown): RowReader {
  const file = basename(path).replace(/\.jsonl$/, '');
  const id = file === 'events' ? basename(dirname(path)) : file;
  const draft = (former as Draft | undefined) ?? createDraft('copilot-cli', id, reading.kept);
  return {
    state: draft,
    row: (row) => {
      readEvent(draft, row);
    },
    fault: (reason) => {
      skip(draft, reason);
    },
    finish: () => [withoutGuesses(finishDraft(draft))],
  };
}

/** Only the end of a session tells all tokens; until then the answers tell what they wrote. */
function withoutGuesses(session: Session): Session {
  const whole = session.responses.filter(({ certainty }) => certainty === 'exact');
  return whole.length > 0 ? { ...session, responses: whole } : session;
}

function readEvent(draft: Draft, row: JsonObject): void {
  const at = time(row['timestamp']);
  noteTime(draft, at);
  const type = text(row['type']) ?? '';
  const read = EVENTS[type];
  if (read === undefined) {
    if (!KNOWN.test(type)) skip(draft, 'unknown type of row');
  } else if (isNew(draft, text(row['id']) ?? JSON.stringify(row))) {
    read(draft, object(row['data']), { at, id: text(row['id']) ?? `${at}` });
  }
}

interface Event {
  readonly at: number | undefined;
  readonly id: string;
}

type ReadEvent = (draft: Draft, data: JsonObject, event: Event) => void;

const EVENTS: Readonly<Record<string, ReadEvent>> = {
  'session.start': ({ session }, data) => {
    session.id = text(data['sessionId']) ?? session.id;
    session.agentVersion = text(data['copilotVersion']) ?? session.agentVersion;
    session.folder ??= text(object(data['context'])['cwd']);
  },
  'user.message': (draft, data, { at }) => {
    addStep(draft, { at, source: 'user', text: plainText(data['content']) });
  },
  'assistant.message': readAnswer,
  'tool.execution_start': (draft, data, { at }) => {
    const id = text(data['toolCallId']) ?? '';
    const call = anthropicCall(id, text(data['toolName']) ?? '', nested(data['arguments']));
    addStep(draft, { at, source: 'agent', text: '', calls: [call] });
  },
  'tool.execution_complete': (draft, data, { at }) => {
    const output = plainText(object(data['result'])['content']) || plainText(data['error']);
    const error = data['success'] === false ? 'tool' : undefined;
    const code = /<exited with exit code (\d{1,3})>/.exec(output)?.[1];
    const exitCode = code === undefined ? undefined : Number(code);
    answerCall(draft, text(data['toolCallId']) ?? '', { at, text: output, error, exitCode });
  },
  'session.truncation': (draft, data, { at, id }) => {
    addCompaction(draft, id, {
      ...{ at, trigger: 'truncation', tokensBefore: number(data['preTruncationTokensInMessages']) },
      tokensAfter: number(data['postTruncationTokensInMessages']),
    });
  },
  'session.compaction_complete': (draft, data, { at, id }) => {
    addCompaction(draft, id, {
      ...{ at, trigger: 'compaction' },
      tokensBefore: numberOf(data, 'preCompactionTokens'),
      tokensAfter: numberOf(data, 'postCompactionTokens'),
    });
  },
  'session.error': (draft, data, { at }) => {
    addMark(draft, {
      kind: 'api-error',
      at,
      text: text(data['message']) ?? 'error',
      isGood: undefined,
    });
  },
  abort: (draft, data, { at }) => {
    addMark(draft, {
      kind: 'interrupted',
      at,
      text: text(data['reason']) ?? 'aborted',
      isGood: false,
    });
  },
  'session.shutdown': readEnd,
};

function readAnswer(draft: Draft, data: JsonObject, { at, id }: Event): void {
  const requests = list(data['toolRequests']).map(object);
  const model = text(data['model']);
  addStep(draft, {
    ...{ at, source: 'agent', model, text: plainText(data['content']) },
    calls: requests.map((one) =>
      anthropicCall(
        textOf(one, 'toolCallId', 'id') ?? '',
        text(one['name']) ?? '',
        nested(one['arguments']),
      ),
    ),
  });
  const output = tokens(data, 'outputTokens');
  if (output === undefined || output === 0) return;
  const usage = inclusiveUsage({ input: 0, output });
  const key = `${draft.session.id}:${textOf(data, 'messageId') ?? id}`;
  addResponse(draft, response(key, model, usage, { at, certainty: 'lower-bound' }));
}

function readEnd(draft: Draft, data: JsonObject, { at, id }: Event): void {
  for (const [model, metrics] of Object.entries(object(data['modelMetrics']))) {
    const usage = object(object(metrics)['usage']);
    const counts = inclusiveUsage({
      input: numberOf(usage, 'inputTokens'),
      cacheRead: numberOf(usage, 'cacheReadTokens'),
      cacheWrite: numberOf(usage, 'cacheWriteTokens'),
      output: numberOf(usage, 'outputTokens'),
      reasoning: numberOf(usage, 'reasoningTokens'),
    });
    addResponse(draft, response(`${draft.session.id}:end ${id}:${model}`, model, counts, { at }));
  }
}
