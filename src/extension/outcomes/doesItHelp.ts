import { l10n } from 'vscode';
import type { Comparison, Cost, Effect, EffectReport } from '../../core/model/outcomes/effect.ts';
import { asPlainMarkdown } from '../plainText.ts';
import type { Shell } from '../shell.ts';

/** Does It Help?: how tasks ended with and without patterns. */
export async function doesItHelp({ connection: { engine }, reports }: Shell): Promise<void> {
  const text = toMarkdown(await engine.outcomes.effect());
  await reports.show({ title: l10n.t('Does It Help?'), text });
}

function toMarkdown({ holdout, all, cost, surfaces, patterns, comparisons }: EffectReport): string {
  const rows = [
    [l10n.t('All tasks'), all, cost] as const,
    ...surfaces.map(({ surface, effect }) => [surface, effect] as const),
  ];
  return [
    `# ${l10n.t('Does It Help?')}`,
    '',
    answerOf(all),
    '',
    l10n.t(
      'Nothing is added to {0}% of tasks on purpose, to see what happens without patterns. The setting “Injection: Holdout” changes that; with 20%, the answer comes about twice as fast.',
      holdout,
    ),
    '',
    ...tableOf(l10n.t('Where'), rows),
    '',
    ...(patterns.length === 0
      ? []
      : tableOf(
          l10n.t('Pattern'),
          patterns.map(({ name, effect, cost: own, isMuted }) => {
            const muted = isMuted ? ` (${l10n.t('muted: tasks went worse with it')})` : '';
            return [`${asPlainMarkdown(name)}${muted}`, effect, own] as const;
          }),
        )),
    '',
    ...(comparisons.length === 0 ? [] : comparedTable(comparisons)),
  ].join('\n');
}

function answerOf({ verdict, more }: Effect): string {
  const rest = more === undefined ? '' : ` ${l10n.t('It will take about {0} more tasks.', more)}`;
  switch (verdict) {
    case 'helps':
      return l10n.t('Yes: more tasks pass with patterns than without.');
    case 'harms':
      return l10n.t('No: fewer tasks pass with patterns than without.');
    case 'unclear':
      return `${l10n.t('It is not clear yet.')}${rest}`;
    case 'too-few':
      return `${l10n.t('There are not enough tasks yet.')}${rest}`;
  }
}

function tableOf(
  title: string,
  rows: readonly (readonly [string, Effect, Cost?])[],
): readonly string[] {
  const columns = [
    title,
    l10n.t('With'),
    l10n.t('Without'),
    l10n.t('Difference (points)'),
    l10n.t('Tokens added'),
    l10n.t('Time with'),
    l10n.t('Time without'),
  ];
  return table(
    columns,
    rows.map(([name, effect, cost]) => [
      name,
      effect.treated,
      effect.held,
      differenceOf(effect),
      cost?.tokens ?? '–',
      timeOf(cost?.treatedMs),
      timeOf(cost?.heldMs),
    ]),
  );
}

function comparedTable(comparisons: readonly Comparison[]): readonly string[] {
  const nameOf = ({ name, version }: Comparison['a']): string =>
    asPlainMarkdown(version === null ? name : `${name} (${version})`);
  const columns = [
    l10n.t('Compared: first'),
    l10n.t('Second'),
    l10n.t('Tasks with the first'),
    l10n.t('With the second'),
    l10n.t('Second over first (points)'),
  ];
  return table(
    columns,
    comparisons.map(({ a, b, effect, ended }) => [
      nameOf(a),
      nameOf(b),
      effect.held,
      effect.treated,
      `${differenceOf(effect)}${ended ? ` (${l10n.t('ended')})` : ''}`,
    ]),
  );
}

function table(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] {
  return [
    `| ${columns.join(' | ')} |`,
    `| ${columns.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
}

/** In whole minutes from two minutes on, else in seconds. */
function timeOf(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–';
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? l10n.t('{0} s', seconds) : l10n.t('{0} min', Math.round(seconds / 60));
}

function differenceOf({ difference, more }: Effect): string {
  const points = (value: number): string => `${value > 0 ? '+' : ''}${Math.round(value * 100)}`;
  const needed = more === undefined ? [] : [l10n.t('about {0} more tasks needed', more)];
  if (difference === undefined) return needed[0] ?? '–';
  const { mean, low, high } = difference;
  return [`${points(mean)} (${points(low)} … ${points(high)})`, ...needed].join('; ');
}
