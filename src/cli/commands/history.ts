import { resolve } from 'node:path';
import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { isoDate, operand, wholeNumber } from '../input.ts';

export const history: CommandSpec = {
  name: 'history',
  summary: 'show how each commit is classified, and why',
  operands: [{ name: '[folder]', summary: 'default: the current folder' }],
  options: [
    {
      flags: '--since <date>',
      summary: 'only commits from this day on, such as 2024-05-31',
      former: '--since-date <date>',
    },
    { flags: '-n, --limit <n>', summary: 'show at most this many, the newest (default: all)' },
  ],
  examples: [
    ['history', 'the history of the current folder'],
    ['history --limit 20', 'the newest commits'],
    ['history ~/work/shop --since 2024-01-01', 'only since that day'],
    ['history --json', 'for a script'],
  ],
  async run(input, ctx) {
    const sinceDate = isoDate(input, 'since');
    const limit = wholeNumber(input, 'limit', { min: 1, max: 1_000_000 });
    const folder = resolve(ctx.io.cwd, operand(input, 0) ?? '.');
    const engine = await ctx.engine();
    const all = await ctx.watched((watch) =>
      engine.jobs.history({ folder, ...(sinceDate !== undefined && { sinceDate }) }, watch),
    );
    const { COMMIT_KINDS, formatHistory } = await import('../text/historyText.ts');
    const commits = all
      .slice(0, limit)
      .map((commit) => ({ ...commit, kind: COMMIT_KINDS[commit.type] }));
    return answer(commits.length > 0, { commits }, (clean, terminal) => {
      if (clean.commits.length === 0) return 'no commits';
      return formatHistory(clean.commits, terminal, all);
    });
  },
};
