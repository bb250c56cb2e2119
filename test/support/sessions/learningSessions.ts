import {
  addMark,
  addStep,
  answerCall,
  createDraft,
  finishDraft,
  WHOLE,
} from '../../../src/core/sessions/draft.ts';
import type { Session } from '../../../src/core/model/sessions/session.ts';

/** A command of an agent and what came back, as `[command, output, exit code]`. */
export type Ran = readonly [command: string, output: string, exitCode?: number];

/** A session of one agent that ran commands, one a step. */
export function commandSession(id: string, commands: readonly Ran[], resolved?: boolean): Session {
  const draft = createDraft('mini-swe-agent', id, WHOLE);
  for (const [at, [command, output, exitCode = 0]] of commands.entries()) {
    const call = `${id} ${at}`;
    const calls = [{ id: call, name: 'bash', command }];
    addStep(draft, { at: undefined, source: 'agent', text: `step ${at}`, calls });
    answerCall(draft, call, { at: undefined, text: output, exitCode });
  }
  if (resolved !== undefined) {
    addMark(draft, { kind: 'label', at: undefined, text: 'label', isGood: resolved });
  }
  return finishDraft(draft);
}

/** A conversation of several agents, as `[who, what]`; whom they speak to stands behind an arrow. */
export function chatSession(messages: readonly (readonly [who: string, what: string])[]): Session {
  const draft = createDraft('team-chat', 'chat', WHOLE);
  for (const [at, [who, text]] of messages.entries()) {
    const [speaker = '', to] = who.split(' -> ');
    const calls = to === undefined ? [] : [{ id: `${at}`, name: to }];
    const source = speaker === 'user' ? 'user' : speaker === 'terminal' ? 'system' : 'agent';
    addStep(draft, { at: undefined, source, text, subagent: speaker, calls });
  }
  addMark(draft, { kind: 'label', at: undefined, text: 'answer wrong', isGood: false });
  return finishDraft(draft);
}
