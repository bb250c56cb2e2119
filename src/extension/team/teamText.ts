import type { TeamShared, TeamSync } from '../../core/model/api/team.ts';
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
  if (code === 'team-unreachable') return l10n.t('Team: unreachable');
  if (code === 'team-refused') return l10n.t('Team: key refused');
  return code === 'team-key-needed' ? l10n.t('Team: key needed') : l10n.t('Team: not synced');
}

/** How a pattern fared, and when it was shared, which a narrow view may cut. */
export function fareText(
  { shared_at, helpful, votes, good_outcomes, outcomes }: TeamShared,
  l10n: Translator,
): string {
  return [
    votes === 0
      ? l10n.t('no votes')
      : l10n.t('helpful to {0} of {1}', String(helpful), String(votes)),
    ...(outcomes === 0
      ? []
      : [l10n.t('worked {0} of {1} times', String(good_outcomes), String(outcomes))]),
    shared_at.slice(0, 10),
  ].join(' · ');
}

/** Patterns that stand under one heading. */
export interface SharedGroup {
  readonly name: string;
  readonly isWaiting: boolean;
  readonly shared: readonly TeamShared[];
}

/** What waits first, then by person, own ones last; in each the order is kept. */
export function groupShared(all: readonly TeamShared[], l10n: Translator): readonly SharedGroup[] {
  const waits = ({ waiting, offer }: TeamShared): boolean => waiting || offer !== null;
  const people = new Map<string, TeamShared[]>();
  for (const one of all.filter((other) => !waits(other) && !other.own)) {
    people.set(one.author, [...(people.get(one.author) ?? []), one]);
  }
  return [
    { name: l10n.t('To Be Reviewed'), isWaiting: true, shared: all.filter(waits) },
    ...[...people].map(([name, shared]) => ({ name, isWaiting: false, shared })),
    { name: l10n.t('You'), isWaiting: false, shared: all.filter(({ own }) => own) },
  ].filter(({ shared }) => shared.length > 0);
}
