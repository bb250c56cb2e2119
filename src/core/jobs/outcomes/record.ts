import type { OutcomeDraft } from '../../model/api/outcomes.ts';
import { AppError } from '../../model/errors.ts';
import type { OutcomeEvent } from '../../model/event.ts';
import { localized } from '../../model/localizedText.ts';
import {
  questionOf,
  type Impression,
  type ImpressionId,
  type UseKind,
} from '../../model/outcomes/outcome.ts';
import type { Library, PersonId } from '../../model/ports/library.ts';
import type { ImpressionRecord } from '../../model/ports/libraryOutcomes.ts';
import { found, ratePattern } from '../curate/curate.ts';
import type { Showings } from './showings.ts';

export interface RecordParts {
  readonly library: Library;
  readonly showings: Showings;
}

/** See `OutcomesApi.record`. */
export async function recordOutcome(
  { library, showings }: RecordParts,
  id: ImpressionId,
  outcome: OutcomeDraft,
): Promise<ImpressionRecord> {
  const { kind, share } = outcome;
  if (!isRatio(share ?? 0)) {
    throw new AppError('bad-argument', localized`a share is a number from 0 to 1`);
  }
  const by = await library.introduce();
  await showings.flush();
  const shown = knownImpression(library, id);
  if ((kind === 'up' || kind === 'down') && shown.pattern !== null) {
    await ratePattern(library, shown.pattern, {
      rating: kind === 'up' ? 5 : 1,
      ...(shown.session !== null && { session: shown.session }),
      ...(shown.task !== null && { task: shown.task }),
    });
  }
  const isOfTask = questionOf(kind) === 'task';
  const meant = isOfTask ? library.outcomes.ofLook(shown.look) : [shown];
  const news = meant.filter((one) => !isTold(one, outcome));
  await library.record(news.map((one) => toEvent(one, outcome, by)));
  return knownImpression(library, id);
}

function isRatio(value: number): boolean {
  return value >= 0 && value <= 1;
}

/** See `OutcomesApi.recordUse`. */
export async function recordUse(
  parts: RecordParts,
  pattern: string,
  use: UseKind,
): Promise<ImpressionId> {
  const { library, showings } = parts;
  const { id } = found(library, pattern);
  await showings.flush();
  const shown = library.outcomes.impression(showings.latest(id) ?? '');
  const isFree = shown !== undefined && !shown.outcomes.some(({ kind }) => kind === 'accepted');
  const [impression = ''] = isFree
    ? [shown.id]
    : await showings.show({ surface: 'list', shown: [{ pattern: id }] }, undefined);
  await recordOutcome(parts, impression, { kind: 'accepted', use });
  return impression;
}

export function knownImpression(library: Library, id: ImpressionId): ImpressionRecord {
  const impression = library.outcomes.impression(id);
  if (impression !== undefined) return impression;
  throw new AppError(
    'impression-not-found',
    localized`there is no impression ${id}, or nothing came of it and it was folded to a count`,
  );
}

/** The last that was told on the same question says the same. */
function isTold({ outcomes }: ImpressionRecord, { kind, share, use }: OutcomeDraft): boolean {
  const last = outcomes.findLast((one) => questionOf(one.kind) === questionOf(kind));
  return last?.kind === kind && last.share === (share ?? null) && last.use === (use ?? null);
}

export function toEvent(
  shown: Impression,
  { kind, share = null, use = null }: OutcomeDraft,
  by: PersonId,
): OutcomeEvent {
  const { id, look, pattern, version, surface, project, session, task } = shown;
  const { at, chance, estimate, held, arm, tokens } = shown;
  return {
    type: 'outcome',
    impression: {
      ...{
        id,
        look,
        pattern,
        version,
        surface,
        project,
        session,
        task,
        at,
        chance,
        estimate,
        held,
        arm,
        tokens,
      },
    },
    ...{ kind, share, use, by },
  };
}
