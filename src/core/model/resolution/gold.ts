/**
 * What is known to resolve an instance: the change that people made, and the tests they wrote for it.
 * Stages are measured by it and never see it.
 */
export interface Gold {
  /** A unified diff, as git writes it. */
  readonly patch: string;
  /** A unified diff that adds or changes tests; `undefined` where none are known. */
  readonly tests: string | undefined;
}
