import type { TeamSync } from '../../core/model/api/team.ts';
import { AppError } from '../../core/model/errors.ts';
import type { Translator } from '../../protocol/figureText.ts';

/** `Team: 3 new, 2 sent` or `Team: up to date`. */
export function describeSync(
  { received, sent, told }: Pick<TeamSync, 'received' | 'sent' | 'told'>,
  l10n: Translator,
): string {
  const parts = [
    ...(received > 0 ? [l10n.t('{0} new', String(received))] : []),
    ...(sent + told > 0 ? [l10n.t('{0} sent', String(sent + told))] : []),
  ];
  return l10n.t('Team: {0}', parts.length > 0 ? parts.join(', ') : l10n.t('up to date'));
}

/** Why the last sync did not end well, in a few words. */
export function describeTrouble(error: unknown, l10n: Translator): string {
  const code = error instanceof AppError ? error.code : undefined;
  if (code === 'team-unreachable') return l10n.t('Team: not reached');
  if (code === 'team-refused') return l10n.t('Team: key refused');
  return code === 'team-key-needed' ? l10n.t('Team: key needed') : l10n.t('Team: not synced');
}
