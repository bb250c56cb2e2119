import { fingerprintOf } from '../model/fingerprint.ts';
import type { PatternEvent } from '../model/event.ts';
import type { ChangePattern, Pattern, PatternKind } from '../model/pattern.ts';
import { localized } from '../model/localizedText.ts';
import {
  BadLine,
  dateField,
  numberField,
  optionalText,
  quoted,
  textField,
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

/**
 * One line of such a file; `code_before` and `code_after`, other names for the same fields, are
 * understood too. A `pattern_id` of 16 hex digits is kept, so that a pattern that comes back is
 * recognised; any other gives way to a hash of the texts.
 *
 * @throws BadLine that says what is wrong with the line
 */
export function parsePairLine(fields: Fields): PatternEvent {
  const kind = kindOf(textField(fields, 'problem_type'));
  const before = textField(fields, 'before_code', 'code_before');
  const after = textField(fields, 'after_code', 'code_after');
  if (after.trim() === '') throw new BadLine(localized`after_code is empty`);
  const message = optionalText(fields, 'commit_msg') ?? '';
  const description = firstLine(message) || kind;
  const template = `${before}\n=>\n${after}`;
  return {
    type: 'pattern',
    origin: 'imported',
    text: {
      ...identify(fields['pattern_id'], kind, template),
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
    provenance: [
      {
        project: null,
        projectName: null,
        path: null,
        range: null,
        commit: null,
        author: optionalText(fields, 'author'),
        date: dateField(fields, 'date'),
      },
    ],
    change: {
      message,
      confidence: clamp(numberField(fields, 'confidence') ?? BASE_CONFIDENCE),
      testsChanged: false,
      ...(fields['reverted'] === true ? { reverted: true } : {}),
      issues: [],
    },
  };
}

function identify(
  given: unknown,
  kind: PatternKind,
  template: string,
): { readonly id: string; readonly fingerprint: string } {
  const hash = fingerprintOf('', kind, template);
  const id = typeof given === 'string' && /^[0-9a-f]{16}$/.test(given) ? given : hash.slice(0, 16);
  return { id, fingerprint: `${id}${hash.slice(16)}` };
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0]?.trim() ?? '';
}

function isChange(pattern: Pattern): pattern is ChangePattern {
  return pattern.kind === 'fix' || pattern.kind === 'feature';
}

function kindOf(problemType: string): 'fix' | 'feature' {
  if (problemType === 'bug_fix') return 'fix';
  if (problemType === 'feature_addition') return 'feature';
  throw new BadLine(localized`problem_type is ${quoted(problemType)}`);
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
