import { l10n, ThemeIcon } from 'vscode';
import type { QuickInputButton, QuickPickItem } from 'vscode';
import type { PatternRow } from '../../../core/model/patternRow.ts';
import { nameLanguage } from '../../../core/model/sourceFile/languageName.ts';
import { KIND_ICONS } from '../../../protocol/kindIcons.ts';
import { formatNumber } from '../../formatNumber.ts';
import { asPlainLabel } from '../../plainText.ts';

/** What a quick pick tells of a pattern. */
export type OfferedPattern = Pick<
  PatternRow,
  'id' | 'kind' | 'name' | 'language' | 'description' | 'support' | 'ratingCount' | 'successRate'
>;

export interface PatternItem extends QuickPickItem {
  /** `undefined` for the item that leads to everything found. */
  readonly offered: OfferedPattern | undefined;
}

/** Leads on where a list shows only the best. */
export function toMoreItem(total: number): PatternItem {
  return {
    offered: undefined,
    label: l10n.t('Show all {0} in the browser', formatNumber(total)),
    iconPath: new ThemeIcon('list-unordered'),
    alwaysShow: true,
  };
}

/** Shown whatever was typed: hits by meaning hold none of its words. */
export function toPatternItem(
  offered: OfferedPattern,
  buttons: readonly QuickInputButton[],
): PatternItem {
  const { name, language, description, support } = offered;
  const places = support === 1 ? l10n.t('1 place') : l10n.t('{0} places', support);
  const facts = [
    ...(language === null ? [] : [nameLanguage(language)]),
    places,
    ...successOf(offered),
  ];
  return {
    offered,
    label: asPlainLabel(name),
    description: facts.join(' · '),
    detail: asPlainLabel(description),
    iconPath: new ThemeIcon(KIND_ICONS[offered.kind]),
    buttons,
    alwaysShow: true,
  };
}

/** How it served, as one sentence; empty where nobody rated it. */
export function successOf({
  ratingCount,
  successRate,
}: Pick<OfferedPattern, 'ratingCount' | 'successRate'>): readonly string[] {
  if (ratingCount === 0) return [];
  const percent = Math.round(successRate.mean * 100);
  return [
    ratingCount === 1
      ? l10n.t('success {0} % (1 rating)', percent)
      : l10n.t('success {0} % ({1} ratings)', percent, ratingCount),
  ];
}
