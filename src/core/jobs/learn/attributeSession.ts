import { attribute, type ToldCredit } from '../../learning/attribute.ts';
import { pairedCredit } from '../../learning/credit/matchedPairs.ts';
import { AppError } from '../../model/errors.ts';
import { localized, verbatim } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { AttributeRequest, TrialOrder } from '../../model/api/learning.ts';
import type {
  Attribution,
  CreditMethod,
  ProvenOutcome,
  StepEvidence,
} from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import type { Watch } from '../../model/api/watch.ts';
import { readWhole } from '../sessions/readWhole.ts';
import type { TrialRequest } from '../trials/openTrials.ts';
import { trialOf } from '../trials/trialOf.ts';
import { modelCredit } from './credit/modelCredit.ts';
import { replayedCredit } from './credit/replayedCredit.ts';
import type { LearnParts } from './learnParts.ts';
import { provenOutcome } from './provenOutcome.ts';
import { isModelFailure } from './runChat.ts';

/** @throws AppError `session-not-found`, `folder-not-trusted`, `bad-argument`, `git-failed` */
export async function attributeSession(
  parts: LearnParts,
  name: string,
  request: AttributeRequest,
  watch: Watch,
): Promise<Attribution> {
  const sessions = await readWhole(parts, name, watch);
  const [longest, ...others] = [...sessions].sort((a, b) => b.steps.length - a.steps.length);
  if (longest === undefined) {
    throw new AppError('session-not-found', localized`there is no session or log ${name}`);
  }
  const proven = provenOutcome(longest);
  const method = request.method ?? parts.config(longest.folder).learning.creditStrategy;
  const { credit, notes: creditNotes } = await creditOf(parts, longest, {
    ...{ method, trial: request.trial, like: request.like ?? [], outcome: proven.outcome, watch },
  });
  const found = attribute(longest, credit, proven);
  const notes = [...found.notes, ...proven.notes, ...creditNotes];
  if (others.length > 0) {
    notes.push(localized`the log holds ${others.length + 1} sessions; this is ${longest.id}`);
  }
  return { ...(await withoutSecrets(found, parts)), notes };
}

interface Wanted {
  readonly method: CreditMethod;
  readonly trial: TrialOrder | undefined;
  /** Names of sessions. */
  readonly like: readonly string[];
  readonly outcome: ProvenOutcome;
  readonly watch: Watch;
}

interface Found {
  readonly credit: 'heuristic' | 'simple' | ToldCredit;
  readonly notes: readonly LocalizedText[];
}

/** Credit by the method that is wanted, or by the next best, which says so. */
export async function creditOf(
  parts: LearnParts,
  session: Session,
  wanted: Wanted,
): Promise<Found> {
  const { method, outcome, watch } = wanted;
  if (method === 'simple' || method === 'heuristic') return { credit: method, notes: [] };
  if (method === 'counterfactual') return replayOrPair(parts, session, wanted);
  const chat = await parts.chat('learning');
  if ('why' in chat) {
    return { credit: 'heuristic', notes: [localized`heuristic stands in: ${chat.why}`] };
  }
  try {
    return { credit: await modelCredit(chat.model, session, outcome, watch), notes: [] };
  } catch (error) {
    if (!isModelFailure(error)) throw error;
    const why = error.localizedMessage;
    return { credit: 'heuristic', notes: [localized`heuristic stands in: ${why}`] };
  }
}

async function replayOrPair(
  parts: LearnParts,
  session: Session,
  { trial, like: likeNames, watch }: Wanted,
): Promise<Found> {
  const notes: LocalizedText[] = [];
  if (trial === undefined) {
    notes.push(localized`nothing was replayed: no folder was named whose tests could run`);
  } else {
    const replayed = await replayedCredit(session, {
      ...(await orderOf(parts, trial)),
      signal: watch.signal,
    });
    if (replayed.credit !== undefined) return { credit: replayed.credit, notes: replayed.notes };
    notes.push(...replayed.notes);
  }
  const like: Session[] = [];
  for (const other of likeNames) like.push(...(await readWhole(parts, other, watch)));
  const { contributions, compared } = pairedCredit(session, like);
  notes.push(localized`estimated from ${compared} like sessions whose outcome is known`);
  return { credit: { method: 'matched-pairs', contributions }, notes };
}

/** What runs where, as it is also shown before. */
export function orderOf(
  { env, gate, derived, config }: LearnParts,
  order: TrialOrder,
): Promise<Omit<TrialRequest, 'signal'>> {
  const { testCommand } = config(order.folder).learning;
  return trialOf({ env, gate, derived, configured: testCommand }, order);
}

/** Deeds name files and programs, and evidence quotes what programs printed. */
export async function withoutSecrets(
  found: Attribution,
  { gate }: Pick<LearnParts, 'gate'>,
): Promise<Attribution> {
  const redacted = async (text: string): Promise<string> => (await gate.redact(text)).text;
  const steps = await Promise.all(
    found.steps.map(async (one) => ({ ...one, what: await redacted(one.what) })),
  );
  const { firstFault } = found;
  if (firstFault === undefined) return { ...found, steps };
  const evidence = await Promise.all(
    firstFault.evidence.map(async (one): Promise<StepEvidence> => {
      const text = await redacted(one.what.text);
      return { ...one, what: text === one.what.text ? one.what : verbatim(text) };
    }),
  );
  const what = await redacted(firstFault.what);
  return { ...found, steps, firstFault: { ...firstFault, what, evidence } };
}
