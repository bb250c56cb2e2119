/** Lines of one file that tests ran and did not run, counted from 0. */
export interface LineCoverage {
  readonly covered: Set<number>;
  readonly uncovered: Set<number>;
}

/** Where test runners leave reports in the format of LCOV, below the folder they run in. */
export const LCOV_FILES = ['coverage/lcov.info', 'lcov.info', 'coverage.lcov'] as const;

/**
 * What a report says of some files, with paths that are relative to the folder the tests ran in, which
 * may be gone when it is read.
 */
export function lcovOf(report: string, folder: string, wanted: ReadonlySet<string>): string {
  const around = `${folder.replaceAll('\\', '/')}/`;
  const kept: string[] = [];
  let isWanted = false;
  for (const line of report.split('\n')) {
    if (!line.startsWith('SF:')) {
      if (isWanted) kept.push(line);
      continue;
    }
    const path = line.slice(3).trim().replaceAll('\\', '/');
    const relative = path.startsWith(around)
      ? path.slice(around.length)
      : path.replace(/^\.\//, '');
    isWanted = wanted.has(relative);
    if (isWanted) kept.push(`SF:${relative}`);
  }
  return kept.join('\n');
}

/**
 * Reads reports in the format of LCOV, as coverage.py, c8, nyc, Jest, gcov and others write it, by path.
 * A line that any of them says ran did run.
 *
 * Source: geninfo(1), “Tracefile format”.
 */
export function readLcov(reports: readonly string[]): ReadonlyMap<string, LineCoverage> {
  const files = new Map<string, LineCoverage>();
  for (const report of reports) {
    let file: LineCoverage | undefined;
    for (const line of report.split('\n')) {
      if (line.startsWith('SF:')) {
        const path = line.slice(3).trim();
        file = files.get(path) ?? { covered: new Set(), uncovered: new Set() };
        files.set(path, file);
      }
      const [, number, hits] = /^DA:(\d{1,9}),(\d{1,15})/.exec(line) ?? [];
      if (number !== undefined) noteLine(file, Number(number) - 1, Number(hits) > 0);
    }
  }
  return files;
}

function noteLine(file: LineCoverage | undefined, line: number, ran: boolean): void {
  if (ran) {
    file?.covered.add(line);
    file?.uncovered.delete(line);
  } else if (file?.covered.has(line) === false) file.uncovered.add(line);
}
