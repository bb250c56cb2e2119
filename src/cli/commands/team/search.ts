import type { TeamFound } from '../../../core/model/api/team.ts';
import { answer, type CommandSpec } from '../../command.ts';
import { bad, required, wholeNumber } from '../../input.ts';
import { formatTable } from '../../text/table.ts';

const LIMIT = 20;
const MOST = 200;
/** What a server takes. */
const LONGEST = 1000;

export const searchTeam: CommandSpec = {
  name: 'team search',
  summary: 'search all the team shared, including what no sync has brought here yet',
  operands: [{ name: '<words...>', summary: 'what you look for, in your own words' }],
  options: [{ flags: '-n, --limit <n>', summary: `most patterns to show (default: ${LIMIT})` }],
  examples: [['team search retry with backoff', 'by words and meaning where the server can']],
  async run(input, ctx) {
    const words = required(input, 0).trim();
    if (words === '') throw bad('there are no words to search for');
    if (words.length > LONGEST) throw bad(`a search has at most ${LONGEST} characters`);
    const limit = wholeNumber(input, 'limit', { min: 1, max: MOST }) ?? LIMIT;
    const { team } = await ctx.engine();
    const result = await team.search(words, limit, undefined);
    return answer(result.found.length > 0, result, ({ found, by_meaning }, { style }) => {
      if (found.length === 0) return 'the team has shared nothing like that';
      const titles = ['id', 'name', 'author', 'helpful', 'description'];
      const columns = titles.map((title) => ({ title, align: 'left' as const }));
      const note = 'searched by words alone: this server cannot compare meanings';
      return [
        ...formatTable(columns, found.map(toRow), style.faint),
        ...(by_meaning ? [] : ['', style.faint(note)]),
      ].join('\n');
    });
  },
};

function toRow({ pattern, name, author, helpful, votes, description }: TeamFound) {
  const [line = ''] = description.split('\n', 1);
  const id = pattern === null ? 'not synced' : pattern.slice(0, 8);
  return [id, name, author, `${helpful} of ${votes}`, line];
}
