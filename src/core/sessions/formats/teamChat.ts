import { basename } from 'node:path';
import { addMark, addStep, createDraft, finishDraft, skip } from '../draft.ts';
import type { CallSketch, Draft } from '../draft.ts';
import type { WholeFormat } from '../format.ts';
import { readJson } from '../reading/document.ts';
import { isObject, list, object, plainText, text } from '../reading/json.ts';
import type { Json, JsonObject } from '../reading/json.ts';

/**
 * A conversation of several agents as one document, as AutoGen, Magentic-One and the data set
 * "Who&When" write them: `history` is a list of `{content, role, name?}`. Each message is a step, so
 * that the place of a step is the place of its message.
 */
export const teamChat: WholeFormat = {
  kind: 'whole',
  agents: ['team-chat'],
  matches: ({ rows, head }) =>
    rows.some(({ history }) => list(history).some(isMessage)) ||
    /"history"\s{0,20}:\s{0,20}\[\s{0,40}\{\s{0,40}"(?:content|role|name)"\s{0,20}:/.test(head),
  read: (path, reading) => {
    const { value, fault } = readJson(path);
    const chat = object(value);
    const draft = createDraft('team-chat', basename(path).replace(/\.json$/, ''), reading.kept);
    if (fault !== undefined) skip(draft, fault);
    draft.session.title = text(chat['question']);
    for (const [at, message] of list(chat['history']).entries()) {
      if (isMessage(message)) readMessage(draft, message, at);
      else skip(draft, 'no message');
    }
    readLabel(draft, chat);
    return [finishDraft(draft)];
  },
};

function isMessage(value: Json): value is JsonObject {
  return isObject(value) && 'content' in value && ('role' in value || 'name' in value);
}

/** `Orchestrator (-> WebSurfer)`: who speaks, and to whom or how. */
const SPEAKER = /^([^()]{1,200}?)\s*(?:\((?:->\s*)?([^()]{0,200})\))?$/;
/** What runs programs and says nothing of its own. */
const TERMINAL = /^(?:computer[_ ]?terminal|code[_ ]?executor|executor)$/i;

function readMessage(draft: Draft, message: JsonObject, at: number): void {
  const said = text(message['name']) ?? text(message['role']) ?? '';
  const [, speaker = said, addressee] = SPEAKER.exec(said.trim()) ?? [];
  const isAddressed = said.includes('->') && addressee !== undefined;
  const calls: readonly CallSketch[] = isAddressed ? [{ id: `step ${at}`, name: addressee }] : [];
  addStep(draft, {
    at: undefined,
    source: sourceOf(speaker),
    // A message without words keeps its place.
    text: plainText(message['content']).trim() || '(empty)',
    subagent: speaker,
    calls,
  });
}

function sourceOf(speaker: string): 'user' | 'agent' | 'system' {
  if (TERMINAL.test(speaker)) return 'system';
  return /^(?:human|user)$/i.test(speaker) ? 'user' : 'agent';
}

/** Only what somebody else judged: a conversation that ended has not succeeded by that. */
function readLabel(draft: Draft, chat: JsonObject): void {
  const judged = chat['is_correct'] ?? chat['is_corrected'];
  if (typeof judged !== 'boolean') return;
  const words = judged ? 'answer correct' : 'answer wrong';
  addMark(draft, { kind: 'label', at: undefined, text: words, isGood: judged });
}
