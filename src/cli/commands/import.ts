import { basename, resolve } from 'node:path';
import type { ImportSummary } from '../../core/model/api/jobs.ts';
import { toPackName } from '../../core/model/packName.ts';
import { answer } from '../command.ts';
import type { CommandSpec, Terminal } from '../command.ts';
import { bad, required, text } from '../input.ts';
import { readAll } from '../io.ts';
import { acceptLine } from '../text/acceptLine.ts';
import { countOf, formatCount } from '../text/format.ts';

/** Bad lines named in text; JSON names more. */
const SHOWN_LINES = 20;

export const importPatterns: CommandSpec = {
  name: 'import',
  summary: 'import what others exported; search finds it once accepted',
  operands: [{ name: '<file>', summary: 'an exported file; - reads standard input' }],
  options: [
    { flags: '--pack <name>', summary: 'name to keep them under (default: the file name)' },
  ],
  examples: [
    ['import team.pack', 'then pattern-foundry accept --pack team'],
    ['import fixes.jsonl --pack fixes', 'before/after pairs in the exchange format'],
  ],
  async run(input, ctx) {
    const file = required(input, 0);
    const source =
      file === '-' ? { text: await readAll(ctx.io.stdin) } : { file: resolve(ctx.io.cwd, file) };
    const pack = text(input, 'pack') ?? (file === '-' ? 'stdin' : toPackName(basename(file)));
    if (pack === '') throw bad('--pack is empty');
    const engine = await ctx.engine();
    const summary = await ctx.watched((watch) => engine.jobs.import(source, pack, watch));
    const document = {
      ...summary,
      bad: summary.bad.map(({ line, reason }) => ({ line, reason: reason.text })),
    };
    // A file of another kind may hold a line by chance that is read.
    const read = summary.imported + summary.unchanged;
    return answer(read > 0 && read >= summary.badCount, document, formatImport);
  },
};

interface ImportDocument extends Omit<ImportSummary, 'bad'> {
  readonly bad: readonly { readonly line: number; readonly reason: string }[];
}

function formatImport(summary: ImportDocument, { style }: Terminal): string {
  const { imported, unchanged, badCount, pack, stopped } = summary;
  const hidden = badCount - SHOWN_LINES;
  const named =
    summary.bad.length === badCount ? 'all' : `the first ${formatCount(summary.bad.length)}`;
  return [
    ...(stopped ? [style.warning('stopped: what was imported so far is kept')] : []),
    `imported ${countOf(imported, 'pattern')} as ${style.name(pack)}, ${formatCount(unchanged)} known already`,
    ...(badCount === 0 ? [] : [style.warning(`${countOf(badCount, 'line')} not read:`)]),
    ...summary.bad.slice(0, SHOWN_LINES).map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...(hidden > 0
      ? [style.faint(`  … ${countOf(hidden, 'more line')}, ${named} with --json`)]
      : []),
    ...(imported > 0 ? [style.faint(`search finds them after: ${acceptLine(pack)}`)] : []),
  ].join('\n');
}
