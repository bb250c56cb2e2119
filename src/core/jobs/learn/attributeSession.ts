import { attribute } from '../../learning/attribute.ts';
import { AppError } from '../../model/errors.ts';
import { localized, verbatim } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { Attribution, CreditMethod, StepEvidence } from '../../model/learning.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { Watch } from '../../model/api/watch.ts';
import { readWhole } from '../sessions/readWhole.ts';
import type { SessionParts } from '../sessions/sessionLogs.ts';

/** @throws AppError `session-not-found` */
export async function attributeSession(
  parts: SessionParts & { readonly gate: SecretGate },
  request: { readonly name: string; readonly method: CreditMethod },
  watch: Watch,
): Promise<Attribution> {
  const sessions = await readWhole(parts, request.name, watch);
  const [longest, ...others] = [...sessions].sort((a, b) => b.steps.length - a.steps.length);
  if (longest === undefined) {
    throw new AppError('session-not-found', localized`there is no session or log ${request.name}`);
  }
  const found = attribute(longest, request.method);
  const fault = found.firstFault;
  const notes = [...found.notes];
  if (others.length > 0) {
    notes.push(localized`the log holds ${others.length + 1} sessions; this is ${longest.id}`);
  }
  if (fault === undefined) return { ...found, notes };
  const evidence = await Promise.all(fault.evidence.map((one) => withoutSecrets(one, parts.gate)));
  return { ...found, notes, firstFault: { ...fault, evidence } };
}

/** Evidence quotes what programs printed. */
async function withoutSecrets(evidence: StepEvidence, gate: SecretGate): Promise<StepEvidence> {
  const { text, found } = await gate.redact(evidence.what.text);
  const what: LocalizedText = found.length === 0 ? evidence.what : verbatim(text);
  return { ...evidence, what };
}
