import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { FILTER_OPTIONS, toFilter } from '../filter.ts';
import { wholeNumber } from '../input.ts';
import { formatCount } from '../text/format.ts';

const DEFAULT_LIMIT = 20;

export const list: CommandSpec = {
  name: 'list',
  summary: 'list patterns, the most valuable first',
  options: [
    ...FILTER_OPTIONS,
    { flags: '-n, --limit <n>', summary: `patterns at most (default: ${DEFAULT_LIMIT})` },
  ],
  examples: [
    ['list', 'the most valuable patterns of all projects'],
    ['list --kind test --language go --limit 100', 'many Go tests'],
    ['list --project shop --json', 'for a script'],
  ],
  async run(input, ctx) {
    const filter = toFilter(input);
    const limit = wholeNumber(input, 'limit', { min: 1, max: 1_000_000 }) ?? DEFAULT_LIMIT;
    const engine = await ctx.engine();
    const page = await engine.patterns.list(filter, limit);
    return answer(page.patterns.length > 0, page, async (clean, terminal) => {
      if (clean.patterns.length === 0) return 'no pattern matches';
      const { formatPatternList } = await import('../text/listText.ts');
      const shown = `${formatCount(clean.patterns.length)} of ${formatCount(clean.total)}`;
      const more = clean.patterns.length < clean.total ? `${shown}; --limit shows more` : shown;
      return [...formatPatternList(clean.patterns, terminal), '', terminal.style.faint(more)].join(
        '\n',
      );
    });
  },
};
