import type { Redaction, SecretGate } from '../model/ports/secretGate.ts';
import { findAssignments } from './assignments.ts';
import { findCallPasswords } from './calls.ts';
import { findInColumns } from './blocks/columns.ts';
import { findCommandPasswords } from './commands.ts';
import { findInserted } from './blocks/inserted.ts';
import { joinLiterals } from './joined.ts';
import { findJwts } from './jwt.ts';
import { findInManifests } from './blocks/kubernetes.ts';
import { findMnemonics } from './mnemonics.ts';
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
      ...findByForm(text),
      ...(await secretlint.find(text)),
      ...findMnemonics(text),
      ...findInSplitLiterals(text),
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

function findByForm(text: string): readonly Span[] {
  return [
    ...findTokens(text),
    ...findJwts(text),
    ...findUrlPasswords(text),
    ...findAssignments(text),
    ...findCommandPasswords(text),
    ...findCallPasswords(text),
    ...findInserted(text),
    ...findInColumns(text),
    ...findInManifests(text),
    ...findRandomStrings(text),
  ];
}

/** `"abc" + "def"` hides a token from those who look at one literal after the other. */
function findInSplitLiterals(text: string): readonly Span[] {
  return joinLiterals(text).flatMap((part) => part.split(findByForm(part.text)));
}
