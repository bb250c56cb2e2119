/** A text with its secrets replaced by typed placeholders; the number of lines is unchanged. */
export interface Redaction {
  readonly text: string;
  /** Types of what was replaced, such as `aws-access-key`, one entry a replacement. */
  readonly found: readonly string[];
}

/** Finds and replaces keys, tokens, passwords and private keys. */
export interface SecretGate {
  redact(text: string): Promise<Redaction>;
}
