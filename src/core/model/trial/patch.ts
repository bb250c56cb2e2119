/** A change of one file, as `git diff` tells it. */
export interface FilePatch {
  /** Relative to the top of the repository, with `/`; of a deleted file the one it had. */
  readonly path: string;
  /** Where the file was before, if somewhere else. */
  readonly formerPath: string | undefined;
  readonly kind: 'changed' | 'added' | 'deleted';
  /** Octal, where it is told: `100755` for programs. */
  readonly mode: string | undefined;
  readonly hunks: readonly Hunk[];
}

/** Lines that take the place of others. */
export interface Hunk {
  /** From 1; 0 for the line before the first. */
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Each begins with ` `, `-`, `+` or `\`, the last for a missing line feed at the end. */
  readonly lines: readonly string[];
}
