import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { fingerprintOf } from '../model/fingerprint.ts';
import { LANGUAGES, type Range } from '../model/code.ts';
import type { PatternEvent } from '../model/event.ts';
import {
  PATTERN_KINDS,
  type Pattern,
  type PatternKind,
  type Provenance,
} from '../model/pattern.ts';
import { localized } from '../model/localizedText.ts';
import {
  anything,
  BadLine,
  dateOrNull,
  filledText,
  isFields,
  isTrue,
  must,
  nameText,
  numberOrNone,
  pathOrNull,
  readAs,
  textOrNull,
  texts,
  wholeOrNone,
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
  const { project, projectName, path, range, commit, author, date, ...others } = place;
  const [, kind, where] = /^(dir|remote):(.*)$/s.exec(project ?? '') ?? [];
  const isPrivate = kind !== undefined && where !== undefined;
  return {
    // In this order wherever it is from, so that the same pattern is the same text.
    project: isPrivate ? `${kind}:${toDigest(where)}` : project,
    ...{ projectName, path, range, commit, author, date, ...others },
  };
}

function toDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, ID_DIGITS);
}

const HEADER = z.object({ version: numberOrNone });

/** @throws BadLine for the header of a later version */
export function isPackHeader(fields: Fields): boolean {
  if (fields['format'] !== FORMAT) return false;
  const version = readAs(HEADER, fields).version ?? VERSION;
  if (version <= VERSION) return true;
  throw new BadLine(localized`pack version ${version} is later than ${VERSION}`);
}

const POSITION = z.object({
  line: wholeOrNone(0, MOST_LINES),
  character: wholeOrNone(0, MOST_CHARACTERS),
});

/** What has not the shape of a range is none; wrong numbers in one are a mistake. */
const RANGE = z.pipe(
  z.pipe(
    anything,
    z.transform((value): unknown =>
      isFields(value) && isFields(value['start']) && isFields(value['end']) ? value : null,
    ),
  ),
  z.nullable(
    z.object({ start: POSITION, end: POSITION }).check(
      must(
        ({ start, end }) => !isBefore(toPosition(end), toPosition(start)),
        () => localized`range ends before it starts`,
      ),
    ),
  ),
);

const PLACE = z.object({
  project: textOrNull,
  projectName: textOrNull,
  path: pathOrNull,
  range: RANGE,
  commit: textOrNull,
  author: textOrNull,
  date: dateOrNull,
});

const LINE = z.object({
  fingerprint: z.string().check(
    must(
      (value) => /^[0-9a-f]{64}$/.test(value),
      () => localized`fingerprint is not 64 hex digits`,
    ),
  ),
  kind: z.enum(PATTERN_KINDS),
  template: z.string(),
  language: textOrNull,
  framework: z.nullish(nameText),
  name: nameText,
  signature: textOrNull,
  description: z.string(),
  tags: texts,
  complexity: wholeOrNone(0, MOST_LINES),
  lines: wholeOrNone(1, MOST_LINES),
  occurrences: z.pipe(
    z.pipe(
      anything,
      z.transform((value): unknown => (Array.isArray(value) ? value.filter(isFields) : [])),
    ),
    z.array(PLACE),
  ),
});

const CODE = z.object({ code: filledText });

const CHANGE = z.object({
  after: filledText,
  before: z.string(),
  message: textOrNull,
  confidence: numberOrNone,
  testsChanged: isTrue,
  reverted: isTrue,
  issues: texts,
});

/** One pattern of a pack. @throws BadLine that says what is wrong with the line */
export function parsePackLine(fields: Fields): PatternEvent {
  const line = readAs(LINE, fields);
  const { kind, template, language } = line;
  const given = { language: language ?? '', kind, template };
  const fingerprint = fingerprintFor(line.fingerprint, given);
  const { code, ...change } = parseText(fields, kind);
  const { name, signature, description, tags } = line;
  return {
    type: 'pattern',
    origin: 'imported',
    text: {
      id: fingerprint.slice(0, ID_DIGITS),
      kind,
      language: LANGUAGES.find((known) => known === language) ?? null,
      framework: line.framework ?? null,
      ...{ name, signature, description, tags, code },
      ...('before' in change ? { before: change.before } : {}),
      complexity: line.complexity ?? 1,
      lines: line.lines ?? code.split('\n').length,
      fingerprint,
      template,
    },
    provenance: line.occurrences.map(toPlace),
    ...('change' in change ? { change: change.change } : {}),
  };
}

type Text =
  | { readonly code: string }
  | {
      readonly code: string;
      readonly before: string;
      readonly change: NonNullable<PatternEvent['change']>;
    };

function parseText(fields: Fields, kind: PatternKind): Text {
  if (kind !== 'fix' && kind !== 'feature') return readAs(CODE, fields);
  const { after, before, message, confidence, testsChanged, reverted, issues } = readAs(
    CHANGE,
    fields,
  );
  const change = {
    message: message ?? '',
    confidence: Math.min(1, Math.max(0, confidence ?? 0)),
    testsChanged,
    ...(reverted ? { reverted } : {}),
    issues,
  };
  return { code: after, before, change };
}

function toPlace({ range, ...place }: z.infer<typeof PLACE>): Provenance {
  if (range === null) return { ...place, range };
  const { start, end } = range;
  return { ...place, range: { start: toPosition(start), end: toPosition(end) } };
}

function isBefore(one: Range['start'], other: Range['start']): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function toPosition({ line, character }: z.infer<typeof POSITION>): Range['start'] {
  return { line: line ?? 0, character: character ?? 0 };
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
