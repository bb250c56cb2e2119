import { basename, resolve } from 'node:path';
import type { ImportSummary } from '../../core/model/engine.ts';
import { answer } from '../command.ts';
import type { CommandSpec, Terminal } from '../command.ts';
import { required, text } from '../input.ts';
import { readAll } from '../io.ts';
import { countOf, formatCount } from '../text/format.ts';

/** Bad lines named in text; JSON names them all. */
const SHOWN_LINES = 20;

export const importPatterns: CommandSpec = {
  name: 'import',
  summary: 'read what others exported; accept lets search find it',
  operands: [{ name: '<file>', summary: 'what export wrote; - reads standard input' }],
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
    const pack = text(input, 'pack') ?? toPackName(file);
    const engine = await ctx.engine();
    const summary = await ctx.watched((watch) => engine.import(source, pack, watch));
    const bad = summary.bad.map(({ line, reason }) => ({ line, reason: reason.text }));
    const document = { ...summary, bad };
    return answer(summary.imported + summary.unchanged > 0, document, formatImport);
  },
};

function toPackName(file: string): string {
  return file === '-' ? 'stdin' : basename(file).replace(/\.[^.]+$/, '');
}

interface ImportDocument extends Omit<ImportSummary, 'bad'> {
  readonly bad: readonly { readonly line: number; readonly reason: string }[];
}

function formatImport(summary: ImportDocument, { style }: Terminal): string {
  const { imported, unchanged, bad, badCount, pack, stopped } = summary;
  const hidden = badCount - SHOWN_LINES;
  return [
    ...(stopped ? [style.warning('stopped: what was imported so far is kept')] : []),
    `imported ${countOf(imported, 'pattern')} as ${style.name(pack)}, ${formatCount(unchanged)} known already`,
    ...(badCount === 0 ? [] : [style.warning(`${countOf(badCount, 'line')} not read:`)]),
    ...bad.slice(0, SHOWN_LINES).map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...(hidden > 0 ? [style.faint(`  … ${countOf(hidden, 'more line')}, all with --json`)] : []),
    ...(imported > 0
      ? [style.faint(`search finds them after: pattern-foundry accept --pack ${pack}`)]
      : []),
  ].join('\n');
}
