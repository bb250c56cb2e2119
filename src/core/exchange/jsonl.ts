import * as z from 'zod/mini';

import { fingerprintOf } from '../model/fingerprint.ts';
import type { PatternEvent } from '../model/event.ts';
import { NOWHERE, type ChangePattern, type Pattern, type PatternKind } from '../model/pattern.ts';
import { localized } from '../model/localizedText.ts';
import {
  dateOrNull,
  isTrue,
  must,
  numberOrNone,
  readAs,
  textOrNull,
  type Fields,
} from './fields.ts';

/** Confidence of a line that states none. */
const BASE_CONFIDENCE = 0.5;

/**
 * A before/after pattern as a line of the JSONL format, with `reverted` where later commits undid
 * it; other kinds have no place in that format and are `undefined`.
 */
export function toPairLine(pattern: Pattern): string | undefined {
  if (!isChange(pattern)) return undefined;
  return JSON.stringify({
    pattern_id: pattern.id,
    problem_type: pattern.kind === 'fix' ? 'bug_fix' : 'feature_addition',
    before_code: pattern.before,
    after_code: pattern.after,
    commit_msg: pattern.message,
    author: pattern.provenance.author,
    date: toPairDate(pattern.provenance.date),
    confidence: pattern.confidence,
    ...(pattern.reverted ? { reverted: true } : {}),
  });
}

const KINDS = { bug_fix: 'fix', feature_addition: 'feature' } as const;

/** A text that goes by two names. */
function eitherText(name: string, otherName: string): z.ZodMiniType<string> {
  return z.custom<string>((value) => typeof value === 'string', {
    params: { reason: () => localized`${name} or ${otherName} is missing or not text` },
  });
}

/** Its value under the name that holds text: writers fill in `null` under the other one. */
function eitherOf(value: unknown, other: unknown): unknown {
  return typeof value === 'string' ? value : other;
}

const LINE = z.object({
  problem_type: z.enum(['bug_fix', 'feature_addition']),
  before_code: eitherText('before_code', 'code_before'),
  after_code: eitherText('after_code', 'code_after').check(
    must(
      (value) => value.trim() !== '',
      (name) => localized`${name} is empty`,
    ),
  ),
  pattern_id: textOrNull,
  commit_msg: textOrNull,
  author: textOrNull,
  date: dateOrNull,
  confidence: numberOrNone,
  reverted: isTrue,
});

/**
 * One line of such a file; `code_before` and `code_after`, other names for the same fields, are
 * understood too. A `pattern_id` of 16 hex digits is kept, so that a pattern that comes back is
 * recognised; any other gives way to a hash of the texts.
 *
 * @throws BadLine that says what is wrong with the line
 */
export function parsePairLine(fields: Fields): PatternEvent {
  const line = readAs(LINE, {
    ...fields,
    before_code: eitherOf(fields['before_code'], fields['code_before']),
    after_code: eitherOf(fields['after_code'], fields['code_after']),
  });
  const kind = KINDS[line.problem_type];
  const { before_code: before, after_code: after } = line;
  const message = line.commit_msg ?? '';
  const description = firstLine(message) || kind;
  const template = `${before}\n=>\n${after}`;
  return {
    type: 'pattern',
    origin: 'imported',
    text: {
      ...identify(line.pattern_id, kind, template),
      kind,
      language: null,
      framework: null,
      name: nameOf(after) ?? description,
      signature: firstLine(after),
      description,
      tags: [kind],
      code: after,
      before,
      complexity: 1,
      lines: after.trimEnd().split('\n').length,
      template,
    },
    provenance: [{ ...NOWHERE, author: line.author, date: line.date }],
    change: {
      message,
      confidence: clamp(line.confidence ?? BASE_CONFIDENCE),
      testsChanged: false,
      ...(line.reverted ? { reverted: true } : {}),
      issues: [],
    },
  };
}

function identify(
  given: string | null,
  kind: PatternKind,
  template: string,
): { readonly id: string; readonly fingerprint: string } {
  const hash = fingerprintOf('', kind, template);
  const id = given !== null && /^[0-9a-f]{16}$/.test(given) ? given : hash.slice(0, 16);
  return { id, fingerprint: `${id}${hash.slice(16)}` };
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0]?.trim() ?? '';
}

function isChange(pattern: Pattern): pattern is ChangePattern {
  return pattern.kind === 'fix' || pattern.kind === 'feature';
}

/** Such as `2024-03-15 10:30:00`; an old journal may hold what is no date. */
function toPairDate(date: string | null): string | null {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** The language is unknown, so the word after a declaring keyword has to do. */
function nameOf(code: string): string | undefined {
  return /\b(?:def|function|func|fn|fun|class)\s+([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(code)?.[1];
}

function clamp(confidence: number): number {
  return Math.min(1, Math.max(0, confidence));
}
