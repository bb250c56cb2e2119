import type { Redaction, SecretGate } from '../model/ports/secretGate.ts';
import { findAssignments } from './assignments.ts';
import { findPrivateKeys } from './privateKeys.ts';
import { createSecretlint } from './secretlint.ts';
import { mergeSpans, replaceSpans, type Span } from './span.ts';
import { findRandomStrings } from './strings.ts';
import { findTokens } from './tokens.ts';
import { findUrlPasswords } from './urls.ts';

/** No secret is shorter than the shortest password that is looked for, with its name. */
const SHORTEST_TEXT = 8;

/** A replaced secret can bare another beside it; each round leaves less to find. */
const MOST_ROUNDS = 4;

/**
 * Secretlint's detectors, further token formats, credentials in URLs, literals given to telling
 * names, and strings of high entropy. What is redacted once stays as it is when redacted again.
 */
export function createSecretGate(): SecretGate {
  const secretlint = createSecretlint();
  const find = async (text: string): Promise<readonly Span[]> =>
    mergeSpans(text, [
      ...findPrivateKeys(text),
      ...findTokens(text),
      ...(await secretlint.find(text)),
      ...findUrlPasswords(text),
      ...findAssignments(text),
      ...findRandomStrings(text),
    ]);
  return {
    redact: async (text): Promise<Redaction> => {
      let redacted = text;
      const found: string[] = [];
      for (let round = 0; round < MOST_ROUNDS && text.length >= SHORTEST_TEXT; round += 1) {
        const spans = await find(redacted);
        if (spans.length === 0) break;
        redacted = replaceSpans(redacted, spans);
        for (const span of spans) if (span.continues !== true) found.push(span.type);
      }
      return { text: redacted, found };
    },
  };
}
