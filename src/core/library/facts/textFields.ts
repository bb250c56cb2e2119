import { createHash } from 'node:crypto';
import type { IdiomHole, Range } from '../../model/code.ts';
import type { RecordedText } from '../../model/event.ts';
import { PATTERN_KINDS, type Provenance } from '../../model/pattern.ts';
import * as f from './fields.ts';

const position = f.object<Range['start']>({ line: f.number, character: f.number });

/** Where a text stands in its file. */
export const range = f.object<Range>({ start: position, end: position });

const hole = f.object<IdiomHole>({
  kind: f.oneOf(['name', 'expression', 'list']),
  values: f.list(f.object<IdiomHole['values'][number]>({ text: f.text, count: f.number })),
});

/** What files, commits and patterns alike record of a text. */
export const recordedText: f.Fields<RecordedText> = {
  id: f.patternId,
  kind: f.oneOf(PATTERN_KINDS),
  language: f.nullable(f.language),
  framework: f.nullable(f.text),
  name: f.text,
  signature: f.nullable(f.text),
  description: f.text,
  details: f.optional(f.text),
  tags: f.list(f.text),
  code: f.text,
  before: f.optional(f.text),
  complexity: f.number,
  lines: f.number,
  fingerprint: f.hash,
  template: f.text,
  holes: f.optional(f.list(hole)),
};

export const provenance = f.object<Provenance>({
  project: f.nullable(f.projectKey),
  // Older versions recorded none.
  projectName: f.optional(f.nullable(f.text)),
  path: f.nullable(f.text),
  range: f.nullable(range),
  commit: f.nullable(f.hash),
  author: f.nullable(f.text),
  date: f.nullable(f.dateText),
  session: f.optional(f.text),
});

/** Names of sessions, tasks and people: redacted like any text, with a digest, so that two stay two. */
export const distinctName = f.distinctText((value) =>
  createHash('sha256').update(value).digest('hex').slice(0, 8),
);

/** Who did something: an id, which looks like a secret and is none, or a name of older versions. */
export const personOrName: f.Field = {
  holds: distinctName.holds,
  replaceTexts: (value, replace) =>
    typeof value === 'string' && /^[0-9a-f]{24}$/.test(value)
      ? value
      : distinctName.replaceTexts?.(value, replace),
};
