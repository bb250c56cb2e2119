import type { Attention } from '../../core/model/api/jobs.ts';
import type { PatternId } from '../../core/model/pattern.ts';

/** As many as a person comes back to in a while. */
const MOST_FILES = 30;
const MOST_PATTERNS = 30;

/** What a person had before them lately. */
export interface Recent {
  readonly attention: Attention;
  /** @param path absolute */
  opened(path: string): void;
  lookedAt(pattern: PatternId): void;
}

export function createRecent(): Recent {
  let files: readonly string[] = [];
  let patterns: readonly PatternId[] = [];
  return {
    get attention() {
      return { files, patterns };
    },
    opened(path) {
      files = withFirst(path, files, MOST_FILES);
    },
    lookedAt(pattern) {
      patterns = withFirst(pattern, patterns, MOST_PATTERNS);
    },
  };
}

function withFirst(first: string, others: readonly string[], most: number): readonly string[] {
  return [first, ...others.filter((other) => other !== first)].slice(0, most);
}
