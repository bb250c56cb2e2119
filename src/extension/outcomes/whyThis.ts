import { l10n, window } from 'vscode';
import type { RecentLook } from '../../core/model/api/outcomes.ts';
import type { ImpressionId } from '../../core/model/outcomes/outcome.ts';
import type { Why } from '../../core/model/outcomes/why.ts';
import type { PatternId } from '../../core/model/pattern.ts';
import { displayed } from '../displayed.ts';
import { showInformation } from '../messages.ts';
import { asPlainLabel, asPlainMarkdown } from '../plainText.ts';
import type { Shell } from '../shell.ts';

const MOST_RECENT = 20;

/**
 * Why This?: why something was shown here last, and what became of it.
 *
 * @param id the pattern that is meant; the person chooses among all that was shown when absent
 */
export async function whyThis(
  { connection: { engine }, reports }: Shell,
  id: PatternId | undefined,
): Promise<void> {
  const impression =
    id === undefined
      ? await pickRecent(await engine.outcomes.recent(MOST_RECENT))
      : await engine.outcomes.latest(id);
  if (impression !== undefined) {
    const why = await engine.outcomes.why(impression);
    const title = `${l10n.t('Why This?')} (${nameOf(why)})`;
    await reports.show({ title, about: impression, text: toMarkdown(why) });
  } else if (id !== undefined) {
    void showInformation(l10n.t('This pattern has not been shown in this window yet.'));
  }
}

async function pickRecent(looks: readonly RecentLook[]): Promise<ImpressionId | undefined> {
  if (looks.length === 0) {
    void showInformation(l10n.t('Nothing has been shown in this window yet.'));
    return undefined;
  }
  const items = looks.map(({ impression, name }) => ({
    label: name === undefined ? l10n.t('Grey text') : asPlainLabel(name),
    description: [impression.surface, new Date(impression.at).toLocaleTimeString()].join(' · '),
    ...(impression.task !== null && { detail: asPlainLabel(impression.task) }),
    impression,
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Why This?'),
    placeHolder: l10n.t('What was shown last'),
  });
  return chosen?.impression.id;
}

function nameOf({ pattern }: Why): string {
  return pattern?.name ?? l10n.t('Grey text');
}

function toMarkdown(why: Why): string {
  const { impression, reasons, last, leftOut } = why;
  const outcomes = last.map(
    ({ outcomes: all, at }) =>
      `- ${new Date(at).toISOString().slice(0, 10)}: ${all.map(({ kind }) => kind).join(', ')}`,
  );
  return [
    `# ${l10n.t('Why This?')}`,
    '',
    `**${asPlainMarkdown(nameOf(why))}** (${impression.id})`,
    '',
    ...reasons.map((reason) => `- ${asPlainMarkdown(displayed(reason))}`),
    '',
    `## ${l10n.t('Last Outcomes')}`,
    '',
    ...(outcomes.length === 0 ? [l10n.t('Nothing is known yet.')] : outcomes),
    '',
    ...(leftOut.length === 0 ? [] : [`## ${l10n.t('Left Out')}`, '']),
    ...leftOut.map(
      ({ name, detail }) => `- ${asPlainMarkdown(name)}: ${asPlainMarkdown(displayed(detail))}`,
    ),
  ].join('\n');
}
