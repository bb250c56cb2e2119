import type { JobRequest } from '../shell.ts';

/** A request whose folder is named by the text of its URI. */
export interface Work extends Omit<JobRequest, 'folder'> {
  readonly folder: string;
}

/** One request that does what both would have done; `undefined` where they have two folders. */
export function mergeWork(first: Work, second: Work): Work | undefined {
  if (first.folder !== second.folder) return undefined;
  const paths = unite(first.paths, second.paths);
  const sinceDate = earliest(first, second);
  return {
    folder: first.folder,
    ...(paths !== undefined && { paths }),
    history: first.history || second.history,
    ...(sinceDate !== undefined && { sinceDate }),
    origin: first.origin === 'person' ? 'person' : second.origin,
  };
}

/** `undefined` stands for all files. */
function unite(
  first: readonly string[] | undefined,
  second: readonly string[] | undefined,
): readonly string[] | undefined {
  if (first === undefined || second === undefined) return undefined;
  return [...new Set([...first, ...second])];
}

/** Of the requests that read history at all; `undefined` stands for the whole of it. */
function earliest(...requests: readonly Work[]): string | undefined {
  const dates = requests.filter(({ history }) => history).map(({ sinceDate }) => sinceDate);
  return dates.includes(undefined) ? undefined : dates.toSorted()[0];
}
