export interface GitTreeFile {
  /** Relative to the top level, with `/`. */
  readonly path: string;
  /** Octal as git writes it. */
  readonly mode: string;
  readonly blob: string;
}

/** Reads what `git ls-tree -r -z` prints; submodules are left out. */
export function readTree(listed: string): readonly GitTreeFile[] {
  return listed.split('\0').flatMap((entry) => {
    const [, mode, blob, path] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    return mode === undefined || blob === undefined || path === undefined
      ? []
      : [{ path, mode, blob }];
  });
}

/** Reads what `git rev-list --timestamp` prints: commits in their order, each with its seconds. */
export function readTimes(listed: string): ReadonlyMap<string, number> {
  return new Map(
    listed.split('\n').flatMap((line) => {
      const [time = '', commit] = line.trim().split(' ');
      return commit === undefined ? [] : [[commit, Number(time)] as const];
    }),
  );
}
