import { TABS, type Tab } from '../../core/model/api/find.ts';
import type { PatternFilter } from '../../core/model/filter.ts';
import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { FILTER_OPTIONS, toFilter } from '../filter.ts';
import { FIND_OPTIONS, notesBefore, readPatterns, sayNothing, toFindOptions } from '../found.ts';
import { bad, flag, wholeNumber } from '../input.ts';
import type { Input } from '../input.ts';
import { cleanDeep } from '../text/clean.ts';
import { countOf, formatCount } from '../text/format.ts';

const DEFAULT_LIMIT = 20;

export const list: CommandSpec = {
  name: 'list',
  summary: 'list patterns, the most valuable first',
  options: [
    ...FILTER_OPTIONS,
    ...FIND_OPTIONS,
    { flags: '--reuse', summary: 'only what one would use again, in groups' },
    { flags: '--lessons', summary: 'only fixes, by the area of the code they mended' },
    { flags: '-n, --limit <n>', summary: `show at most this many (default: ${DEFAULT_LIMIT})` },
  ],
  examples: [
    ['list', 'the most valuable patterns of the current project'],
    ['list --lessons', 'what went wrong here before, by area of the code'],
    ['list --all --kind test --language go --limit 100', 'many Go tests of all projects'],
    ["list --kind '!test' --tag cache,retry", 'no tests, with one of two tags'],
    ['list --project shop --json', 'for a script'],
  ],
  async run(input, ctx) {
    const filter = toFilter(input);
    const limit = wholeNumber(input, 'limit', { min: 1, max: 1_000_000 }) ?? DEFAULT_LIMIT;
    const tab = toTab(input);
    const engine = await ctx.engine();
    const page = await engine.find.patterns({
      ...toFindOptions(input, ctx.io.cwd),
      text: '',
      filter,
      limit,
      order: 'value',
      ...(tab !== undefined && { tab }),
    });
    const { total, scope } = page;
    const patterns = await readPatterns(engine, page);
    const groups = tab === undefined ? {} : { groups: page.groups };
    const document = { patterns, total, ...groups, scope };
    return answer(document.patterns.length > 0, document, async (clean, terminal) => {
      const around = cleanDeep(page);
      if (clean.patterns.length === 0) return sayNothing(around, 'no pattern matches');
      const { formatPatternList } = await import('../text/listText.ts');
      const counted = whatIsCounted(filter, tab, clean.total);
      const shown = `${formatCount(clean.patterns.length)} of ${counted}`;
      const more = clean.patterns.length < clean.total ? `${shown}; --limit shows more` : shown;
      return [
        ...notesBefore(around).flatMap((note) => [terminal.style.faint(note), '']),
        ...formatPatternList(clean.patterns, terminal, clean.groups),
        '',
        terminal.style.faint(more),
      ].join('\n');
    });
  },
};

/** Says plainly what is counted: a commit, a function and a change of one are three different things. */
function whatIsCounted({ kind }: PatternFilter, tab: Tab | undefined, total: number): string {
  if (tab === 'lessons') {
    return `${countOf(total, 'lesson')}, one for each commit that tells what it fixed`;
  }
  const asked = kind?.any ?? [];
  const isOfChanges = asked.length > 0 && asked.every((one) => one === 'fix' || one === 'feature');
  if (tab === undefined && isOfChanges) {
    return `${countOf(total, 'change')}, one for each function that a commit changed`;
  }
  return tab === 'reuse'
    ? `${countOf(total, 'pattern')} to use again`
    : `${formatCount(total)} listed`;
}

function toTab(input: Input): Tab | undefined {
  const tabs = TABS.filter((tab) => flag(input, tab));
  if (tabs.length > 1) throw bad('--reuse and --lessons exclude each other');
  return tabs[0];
}
