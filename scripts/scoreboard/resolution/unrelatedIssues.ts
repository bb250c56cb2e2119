import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { resolveIssue } from '../../../src/core/jobs/resolve/resolve.ts';
import type { BenchTable } from '../../bench/table.ts';
import { withInterval } from '../measures.ts';
import { openFixLibrary } from './fixLibrary.ts';

/** An issue that no fix of the library answers, and how many patches were proposed all the same. */
export interface Unrelated {
  readonly repository: string;
  readonly patches: number;
}

/** Issues as people write them, one a line, of which the history of the repository mends none. */
export async function resolveUnrelated(
  repository: string,
  folder: string,
  { library: libraryFolder, assetsDir }: { readonly library: string; readonly assetsDir: string },
): Promise<readonly Unrelated[]> {
  const file = join(import.meta.dirname, 'unrelated', `${repository}.txt`);
  if (!existsSync(file)) return [];
  const { library, parts } = await openFixLibrary(libraryFolder, assetsDir);
  const found: Unrelated[] = [];
  try {
    for (const text of readFileSync(file, 'utf8').trim().split('\n')) {
      const { patches } = await resolveIssue(parts, { text, folder }, {}, {});
      found.push({ repository, patches: patches.length });
      if (patches.length > 0) console.error(repository, text, patches[0]?.why[0]?.text);
    }
  } finally {
    library.close();
  }
  return found;
}

export function unrelatedTable(all: readonly Unrelated[]): BenchTable {
  const repositories = [...new Set(all.map(({ repository }) => repository))];
  const rowOf = (name: string, issues: readonly Unrelated[]): (string | number)[] => [
    ...[name, issues.length],
    withInterval(issues.map(({ patches }) => (patches === 0 ? 1 : 0))),
  ];
  return {
    title: 'Issues that no fix of the library answers',
    columns: ['repository', 'issues', 'nothing proposed'],
    rows: [
      ...repositories.map((name) =>
        rowOf(
          name,
          all.filter(({ repository }) => repository === name),
        ),
      ),
      ...(all.length === 0 ? [] : [rowOf('all', all)]),
    ],
    note: 'made up for each repository, some with names of its code; 95 % intervals by bootstrap',
  };
}
