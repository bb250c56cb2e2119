import { l10n, QuickPickItemKind, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { Engine } from '../../../core/model/engine.ts';
import { AppError } from '../../../core/model/errors.ts';
import { localized } from '../../../core/model/localizedText.ts';
import type { PatternId, Rating } from '../../../core/model/pattern.ts';
import { isThumb, rateByThumb } from '../../../core/model/patternRow.ts';
import { showInformation } from '../../messages.ts';

/** A choice; without a rating it takes the rating back. */
interface RatingItem extends QuickPickItem {
  readonly rating?: Rating;
}

/** Asks what a pattern was worth and says so once it is on disk. */
export async function ratePattern(engine: Engine, id: PatternId): Promise<void> {
  const detail = await engine.patterns.detail(id);
  if (detail === undefined) {
    throw new AppError('pattern-not-found', localized`there is no pattern ${id}`);
  }
  const { pattern, row } = detail;
  const { thumbs } = row;
  const item = await window.showQuickPick(toItems(thumbs.own), {
    title: l10n.t('Rate “{0}”', pattern.name),
    // Who types 4 means the 4.
    matchOnDescription: true,
    placeHolder:
      thumbs.own === null ? l10n.t('Did it help?') : l10n.t('Your rating is {0} of 5.', thumbs.own),
  });
  if (item === undefined) return;
  const rating = ratingOf(item, thumbs.own);
  await engine.curate.rate(id, rating, {});
  const saved =
    rating === undefined
      ? l10n.t('Your rating of “{0}” was removed.', pattern.name)
      : l10n.t('Your rating of “{0}” was saved.', pattern.name);
  void showInformation(saved);
}

/** `undefined` takes the rating back. */
function ratingOf({ rating }: RatingItem, own: Rating | null): Rating | undefined {
  const isThumbItem = rating === 5 || rating === 1;
  return isThumbItem ? (rateByThumb(own, rating) ?? undefined) : rating;
}

function toItems(own: Rating | null): readonly RatingItem[] {
  const ratings: readonly RatingItem[] = [
    {
      label: isThumb(own, 5)
        ? l10n.t('$(thumbsup-filled) Thumbs up: take back')
        : l10n.t('$(thumbsup) Thumbs up'),
      description: '5',
      rating: 5,
    },
    {
      label: isThumb(own, 1)
        ? l10n.t('$(thumbsdown-filled) Thumbs down: take back')
        : l10n.t('$(thumbsdown) Thumbs down'),
      description: '1',
      rating: 1,
    },
    { label: l10n.t('Finer'), kind: QuickPickItemKind.Separator },
    { label: '$(star-full)$(star-full)', description: l10n.t('2: of little use'), rating: 2 },
    { label: '$(star-full)$(star-full)$(star-full)', description: l10n.t('3: so-so'), rating: 3 },
    {
      label: '$(star-full)$(star-full)$(star-full)$(star-full)',
      description: l10n.t('4: helped'),
      rating: 4,
    },
  ];
  if (own === null) return ratings;
  return [...ratings, { label: l10n.t('$(discard) Remove my rating') }];
}
