import type { PatternVersion } from '../../../core/model/outcomes/version.ts';
import { answer } from '../../command.ts';
import type { CommandSpec, Terminal } from '../../command.ts';
import { bad, operand, required } from '../../input.ts';
import { countOf, formatPercent } from '../../text/format.ts';
import { diffLines } from '../../text/lineDiff.ts';

export const versions: CommandSpec = {
  name: 'versions',
  summary: 'show what a pattern is and was, with what became of each version',
  operands: [
    { name: '<id>', summary: 'its id, or the first digits of the id' },
    { name: '[version]', summary: 'the first digits of one, to see it and what changed after it' },
  ],
  options: [],
  examples: [
    ['versions 3f9a1c2e', 'all that is known, the newest first'],
    ['versions 3f9a1c2e 41d0', 'one version, compared with what the pattern is now'],
    ['versions 3f9a1c2e --json', 'for a script'],
  ],
  async run(input, ctx) {
    const id = required(input, 0);
    const named = operand(input, 1);
    const engine = await ctx.engine();
    const all = await engine.patterns.versions(id);
    if (named === undefined) {
      return answer(all.length > 0, { versions: all }, (clean) =>
        clean.versions.map(formatVersion).join('\n'),
      );
    }
    const [version, ...others] = all.filter((one) => one.version.startsWith(named));
    const now = all.find(({ isCurrent }) => isCurrent);
    if (version === undefined || others.length > 0) {
      throw bad(`no single version of the pattern matches ${named}`);
    }
    return answer(true, { version, now: now ?? null }, (clean, terminal) =>
      [formatVersion(clean.version), ...formatDiff(clean.version, clean.now, terminal)].join('\n'),
    );
  },
};

export const rollback: CommandSpec = {
  name: 'rollback',
  summary: 'make a pattern again what it was in a former version',
  operands: [
    { name: '<id>', summary: 'its id, or the first digits of the id' },
    { name: '<version>', summary: 'the first digits of the version, as versions lists it' },
  ],
  options: [],
  examples: [['rollback 3f9a1c2e 41d0', 'what it is now stays on record as well']],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const pattern = await engine.curate.rollBack(required(input, 0), required(input, 1));
    return answer(true, { pattern }, async (clean, terminal) => {
      const { formatPattern } = await import('../../text/patternText.ts');
      return formatPattern(clean.pattern, terminal);
    });
  },
};

function formatVersion(version: PatternVersion): string {
  const { shown, uses, ratingCount, successRate, isCurrent } = version;
  const facts = [
    `${version.version}  ${version.name}`,
    `since ${new Date(version.since).toISOString()}`,
    `shown ${countOf(shown, 'time')}, used ${countOf(uses, 'time')}, ${countOf(ratingCount, 'rating')}`,
    ...(successRate.weight > 0 ? [`success ${formatPercent(successRate.mean)}`] : []),
    ...(isCurrent ? ['now'] : []),
  ];
  return facts.join('; ');
}

/** What was written since, line by line; of the present version its text. */
function formatDiff(
  version: PatternVersion,
  now: PatternVersion | null,
  { style }: Terminal,
): readonly string[] {
  if (now === null || version.isCurrent) return ['', ...version.code.split('\n')];
  const words = ['name', 'description'] as const;
  const paints = { '+': style.good, '-': style.bad, ' ': style.faint, gap: style.faint };
  return [
    ...words.flatMap((word) =>
      version[word] === now[word] ? [] : [`${word}: ${version[word]} → ${now[word]}`],
    ),
    ...(version.tags.join() === now.tags.join()
      ? []
      : [`tags: ${version.tags.join(', ')} → ${now.tags.join(', ')}`]),
    '',
    ...diffLines(version.code, now.code, 3).map(({ mark, text }) =>
      paints[mark](mark === 'gap' ? '…' : `${mark} ${text}`),
    ),
  ];
}
