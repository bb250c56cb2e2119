import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { bad, operand, text } from '../input.ts';
import { embed, EMBED_OPTION } from '../meaning.ts';
import { countOf } from '../text/format.ts';

export const accept: CommandSpec = {
  name: 'accept',
  summary: 'accept an imported pattern, or a whole pack, for search',
  operands: [{ name: '[id]', summary: 'id of a pattern, or its first digits' }],
  options: [
    { flags: '--pack <name>', summary: 'all patterns imported under this name' },
    EMBED_OPTION,
  ],
  examples: [
    ['accept --pack team', 'all that was imported as team'],
    ['accept 3f9a1c2e', 'one pattern'],
  ],
  async run(input, ctx) {
    const pattern = operand(input, 0);
    const pack = text(input, 'pack');
    if ((pattern === undefined) === (pack === undefined)) {
      throw bad('give either the id of a pattern or --pack');
    }
    const engine = await ctx.engine();
    const accepted = await engine.curate.accept(
      pack === undefined ? { pattern: pattern ?? '' } : { pack },
    );
    const meaning = accepted.length === 0 ? undefined : await embed(input, ctx);
    const document = { accepted, embedded: 0, notes: [], ...meaning };
    return answer(accepted.length > 0, document, (clean, { style }) =>
      clean.accepted.length === 0
        ? 'there was nothing to accept'
        : [
            `accepted ${countOf(clean.accepted.length, 'pattern')}`,
            ...clean.notes.map((note) => style.warning(note)),
          ].join('\n'),
    );
  },
};
