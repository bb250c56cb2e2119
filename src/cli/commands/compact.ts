import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { countOf, formatBytes } from '../text/format.ts';

export const compact: CommandSpec = {
  name: 'compact',
  summary: 'compact the journals of the library and finish purges',
  options: [],
  examples: [['compact', 'fewer files, faster to open']],
  async run(_, ctx) {
    const engine = await ctx.engine();
    return answer(true, await engine.library.compact(), (clean) =>
      [
        `${countOf(clean.filesBefore, 'file')} of ${formatBytes(clean.bytesBefore)} became ${countOf(clean.filesAfter, 'file')} of ${formatBytes(clean.bytesAfter)}`,
        ...(clean.purgePending
          ? ['forgotten text is still on the disk: another process uses the library']
          : []),
      ].join('\n'),
    );
  },
};
