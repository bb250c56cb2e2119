import { createInterface } from 'node:readline';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SearchQuery } from '../../core/model/api/find.ts';
import type { Hit } from '../../core/model/pattern.ts';
import { answer, answered } from '../command.ts';
import type { CommandSpec, Context, Outcome, Terminal } from '../command.ts';
import { toDocument, toFailure } from '../failure.ts';
import { FILTER_OPTIONS, toFilter } from '../filter.ts';
import { bad, flag, operand, ratio, text, wholeNumber } from '../input.ts';
import type { Input } from '../input.ts';
import { readAll } from '../io.ts';
import type { FlatHit } from '../text/patternText.ts';

export const search: CommandSpec = {
  name: 'search',
  summary: 'find patterns by words, identifiers, code or a place in a file',
  operands: [{ name: '[query...]', summary: 'what to look for; - reads it from standard input' }],
  options: [
    { flags: '--at <file:line>', summary: 'look for what resembles the code at this place' },
    ...FILTER_OPTIONS,
    { flags: '-n, --limit <n>', summary: 'hits at most (default: 5, or as configured)' },
    { flags: '--min-relevance <x>', summary: 'from 0 to 1; hits below it are left out' },
    { flags: '--stdin', summary: 'a query a line from standard input, a JSON document a line out' },
  ],
  examples: [
    ['search retry with backoff', 'in plain words'],
    ['search parseJSON --language ts', 'by an identifier'],
    ['search "why does login fail" --kind fix', 'among bug fixes'],
    ['search --at src/shop/cart.ts:42', 'what resembles the code at line 42'],
    ['search - < fragment.py', 'by a piece of code'],
    ['search --stdin < queries.txt', 'many queries, the library opened once'],
  ],
  configFlags: (input) => {
    const minRelevance = ratio(input, 'minRelevance');
    return { search: { ...(minRelevance !== undefined && { minRelevance }) } };
  },
  run(input, ctx) {
    const limit = wholeNumber(input, 'limit', { min: 1, max: 1000 });
    const filter = { ...toFilter(input), ...(limit !== undefined && { limit }) };
    return flag(input, 'stdin') ? answerLines(filter, input, ctx) : answerOne(filter, input, ctx);
  },
};

type Limits = Omit<SearchQuery, 'text' | 'at'>;

async function answerOne(limits: Limits, input: Input, ctx: Context): Promise<Outcome> {
  const at = toPlace(text(input, 'at'), ctx.io.cwd);
  const words = operand(input, 0) ?? '';
  const query = words === '-' ? await readAll(ctx.io.stdin) : words;
  if (query.trim() === '' && at === undefined) throw bad('there is nothing to look for');
  const engine = await ctx.engine();
  const hits = await ctx.watched((watch) =>
    engine.find.search({ ...limits, text: query, ...(at !== undefined && { at }) }, watch),
  );
  return answer(hits.length > 0, { hits: hits.map(flatten) }, (clean, terminal) =>
    formatHits(clean.hits, terminal),
  );
}

/** Answers each line before the next one is read, and goes on after a query that failed. */
async function answerLines(limits: Limits, input: Input, ctx: Context): Promise<Outcome> {
  if (operand(input, 0) !== undefined || text(input, 'at') !== undefined) {
    throw bad('--stdin takes its queries from standard input alone');
  }
  const engine = await ctx.engine();
  let found = false;
  for await (const line of createInterface({ input: ctx.io.stdin, crlfDelay: Infinity })) {
    let document: unknown;
    try {
      const hits = line.trim() === '' ? [] : await engine.find.search({ ...limits, text: line });
      found ||= hits.length > 0;
      document = { hits: hits.map(flatten) };
    } catch (error) {
      document = toDocument(toFailure(error));
    }
    await ctx.io.stdout.write(`${JSON.stringify(document)}\n`);
  }
  return answered(found);
}

function flatten({ pattern, score, signals }: Hit): FlatHit {
  return { ...pattern, score, signals };
}

async function formatHits(hits: readonly FlatHit[], terminal: Terminal): Promise<string> {
  if (hits.length === 0) return 'nothing found: try fewer or other words, or --min-relevance 0';
  const { formatHit } = await import('../text/patternText.ts');
  const texts = await Promise.all(hits.map((hit, at) => formatHit(hit, at + 1, terminal)));
  return texts.join('\n\n');
}

/** `FILE:LINE`, or `FILE:LINE:COLUMN` as compilers print it. */
function toPlace(place: string | undefined, cwd: string): SearchQuery['at'] {
  if (place === undefined) return undefined;
  const [, path, line] = /^(.+?):(\d{1,9})(?::\d+)?$/.exec(place) ?? [];
  if (path === undefined || line === undefined || Number(line) < 1) {
    throw bad(`--at is "${place}", not a file and a line such as src/cart.ts:42`);
  }
  const file = resolve(cwd, path);
  if (!existsSync(file)) throw bad(`there is no file ${file}`);
  return { file, line: Number(line) };
}
