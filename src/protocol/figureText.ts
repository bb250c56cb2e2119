import type { Exactness, LastingReport } from '../core/model/sessions/sessionReport.ts';

/** Translates as VS Code does, for itself and for its pages. */
export interface Translator {
  readonly t: (message: string, ...values: string[]) => string;
}

/** A figure with what it stands for where it is not exact. */
export function figureText(figure: string, exactness: Exactness, l10n: Translator): string {
  if (exactness === 'lower-bound') return l10n.t('at least {0}', figure);
  return exactness === 'estimate' ? l10n.t('about {0}', figure) : figure;
}

/** The dollars of a session, or why there are none. */
export function costText(
  { costUsd, exactness, unpriced }: Pick<LastingReport, 'costUsd' | 'exactness' | 'unpriced'>,
  l10n: Translator,
): string {
  if (costUsd === null) return unpriced.length > 0 ? l10n.t('unpriced') : '–';
  return figureText(`$${costUsd.toFixed(2)}`, exactness.costUsd, l10n);
}
