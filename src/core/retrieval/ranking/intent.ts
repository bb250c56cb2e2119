/** What the words of a query ask for beside its subject. */
export interface Intent {
  /** Fixes and other changes, each by itself. */
  readonly changes: boolean;
  readonly tests: boolean;
}

/** Longer texts are code or reports, whose words say little of what is asked for. */
const MAX_CHARACTERS = 200;

const CHANGES =
  /\b(?:fix|fixes|fixed|fixing|bug|bugs|bugfix|bugfixes|hotfix|regression|regressions)\b/i;
const TESTS = /\b(?:test|tests|tested|testing|unittest|unittests|spec|specs)\b/i;

export function intentOf(text: string): Intent {
  const isQuestion = text.length <= MAX_CHARACTERS && !text.trim().includes('\n');
  return { changes: isQuestion && CHANGES.test(text), tests: isQuestion && TESTS.test(text) };
}
