import type { LeftOutPattern } from '../../model/api/prompts.ts';
import { type LocalizedText, localized } from '../../model/localizedText.ts';
import type { LeftOutReason } from '../../model/outcomes/outcome.ts';
import type { Pattern } from '../../model/pattern.ts';

/** Why something that fits is in no prompt, for a person. */
export const REASON_TEXTS: Readonly<Record<LeftOutReason, LocalizedText>> = {
  instructs: localized`it looks like an instruction to a language model`,
  budget: localized`there was no room for it`,
  reverted: localized`the change was undone later`,
  gone: localized`the code it was read from is no longer there`,
  harmful: localized`tasks went worse with it; pattern-foundry effect shows by how much`,
  unsuccessful: localized`too few of its uses were successful`,
  contradicts: localized`it contradicts another one that fits better`,
  'held-out': localized`nothing is added to this task, to see what happens without it`,
  quarantined: localized`it was imported and nobody has accepted it yet`,
  unreadable: localized`it is by other people, and its comments cannot be told from its code`,
};

export function toLeftOut(
  { id, name }: Pattern,
  reason: Exclude<LeftOutReason, 'instructs'>,
): LeftOutPattern {
  return { id, name, reason, detail: REASON_TEXTS[reason], excerpt: '' };
}
