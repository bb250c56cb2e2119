import { createHash } from 'node:crypto';
import { fingerprintOf } from '../model/fingerprint.ts';
import { LANGUAGES, type Language, type Range } from '../model/code.ts';
import type { PatternEvent } from '../model/event.ts';
import {
  PATTERN_KINDS,
  type Pattern,
  type PatternKind,
  type Provenance,
} from '../model/pattern.ts';
import { localized } from '../model/localizedText.ts';
import {
  BadLine,
  dateField,
  isFields,
  nameField,
  numberField,
  optionalText,
  pathField,
  quoted,
  textField,
  textList,
  wholeField,
  type Fields,
} from './fields.ts';

const ID_DIGITS = 16;

/** First line of a pack. */
const FORMAT = 'pattern-foundry-pack';
const VERSION = 1;

/** More than any file has that a person reads. */
const MOST_LINES = 10_000_000;
const MOST_CHARACTERS = 100_000_000;

/** @param name for whoever looks into the file; an import goes by the file's own */
export function toPackHeader(name: string): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, name });
}

/** A pattern of any kind with its provenance. */
export function toPackLine(pattern: Pattern): string {
  return JSON.stringify({
    fingerprint: pattern.fingerprint,
    kind: pattern.kind,
    language: pattern.language,
    framework: pattern.framework,
    name: pattern.name,
    signature: pattern.signature,
    description: pattern.description,
    tags: pattern.tags,
    complexity: pattern.complexity,
    lines: pattern.lines,
    template: pattern.template,
    ...('code' in pattern
      ? { code: pattern.code }
      : {
          before: pattern.before,
          after: pattern.after,
          message: pattern.message,
          confidence: pattern.confidence,
          testsChanged: pattern.testsChanged,
          ...(pattern.reverted ? { reverted: true } : {}),
          issues: pattern.issues,
        }),
    occurrences: (pattern.occurrences.length > 0 ? pattern.occurrences : [pattern.provenance]).map(
      toShared,
    ),
  });
}

/** Folders and hosts are nobody else's business, but two projects of one name must stay two. */
function toShared(place: Provenance): Provenance {
  const [, kind, where] = /^(dir|remote):(.*)$/s.exec(place.project ?? '') ?? [];
  if (kind === undefined || where === undefined) return place;
  return { ...place, project: `${kind}:${toDigest(where)}` };
}

function toDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, ID_DIGITS);
}

/** @throws BadLine for the header of a later version */
export function isPackHeader(fields: Fields): boolean {
  if (fields['format'] !== FORMAT) return false;
  const version = numberField(fields, 'version') ?? VERSION;
  if (version <= VERSION) return true;
  throw new BadLine(localized`pack version ${version} is later than ${VERSION}`);
}

/** One pattern of a pack. @throws BadLine that says what is wrong with the line */
export function parsePackLine(fields: Fields): PatternEvent {
  const given = textField(fields, 'fingerprint');
  if (!/^[0-9a-f]{64}$/.test(given)) {
    throw new BadLine(localized`fingerprint is not 64 hex digits`);
  }
  const kind = parseKind(textField(fields, 'kind'));
  const isChange = kind === 'fix' || kind === 'feature';
  const template = textField(fields, 'template');
  const language = optionalText(fields, 'language') ?? '';
  const fingerprint = fingerprintFor(given, { language, kind, template });
  const code = textField(fields, isChange ? 'after' : 'code');
  if (code.trim() === '') throw new BadLine(localized`${isChange ? 'after' : 'code'} is empty`);
  return {
    type: 'pattern',
    origin: 'imported',
    text: {
      id: fingerprint.slice(0, ID_DIGITS),
      kind,
      language: parseLanguage(fields['language']),
      framework: fields['framework'] === null ? null : optionalName(fields, 'framework'),
      name: nameField(fields, 'name'),
      signature: optionalText(fields, 'signature'),
      description: textField(fields, 'description'),
      tags: textList(fields, 'tags'),
      code,
      ...(isChange ? { before: textField(fields, 'before') } : {}),
      complexity: wholeField(fields, 'complexity', { min: 0, max: MOST_LINES }) ?? 1,
      lines: wholeField(fields, 'lines', { min: 1, max: MOST_LINES }) ?? code.split('\n').length,
      fingerprint,
      template,
    },
    provenance: parseOccurrences(fields['occurrences']),
    ...(isChange ? { change: parseChange(fields) } : {}),
  };
}

function parseChange(fields: Fields): NonNullable<PatternEvent['change']> {
  return {
    message: optionalText(fields, 'message') ?? '',
    confidence: Math.min(1, Math.max(0, numberField(fields, 'confidence') ?? 0)),
    testsChanged: fields['testsChanged'] === true,
    ...(fields['reverted'] === true ? { reverted: true } : {}),
    issues: textList(fields, 'issues'),
  };
}

/**
 * A line that borrowed the fingerprint of other code would stand for it: forgetting the one would
 * forget the other. So it gets that of what it holds, which is another one too where a secret was
 * taken out of it. What came as a before/after pair keeps the id it had there.
 */
function fingerprintFor(
  given: string,
  of: { readonly language: string; readonly kind: PatternKind; readonly template: string },
): string {
  const own = fingerprintOf(of.language, of.kind, of.template);
  const isPair = of.language === '' && (of.kind === 'fix' || of.kind === 'feature');
  return isPair && given.slice(ID_DIGITS) === own.slice(ID_DIGITS) ? given : own;
}

function optionalName(fields: Fields, name: string): string | null {
  return fields[name] === undefined ? null : nameField(fields, name);
}

function parseKind(kind: string): PatternKind {
  const known = PATTERN_KINDS.find((candidate) => candidate === kind);
  if (known === undefined) throw new BadLine(localized`kind is ${quoted(kind)}`);
  return known;
}

function parseLanguage(value: unknown): Language | null {
  return LANGUAGES.find((language) => language === value) ?? null;
}

function parseOccurrences(value: unknown): readonly Provenance[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isFields).map((place) => ({
    project: optionalText(place, 'project'),
    projectName: optionalText(place, 'projectName'),
    path: pathField(place, 'path'),
    range: parseRange(place['range']),
    commit: optionalText(place, 'commit'),
    author: optionalText(place, 'author'),
    date: dateField(place, 'date'),
  }));
}

function parseRange(value: unknown): Range | null {
  if (!isFields(value) || !isFields(value['start']) || !isFields(value['end'])) return null;
  const { start, end } = value;
  if (!isFields(start) || !isFields(end)) return null;
  return { start: parsePosition(start), end: parsePosition(end) };
}

function parsePosition(fields: Fields): { line: number; character: number } {
  return {
    line: wholeField(fields, 'line', { min: 0, max: MOST_LINES }) ?? 0,
    character: wholeField(fields, 'character', { min: 0, max: MOST_CHARACTERS }) ?? 0,
  };
}
