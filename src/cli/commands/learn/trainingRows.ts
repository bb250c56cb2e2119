import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';

export const learnExport: CommandSpec = {
  name: 'learn export',
  summary: 'rows for a later training, one JSON document a line; nothing is trained here',
  options: [],
  examples: [
    ['learn export > rows.jsonl', 'each row with its kind: sampling, refinement or error'],
    ['learn export --json', 'the three lists in one document'],
  ],
  async run(_, ctx) {
    const rows = await (await ctx.engine()).learning.trainingData();
    const lines = (['sampling', 'refinement', 'error'] as const).flatMap((kind) =>
      rows[kind].map((row) => JSON.stringify({ kind, ...row })),
    );
    return { ...answer(lines.length > 0, rows, () => ''), text: () => lines.join('\n') };
  },
};
