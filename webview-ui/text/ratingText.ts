import { t } from '@vscode/l10n';
import type { RatingRecord } from '../../src/core/model/patternRow.ts';
import type { Rating } from '../../src/core/model/pattern.ts';

/** One line of the history of ratings. */
export interface RatingText {
  /** A filled thumb counts, an empty one no longer does. */
  readonly icon: string;
  readonly said: string;
  /** What became of it; `undefined` while it counts, and of what takes a rating back. */
  readonly fate: string | undefined;
}

export function describeRating({ rating, standing }: RatingRecord): RatingText {
  if (rating === null) {
    const said = t('Removed a rating that is not on record');
    return { icon: 'discard', said, fate: undefined };
  }
  switch (standing) {
    case 'inForce':
      return { icon: filledIcon(rating), said: nameRating(rating), fate: undefined };
    case 'replaced':
      return { icon: iconOf(rating), said: nameRating(rating), fate: t('replaced') };
    case 'takenBack':
      return { icon: iconOf(rating), said: nameRating(rating), fate: t('taken back') };
    case 'withdrawal':
      return { icon: 'discard', said: t('Removed {0} of 5', rating), fate: undefined };
  }
}

/** `undefined` for a rating that was given without one. */
export function describeRatingPlace({ session, task }: RatingRecord): string | undefined {
  if (task !== null && session !== null) return t('Task {0}, session {1}', task, session);
  if (task !== null) return t('Task {0}', task);
  return session === null ? undefined : t('Session {0}', session);
}

function nameRating(rating: Rating): string {
  return t('{0} of 5', rating);
}

function iconOf(rating: Rating): string {
  if (rating === 3) return 'circle';
  return rating > 3 ? 'thumbsup' : 'thumbsdown';
}

function filledIcon(rating: Rating): string {
  return `${iconOf(rating)}-filled`;
}
