import { l10n } from 'vscode';
import type { SourceState } from '../../core/model/api/patterns.ts';

/** What is amiss with where a pattern is from; empty where nothing is. */
export function staleText(source: SourceState | null, reverted = false): readonly string[] {
  if (reverted) return [l10n.t('this change was undone later')];
  switch (source) {
    case 'gone':
      return [l10n.t('its source is gone')];
    case 'changed':
      return [l10n.t('its source has changed since')];
    case 'moved':
      return [l10n.t('its source has moved')];
    case 'unchanged':
    case null:
      return [];
  }
}
