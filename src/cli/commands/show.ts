import type { PatternDetail } from '../../core/model/api/patterns.ts';
import type { Pattern } from '../../core/model/pattern.ts';
import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { required } from '../input.ts';
import { clean } from '../text/clean.ts';
import type { Beside } from '../text/patternText.ts';

export const show: CommandSpec = {
  name: 'show',
  summary: 'show everything about a pattern',
  operands: [{ name: '<id>', summary: 'its id, or the first digits of the id' }],
  options: [],
  examples: [
    ['show 3f9a1c2e', 'by the first digits of its id'],
    ['show 3f9a1c2e --json', 'for a script'],
  ],
  async run(input, ctx) {
    const id = required(input, 0);
    const engine = await ctx.engine();
    const document = toDocument(await engine.patterns.detail(id));
    return answer(document.pattern !== null, document, async (safe, terminal) => {
      if (safe.pattern === null) return `no pattern has the id ${clean(id)}`;
      const { formatPattern } = await import('../text/patternText.ts');
      return formatPattern(safe.pattern, terminal, safe);
    });
  },
};

function toDocument(
  detail: PatternDetail | undefined,
): ({ readonly pattern: Pattern } & Beside) | { readonly pattern: null } {
  if (detail === undefined) return { pattern: null };
  const { pattern, row, changes, tests, variants, deviations } = detail;
  const { history, now } = row;
  const beside = { history, changes, tests, variants, deviations };
  return { pattern, ...beside, ...(now !== undefined && { now }) };
}
