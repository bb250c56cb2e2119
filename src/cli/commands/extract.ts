import { resolve } from 'node:path';
import { answer } from '../command.ts';
import type { CommandSpec, Context, Outcome } from '../command.ts';
import { bad, isoDate, operand, ratio, texts, toLanguage, wholeNumber } from '../input.ts';
import type { Input } from '../input.ts';
import type { LearnedFromSession } from '../../core/model/api/sessions.ts';
import type { ConfigFlags } from '../io.ts';

export const extract: CommandSpec = {
  name: 'extract',
  summary: 'learn from a folder and its git history; later runs read only changes',
  operands: [{ name: '[folder]', summary: 'or a file (default: the current folder)' }],
  options: [
    {
      flags: '--since <date>',
      summary: 'only commits from this day on, such as 2024-05-31',
      former: '--since-date <date>',
    },
    { flags: '--no-git', summary: 'leave out the git history' },
    { flags: '--no-embed', summary: 'skip the semantic index for now; search uses words only' },
    { flags: '--min-complexity <n>', summary: 'keep functions of at least this complexity' },
    {
      flags: '--min-lines <n>',
      summary: 'keep functions, classes and tests of at least this many lines',
    },
    { flags: '--max-similarity <x>', summary: 'merge patterns that are at least this similar' },
    { flags: '--languages <names...>', summary: 'only these languages, separated by commas' },
    { flags: '--frameworks <names...>', summary: 'only these frameworks, separated by commas' },
    { flags: '--exclude <globs...>', summary: 'leave out files like dist/**, separated by commas' },
    {
      flags: '--session <ids...>',
      summary: 'from the files that these sessions of agents changed, and tell what they used',
    },
    { flags: '--all', summary: 'the same of all sessions that succeeded' },
    { flags: '--timings', summary: 'tell at the end what the time was spent on' },
  ],
  examples: [
    ['extract', 'learn from the current folder'],
    ['extract ~/work/shop --since 2024-01-01', 'with the history since that day'],
    ['extract --session 3f2a', 'what a session of an agent wrote'],
    ['extract --no-embed --json', 'fast, and for a script'],
  ],
  configFlags: toConfigFlags,
  async run(input, ctx) {
    const named = texts(input, 'session') ?? [];
    if (named.length > 0 || input.options['all'] === true) return learnFrom(named, input, ctx);
    const sinceDate = isoDate(input, 'since');
    const folder = resolve(ctx.io.cwd, operand(input, 0) ?? '.');
    const engine = await ctx.engine();
    const start = Math.round(ctx.io.clockMs());
    const summary = await ctx.watched((watch) =>
      engine.jobs.extract(
        {
          folder,
          git: input.options['git'] !== false,
          embed: input.options['embed'] !== false,
          ...(sinceDate !== undefined && { sinceDate }),
        },
        watch,
      ),
    );
    const found = Object.values(summary.patterns).some((count) => count > 0);
    const document = {
      ...summary,
      timings: { start, ...summary.timings },
      notes: summary.notes.map((note) => note.text),
    };
    return answer(found || summary.stopped, document, async (clean, terminal) => {
      const { formatSummary, formatTimings } = await import('../text/summaryText.ts');
      const text = formatSummary(clean, terminal);
      if (input.options['timings'] !== true) return text;
      return `${text}\n\n${formatTimings(clean, terminal)}`;
    });
  },
};

/** Sessions of agents in place of a folder. */
async function learnFrom(names: readonly string[], input: Input, ctx: Context): Promise<Outcome> {
  if (operand(input, 0) !== undefined) throw bad('--session and --all take no folder');
  if (names.length > 0 && input.options['all'] === true) {
    throw bad('--session and --all exclude each other');
  }
  const since = isoDate(input, 'since');
  const engine = await ctx.engine();
  const request = { names, ...(since !== undefined && { since }) };
  const learned = await ctx.watched((watch) => engine.sessions.learn(request, watch));
  return answer(learned.length > 0, { sessions: learned }, ({ sessions }) =>
    sessions.length === 0 ? 'no sessions' : sessions.map(describeLearned).join('\n'),
  );
}

function describeLearned({
  id,
  agent,
  outcome,
  files,
  patterns,
  told,
}: LearnedFromSession): string {
  const learned =
    outcome === 'failure'
      ? 'it failed, so nothing was learned from its files'
      : `${patterns} patterns in ${files.length} changed files`;
  return `${agent} ${id} (${outcome}): ${learned}; ${told} patterns got its outcome`;
}

function toConfigFlags(input: Input): ConfigFlags {
  const minComplexity = wholeNumber(input, 'minComplexity', { min: 1, max: 1000 });
  const minLines = wholeNumber(input, 'minLines', { min: 1, max: 10000 });
  const maxSimilarity = ratio(input, 'maxSimilarity');
  const languages = texts(input, 'languages')?.map(toLanguage);
  const frameworks = texts(input, 'frameworks');
  const exclude = texts(input, 'exclude');
  return {
    extraction: {
      ...(minComplexity !== undefined && { minComplexity }),
      ...(minLines !== undefined && { minLines }),
      ...(maxSimilarity !== undefined && { maxSimilarity }),
      ...(languages !== undefined && { languages }),
      ...(frameworks !== undefined && { frameworks }),
      ...(exclude !== undefined && { exclude }),
    },
  };
}
