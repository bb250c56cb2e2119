import type { Session, Step } from '../../model/sessions/session.ts';

/** A step as those see it who look for faults. */
export interface Act {
  /** Its place among the steps, from 0. */
  readonly step: number;
  readonly agent: string;
  /** Agents can be at fault; people and what runs their programs cannot. */
  readonly isAgent: boolean;
  readonly said: string;
  readonly hasCode: boolean;
}

/** A word of a protocol that ends a conversation, and nothing else. */
const BARE_END = /^[^a-z]*terminate[^a-z]*$/i;

export function actsOf({ agent, steps }: Session): readonly Act[] {
  return steps.map((step, at) => ({
    step: at,
    agent: step.subagent ?? (step.source === 'agent' ? agent : step.source),
    isAgent: step.source === 'agent' && !BARE_END.test(step.text.slice(0, 100)),
    said: step.text,
    hasCode: step.text.includes('```'),
  }));
}

/** Agents by name, without people and terminals. */
export function speakers({ steps }: Session): ReadonlySet<string> {
  return new Set(steps.flatMap((step) => (isSpoken(step) ? [step.subagent] : [])));
}

function isSpoken(step: Step): step is Step & { readonly subagent: string } {
  return step.source === 'agent' && step.subagent !== undefined;
}
