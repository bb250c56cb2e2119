/**
 * What is known to resolve an instance: the change that people made, and the tests they wrote for it.
 * Stages are measured by it and never see it.
 */
export interface Gold {
  /** A unified diff, as git writes it. */
  readonly patch: string;
  /** `undefined` where no tests are known. */
  readonly tests: GoldTests | undefined;
}

export interface GoldTests {
  /** A unified diff that adds or changes tests. */
  readonly patch: string;
  /** Names of tests that fail before the change and pass after it. */
  readonly failToPass: readonly string[];
  /** Names of tests that pass before it and after it. */
  readonly passToPass: readonly string[];
}
