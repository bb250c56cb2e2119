import { createHash } from 'node:crypto';
import { attribute } from '../../../learning/attribute.ts';
import { deedsOf, taskOf } from '../../../learning/lessons/deeds.ts';
import { recordedErrors } from '../../../learning/lessons/errorLessons.ts';
import { isAbstractable, type Drafted } from '../../../learning/lessons/abstractable.ts';
import { mendingStrategy } from '../../../learning/lessons/mendingStrategy.ts';
import { strategyText } from '../../../learning/lessons/strategy.ts';
import type { RecordedText, ExperienceEvent } from '../../../model/event.ts';
import type { CreditedDeed } from '../../../model/experience/recorded.ts';
import type { ProvenOutcome } from '../../../model/learning.ts';
import type { Session } from '../../../model/sessions/session.ts';
import type { Watch } from '../../../model/api/watch.ts';
import { alarmOf } from '../../../prompts/tripwire/tripwire.ts';
import { writtenCode } from '../abstraction/writtenCode.ts';
import { creditOf } from '../attributeSession.ts';
import type { LearnParts } from '../learnParts.ts';
import { provenOutcome } from '../provenOutcome.ts';
import { isModelFailure } from '../runChat.ts';
import { modelStrategy } from './modelStrategy.ts';

/** Raised when the same log is to be read anew because more is made of it. */
const VERSION = 8;

/** What one session teaches, before it is compared with others. */
export interface Study {
  readonly event: Omit<ExperienceEvent, 'project' | 'lessons'>;
  readonly strategy: RecordedText | undefined;
}

export function sessionName({ agent, id }: Pick<Session, 'agent' | 'id'>): string {
  return `${agent} ${id}`;
}

/** Names what a session is learned from; other settings learn it in another way. */
export function contentHashOf(session: Session, strategy: string, label: Label): string {
  const { agent, id, steps, marks } = session;
  return createHash('sha256')
    .update(JSON.stringify([VERSION, strategy, label, agent, id, steps, marks]))
    .digest('hex');
}

export type Label = ExperienceEvent['label'];

export interface StudyOptions {
  /** Templates of the strategies there are. */
  readonly known: readonly string[];
  /** What a person says of the outcome. */
  readonly label: Label;
  readonly watch: Watch;
}

export async function studySession(
  parts: LearnParts,
  session: Session,
  { known, label, watch }: StudyOptions,
): Promise<Study> {
  const { creditStrategy } = parts.config(session.folder).learning;
  const proven = provenOutcome(session, label ?? undefined);
  const { outcome } = proven;
  // Tests are run by hand only.
  const method = creditStrategy === 'counterfactual' ? 'heuristic' : creditStrategy;
  const { credit } = await creditOf(parts, session, {
    ...{ method, trial: undefined, like: [], outcome, watch },
  });
  const found = attribute(session, credit, proven);
  const task = taskOf(session);
  const deeds = deedsOf(session, found.contributions);
  const errors = recordedErrors(session);
  const drafted = await draftStrategy(parts, session, { deeds, outcome, watch });
  const judged = isAbstractable(drafted, { outcome, known });
  const strategy =
    judged.isAbstractable && drafted.strategy !== undefined
      ? strategyText(drafted.strategy)
      : undefined;
  const isHarmless = strategy === undefined || alarmOf(strategy.code) === undefined;
  return {
    event: {
      ...{ type: 'experience', session: sessionName(session) },
      contentHash: contentHashOf(session, creditStrategy, label),
      ...{ task, outcome, label, method: found.method, deeds, errors, pruned: null },
      endedAt: session.times.at(-1) ?? null,
      steps: session.steps.length,
      code: outcome === 'success' ? await writtenCode(parts.assetsDir, session) : [],
      reasons: isHarmless ? judged.reasons : ['holds text that instructs a model'],
    },
    strategy: isHarmless ? strategy : undefined,
  };
}

interface Studied {
  readonly deeds: readonly CreditedDeed[];
  readonly outcome: ProvenOutcome;
  readonly watch: Watch;
}

/** By a model where it may be asked, whose every claim must name a step that got credit; else by what mended an error. */
async function draftStrategy(
  parts: LearnParts,
  session: Session,
  { deeds, outcome, watch }: Studied,
): Promise<Drafted> {
  const own = mendingStrategy(session, deeds);
  const credited = deeds.filter(({ share }) => share > 0).map(({ step }) => step);
  if (outcome !== 'success' || credited.length === 0) return own;
  const chat = await parts.chat('learning');
  if ('why' in chat) return own;
  try {
    return { strategy: await modelStrategy(chat.model, session, credited, watch) };
  } catch (error) {
    if (!isModelFailure(error)) throw error;
    return own;
  }
}
