import { l10n } from 'vscode';
import type { Why } from '../../core/model/outcomes/why.ts';
import type { PatternId } from '../../core/model/pattern.ts';
import { displayed } from '../displayed.ts';
import { showInformation } from '../messages.ts';
import { asPlainMarkdown } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { openReport } from './openReport.ts';

/** Why This?: why a pattern was shown here last, and what became of it. */
export async function whyThis({ connection: { engine } }: Shell, id: PatternId): Promise<void> {
  const impression = await engine.outcomes.latest(id);
  if (impression === undefined) {
    void showInformation(l10n.t('This pattern was not shown in this window yet.'));
    return;
  }
  await openReport(toMarkdown(await engine.outcomes.why(impression)));
}

function toMarkdown({ impression, pattern, reasons, last }: Why): string {
  const outcomes = last.map(
    ({ outcomes: all, at }) =>
      `- ${new Date(at).toISOString().slice(0, 10)}: ${all.map(({ kind }) => kind).join(', ')}`,
  );
  return [
    `# ${l10n.t('Why This?')}`,
    '',
    `**${asPlainMarkdown(pattern?.name ?? '')}** (${impression.id})`,
    '',
    ...reasons.map((reason) => `- ${asPlainMarkdown(displayed(reason))}`),
    '',
    `## ${l10n.t('Last Outcomes')}`,
    '',
    ...(outcomes.length === 0 ? [l10n.t('Nothing is known yet.')] : outcomes),
    '',
  ].join('\n');
}
