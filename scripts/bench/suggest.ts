import type {
  SuggestionFile,
  WrittenFunction,
} from '../../src/core/model/suggestions/suggestion.ts';
import { createProjectSuggestions } from '../../src/core/suggestions/projectSuggestions.ts';
import { seededRandom } from '../../src/core/platform/seededRandom.ts';
import type { BenchTable } from './table.ts';

const SIZES = [10_000, 100_000];
const FUNCTIONS_A_FILE = 20;
const REQUESTS = 300;
/** Behind all lines of a file. */
const LAST_LINE = 10_000;
const WORDS =
  'user order cart item price total load save read write parse render open close find list page token event queue task store view model field value index name path file text line node tree state cache limit'.split(
    ' ',
  );

/** Processor time of one suggestion, in projects of so many functions. */
export function benchSuggest(): Promise<readonly BenchTable[]> {
  const rows = SIZES.map((size) => {
    const random = seededRandom(11);
    const project = createProjectSuggestions();
    for (let file = 0; file < size / FUNCTIONS_A_FILE; file += 1) {
      project.put(toFile(file, random));
    }
    const heads: number[] = [];
    const lines: number[] = [];
    for (let request = 0; request < REQUESTS; request += 1) {
      const file = toFile(request, random);
      project.put(file);
      const { path, functions } = file;
      const asked = functions[request % functions.length];
      if (asked === undefined) continue;
      const body = asked.body.split('\n');
      heads.push(timeOf(project, path, [], asked.head));
      lines.push(timeOf(project, path, [asked.head, ...body.slice(0, 2)], '  '));
    }
    return [size, project.size.lines, ...spread(heads), ...spread(lines)];
  });
  return Promise.resolve([
    {
      title: 'Suggestions, processor time of a request',
      columns: ['functions', 'lines', 'body mean ms', '95 % ms', 'next lines mean ms', '95 % ms'],
      rows,
    },
  ]);
}

function timeOf(
  project: ReturnType<typeof createProjectSuggestions>,
  path: string,
  before: readonly string[],
  typed: string,
): number {
  const started = process.cpuUsage();
  project.suggest(
    { path, before, typed, after: [''], line: LAST_LINE },
    { step: '  ', lineEnd: '\n' },
    (estimate) => estimate,
  );
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function spread(times: readonly number[]): readonly [mean: number, most: number] {
  const sorted = times.toSorted((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return [mean, sorted[Math.floor(0.95 * sorted.length)] ?? 0];
}

function toFile(number: number, random: () => number): SuggestionFile {
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? '';
  const functions = Array.from({ length: FUNCTIONS_A_FILE }, (_, at): WrittenFunction => {
    const [verb, noun, other] = [word(), word(), word()];
    const statements = Array.from(
      { length: 4 + Math.floor(random() * 12) },
      () => `  const ${word()} = ${word()}.${word()}(${noun}, ${word()});`,
    );
    return {
      name: `${verb}_${noun}_${other}`,
      head: `export function ${verb}_${noun}_${other}(${noun}, ${other}) {`,
      comment: `/** ${word()} ${word()} of a ${noun}. */`,
      body: [...statements, `  return ${noun};`, '}'].join('\n'),
      firstLine: at * 20,
      lastLine: at * 20 + statements.length + 2,
    };
  });
  const text = functions.map(({ head, body }) => `${head}\n${body}`).join('\n');
  return { path: `src/${word()}/file${number}.ts`, text, functions };
}
