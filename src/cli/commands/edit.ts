import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { bad, required, text, texts } from '../input.ts';
import { embed, EMBED_OPTION } from '../meaning.ts';
import { readCode } from './add.ts';

export const edit: CommandSpec = {
  name: 'edit',
  summary: 'change the name, description, tags or code of a pattern',
  operands: [{ name: '<id>', summary: 'its id, or the first digits of the id' }],
  options: [
    { flags: '--name <name>', summary: 'a new name' },
    { flags: '--description <text>', summary: 'a new description' },
    { flags: '--tags <tags...>', summary: 'new tags, separated by commas; "" for none' },
    { flags: '--code <file>', summary: 'new code, from a file or - for standard input' },
    EMBED_OPTION,
  ],
  examples: [
    ['edit 3f9a1c2e --name retryWithBackoff', 'give it another name'],
    ['edit 3f9a1c2e --tags network,retry', 'replace its tags by these'],
    ['edit 3f9a1c2e --code - < better.ts', 'replace its code'],
  ],
  async run(input, ctx) {
    const id = required(input, 0);
    const name = text(input, 'name');
    const description = text(input, 'description');
    const tags = texts(input, 'tags');
    const file = text(input, 'code');
    const changes = {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(tags !== undefined && { tags }),
      ...(file !== undefined && { code: await readCode(file, ctx.io) }),
    };
    if (Object.keys(changes).length === 0) {
      throw bad('there is nothing to change: give --name, --description, --tags or --code');
    }
    const engine = await ctx.engine();
    const pattern = await engine.curate.edit(id, changes);
    const document = { pattern, ...(await embed(input, ctx)) };
    return answer(true, document, async (clean, terminal) => {
      const { formatPattern } = await import('../text/patternText.ts');
      const notes = clean.notes.map((note) => terminal.style.warning(note));
      return [await formatPattern(clean.pattern, terminal), ...notes].join('\n');
    });
  },
};
