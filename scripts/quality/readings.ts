/**
 * Writes what people read and judge, and sums up what they answered.
 *
 *     node --import tsx scripts/quality/readings.ts first-page NAME=LIBRARY… > first-page.md
 *     node --import tsx scripts/quality/readings.ts idioms NAME=LIBRARY… > idioms.md
 *     node --import tsx scripts/quality/readings.ts table first-page.md READER.tsv…
 *
 * A library holds one project, extracted with `--no-embed`. A reader's file has a line for each row:
 * its number, a tab and the verdict. `first-page` takes the first 20 rows of Reuse and of Lessons in
 * their order; `idioms` takes up to 34 of each library, in the order of a hash. Neither shows scores.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { openEngine } from '../../src/core/engine/open.ts';
import type { FindQuery, Found } from '../../src/core/model/api/find.ts';
import type { Engine } from '../../src/core/model/engine.ts';
import type { Pattern } from '../../src/core/model/pattern.ts';

const ASSETS = resolve(import.meta.dirname, '../../dist/assets');
const ROWS = 20;
const IDIOMS = 34;
/** Of code or of a diff. */
const LINES = 24;
const PLACES = 3;

const FIRST_PAGE = `# First pages: what can I reuse here, and what went wrong here before

You work on the project named. Judge every row: yes (I would want this row), no (right, and no help to me),
wrong (it is not what the list says). One line a row: its number, a tab, the verdict.`;
const IDIOM_PAGE = `# Code shapes that recur in a project, with holes ($1, $2)

Judge every row: good (I would save it, or want a newcomer to follow it), convention (it tells how this project
does a thing), dull (right, and tells nothing), wrong (meaningless), and add \` dup N\` where it says nearly what
row N of the same project says. One line a row: its number, a tab, the verdict.`;

interface Section {
  readonly title: string;
  readonly rows: readonly string[];
}

async function withLibrary<Result>(
  library: string,
  use: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const engine = await openEngine({
    ...{ library, assetsDir: ASSETS, folder: library, env: {} },
    now: Date.now,
    clockMs: () => performance.now(),
  });
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

async function firstPage(name: string, library: string): Promise<readonly Section[]> {
  return withLibrary(library, async (engine) => {
    const read = async (tab: 'reuse' | 'lessons'): Promise<Section> => ({
      title: `${name} ${tab}`,
      rows: await rowsOf(engine, { tab, limit: ROWS }, (rows) => rows),
    });
    return [await read('reuse'), await read('lessons')];
  });
}

async function idioms(name: string, library: string): Promise<readonly Section[]> {
  return withLibrary(library, async (engine) => {
    const query: Partial<FindQuery> = {
      ...{ tab: 'reuse', limit: 1000 },
      filter: { kind: { any: ['idiom'] } },
    };
    const rows = await rowsOf(engine, query, (all) =>
      all.toSorted((a, b) => (hashOf(a.id) < hashOf(b.id) ? -1 : 1)).slice(0, IDIOMS),
    );
    return [{ title: `${name} idioms`, rows }];
  });
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

async function rowsOf(
  engine: Engine,
  query: Partial<FindQuery>,
  choose: (rows: readonly Found[]) => readonly Found[],
): Promise<readonly string[]> {
  const { rows } = await engine.find.patterns({ text: '', surface: null, ...query });
  const described: string[] = [];
  for (const row of choose(rows)) {
    const pattern = await engine.patterns.show(row.id);
    if (pattern !== undefined) described.push(describe(row, pattern));
  }
  return described;
}

function describe(row: Found, pattern: Pattern): string {
  const said = row.lesson ?? pattern.description;
  const title = said === '' ? (pattern.signature ?? '') : said;
  const heading = pattern.kind === 'idiom' ? '' : ` \`${pattern.qualifiedName}\`: ${title}`;
  const list = row.lesson === undefined ? (row.group ?? '') : 'lesson';
  return [`[${list}] ${pattern.kind}${heading}`, placesOf(pattern), ...excerptOf(pattern)].join(
    '\n',
  );
}

function placesOf({ occurrences, support }: Pattern): string {
  const places = occurrences
    .slice(0, PLACES)
    .map(({ path, range }) => [path, ...(range === null ? [] : [range.start.line + 1])].join(':'));
  return `   ${places.join(', ')} (${support} ${support === 1 ? 'place' : 'places'})`;
}

function excerptOf(pattern: Pattern): readonly string[] {
  if (pattern.kind === 'idiom') {
    return [...quote(' ', pattern.template), '   for example', ...quote(' ', pattern.code)];
  }
  if ('code' in pattern) return quote(' ', pattern.code);
  const { before, after } = pattern;
  return [...quote('-', linesOnlyIn(before, after)), ...quote('+', linesOnlyIn(after, before))];
}

function linesOnlyIn(text: string, other: string): string {
  const known = new Set(other.split('\n').map((line) => line.trim()));
  return text
    .split('\n')
    .filter((line) => !known.has(line.trim()))
    .join('\n');
}

function quote(mark: string, text: string): readonly string[] {
  if (text.trim() === '') return [];
  const lines = text.split('\n');
  const shown = lines.slice(0, LINES).map((line) => `   | ${mark} ${line}`);
  return lines.length > LINES ? [...shown, `   | … ${lines.length - LINES} more lines`] : shown;
}

async function write(
  introduction: string,
  read: typeof firstPage,
  libraries: readonly string[],
): Promise<void> {
  console.log(introduction);
  let number = 0;
  for (const given of libraries) {
    const [name = '', library = ''] = given.split('=', 2);
    for (const { title, rows } of await read(name, resolve(library))) {
      console.log(`\n\n## ${title}`);
      for (const row of rows) console.log(`\n${++number}. ${row}`);
    }
  }
}

/** The number of rows of each verdict, a line each section and a column each reader. */
function tabulate(page: string, readers: readonly string[]): void {
  const sections = new Map<string, number[]>();
  let title = '';
  for (const line of readFileSync(page, 'utf8').split('\n')) {
    title = /^## (.+)$/.exec(line)?.[1] ?? title;
    const [, number] = /^(\d+)\. \[/.exec(line) ?? [];
    if (number !== undefined) sections.set(title, [...(sections.get(title) ?? []), Number(number)]);
  }
  const answers = readers.map(readAnswers);
  const all = [...sections.values()].flat();
  console.log(`| list | ${readers.map((_, at) => `reader ${at + 1}`).join(' | ')} |`);
  console.log(`| --- |${' --- |'.repeat(readers.length)}`);
  for (const [name, numbers] of [...sections, ['all', all] as const]) {
    const cells = answers.map((verdicts) =>
      countsOf(numbers.map((number) => verdicts.get(number))),
    );
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
}

function readAnswers(file: string): ReadonlyMap<number, string> {
  const lines = readFileSync(file, 'utf8').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [number = '', verdict = ''] = line.trim().split('\t');
      return /^\d+$/.test(number) ? [[Number(number), verdict.trim()] as const] : [];
    }),
  );
}

function countsOf(verdicts: readonly (string | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const verdict of verdicts) {
    const [word = '', ...others] = (verdict ?? 'unread').split(' ');
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (others[0] === 'dup') counts.set('near copies', (counts.get('near copies') ?? 0) + 1);
  }
  return [...counts]
    .map(([word, count]) => `${word} ${count} (${Math.round((100 * count) / verdicts.length)} %)`)
    .join(', ');
}

async function main([what, ...given]: readonly string[]): Promise<void> {
  const [page = '', ...readers] = given;
  if (what === 'first-page') await write(FIRST_PAGE, firstPage, given);
  else if (what === 'idioms') await write(IDIOM_PAGE, idioms, given);
  else if (what === 'table') tabulate(page, readers);
  else throw new Error('say first-page, idioms or table');
}

void main(process.argv.slice(2));
