/**
 * Prints what the product costs, table by table; nothing here is a test.
 *
 * `npm run bench -- [--repo DIR] [--only extraction,history,…]`
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAdapters } from './adapters.ts';
import { benchEmbedding } from './embedding.ts';
import { benchExtraction } from './extraction.ts';
import { benchHistory } from './history.ts';
import { benchIdioms } from './idioms.ts';
import { benchJournal } from './journal.ts';
import { benchLibrary } from './library.ts';
import { benchMainJob } from './mainJob.ts';
import { benchSearch } from './search.ts';
import { benchSecrets } from './secrets.ts';
import { benchSessions } from './sessions/sessions.ts';
import { benchSuggest } from './suggest.ts';
import { benchTeam } from './team.ts';
import { printTable, type BenchOptions, type BenchTable } from './table.ts';

const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<readonly BenchTable[]>>> =
  {
    extraction: benchExtraction,
    history: benchHistory,
    mainJob: benchMainJob,
    secrets: benchSecrets,
    journal: benchJournal,
    library: benchLibrary,
    search: benchSearch,
    embedding: benchEmbedding,
    idioms: benchIdioms,
    sessions: benchSessions,
    suggest: benchSuggest,
    team: benchTeam,
    adapters: benchAdapters,
  };

const { values } = parseArgs({ options: { repo: { type: 'string' }, only: { type: 'string' } } });
const wanted = values.only?.split(',') ?? Object.keys(BENCHES);
const options: BenchOptions = {
  repo: values.repo === undefined ? undefined : resolve(values.repo),
  assetsDir: resolve(import.meta.dirname, '../../dist/assets'),
};

async function main(): Promise<void> {
  for (const name of wanted) {
    const bench = BENCHES[name];
    if (bench === undefined) {
      console.error(`there is no bench ${name}: ${Object.keys(BENCHES).join(', ')}`);
      process.exitCode = 2;
      continue;
    }
    for (const table of await bench(options)) printTable(table);
  }
}

void main();
