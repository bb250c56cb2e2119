import { createInterface } from 'node:readline';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FindPage, FindQuery } from '../../core/model/api/find.ts';
import type { Engine } from '../../core/model/engine.ts';
import { answer, answered } from '../command.ts';
import type { CommandSpec, Context, Outcome, Terminal } from '../command.ts';
import { toDocument as toFailureDocument, toFailure } from '../failure.ts';
import { FILTER_OPTIONS, toFilter } from '../filter.ts';
import {
  FIND_OPTIONS,
  notesBefore,
  readHits,
  sayNothing,
  toFindOptions,
  type FlatHit,
} from '../found.ts';
import { bad, flag, operand, ratio, text, wholeNumber } from '../input.ts';
import type { Input } from '../input.ts';
import { readAll } from '../io.ts';
import { cleanDeep } from '../text/clean.ts';

export const search: CommandSpec = {
  name: 'search',
  summary: 'find patterns by words, identifiers, code or a place in a file',
  operands: [{ name: '[query...]', summary: 'what to look for; - reads it from standard input' }],
  options: [
    { flags: '--at <file:line>', summary: 'find code like that at this place' },
    ...FILTER_OPTIONS,
    ...FIND_OPTIONS,
    { flags: '-n, --limit <n>', summary: 'show at most this many (default: 5, or as configured)' },
    { flags: '--code', summary: 'show the code of each hit, and why it was found' },
    { flags: '--min-relevance <x>', summary: '0 to 1; less relevant hits are left out' },
    { flags: '--stdin', summary: 'read one query per line, write one JSON document per line' },
  ],
  examples: [
    ['search retry with backoff', 'in plain words'],
    ['search parseJSON --language ts', 'by an identifier'],
    ['search "why does login fail" --kind fix', 'among bug fixes'],
    ['search "open a socket" --all --code', 'in all projects, with the code'],
    ['search --at src/shop/cart.ts:42', 'code like that at line 42'],
    ['search - < fragment.py', 'with a piece of code'],
    ['search --stdin < queries.txt', 'many queries at once'],
  ],
  configFlags: (input) => {
    const minRelevance = ratio(input, 'minRelevance');
    return { search: { ...(minRelevance !== undefined && { minRelevance }) } };
  },
  run(input, ctx) {
    const limit = wholeNumber(input, 'limit', { min: 1, max: 1000 });
    const limits = {
      ...toFindOptions(input, ctx.io.cwd),
      filter: toFilter(input),
      seeksName: true,
      ...(limit !== undefined && { limit }),
    };
    return flag(input, 'stdin') ? answerLines(limits, input, ctx) : answerOne(limits, input, ctx);
  },
};

type Limits = Omit<FindQuery, 'text' | 'at'>;

async function answerOne(limits: Limits, input: Input, ctx: Context): Promise<Outcome> {
  const at = toPlace(text(input, 'at'), ctx.io.cwd);
  const words = operand(input, 0) ?? '';
  const query = words === '-' ? await readAll(ctx.io.stdin) : words;
  if (query.trim() === '' && at === undefined) throw bad('there is nothing to look for');
  const engine = await ctx.engine();
  const page = await ctx.watched((watch) =>
    engine.find.patterns({ ...limits, text: query, ...(at !== undefined && { at }) }, watch),
  );
  const document = await toDocument(engine, page);
  const isWhole = flag(input, 'code');
  const isFound = document.hits.length > 0 || (page.unknownName?.declared ?? []).length > 0;
  return answer(isFound, document, (clean, terminal) =>
    formatHits(clean.hits, terminal, { isWhole, page: cleanDeep(page) }),
  );
}

/** Answers each line before the next one is read, and goes on after a query that failed. */
async function answerLines(limits: Limits, input: Input, ctx: Context): Promise<Outcome> {
  if (operand(input, 0) !== undefined || text(input, 'at') !== undefined) {
    throw bad('--stdin reads its queries from standard input only');
  }
  const engine = await ctx.engine();
  let found = false;
  for await (const line of createInterface({ input: ctx.io.stdin, crlfDelay: Infinity })) {
    let document: unknown;
    try {
      const answers =
        line.trim() === ''
          ? NOTHING
          : await toDocument(engine, await engine.find.patterns({ ...limits, text: line }));
      found ||= answers.hits.length > 0;
      document = answers;
    } catch (error) {
      document = toFailureDocument(toFailure(error));
    }
    await ctx.io.stdout.write(`${JSON.stringify(document)}\n`);
  }
  return answered(found);
}

interface HitsDocument {
  readonly hits: readonly FlatHit[];
  readonly scope?: FindPage['scope'];
  readonly unknownName?: FindPage['unknownName'];
}

const NOTHING: HitsDocument = { hits: [] };

async function toDocument(engine: Engine, page: FindPage): Promise<HitsDocument> {
  const { scope, unknownName } = page;
  return {
    hits: await readHits(engine, page),
    scope,
    ...(unknownName !== undefined && { unknownName }),
  };
}

interface HitsShown {
  /** With code and reasons. */
  readonly isWhole: boolean;
  /** They are of; without what a terminal would obey. */
  readonly page: FindPage;
}

async function formatHits(
  hits: readonly FlatHit[],
  terminal: Terminal,
  { isWhole, page }: HitsShown,
): Promise<string> {
  const declared = page.unknownName?.declared ?? [];
  if (hits.length === 0 && declared.length === 0) {
    return sayNothing(page, 'nothing found: try fewer or other words, or --min-relevance 0');
  }
  const { formatDeclared, formatDeclaredWhole, formatHit, formatShortHit } =
    await import('../text/patternText.ts');
  const absent = isWhole
    ? await Promise.all(declared.map((one) => formatDeclaredWhole(one, terminal)))
    : declared.map((one) => formatDeclared(one, terminal));
  const texts = isWhole
    ? await Promise.all(hits.map((hit, at) => formatHit(hit, at + 1, terminal)))
    : hits.map((hit, at) => formatShortHit(hit, at + 1, terminal));
  const more = isWhole ? 'show <id> tells everything of one' : '--code shows the code of each';
  return [
    ...notesBefore(page).map((note) => terminal.style.faint(note)),
    ...absent,
    ...texts,
    terminal.style.faint(more),
  ].join('\n\n');
}

/** `FILE:LINE`, or `FILE:LINE:COLUMN` as compilers print it. */
function toPlace(place: string | undefined, cwd: string): FindQuery['at'] {
  if (place === undefined) return undefined;
  const [, path, line] = /^(.+?):(\d{1,9})(?::\d+)?$/.exec(place) ?? [];
  if (path === undefined || line === undefined || Number(line) < 1) {
    throw bad(`--at is "${place}", not a file and a line such as src/cart.ts:42`);
  }
  const file = resolve(cwd, path);
  if (!existsSync(file)) throw bad(`there is no file ${file}`);
  return { file, line: Number(line) };
}
