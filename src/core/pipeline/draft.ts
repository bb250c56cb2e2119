import { createHash } from 'node:crypto';
import type { Fragment, Language } from '../model/code.ts';
import type { PatternDraft } from '../model/engine.ts';
import { AppError } from '../model/errors.ts';
import { toRecordedText } from '../model/conversions.ts';
import type { RecordedText } from '../model/event.ts';

/** How the text of a draft reads: its language and, where it is one fragment, that fragment. */
export interface DraftReading {
  readonly language: Language | undefined;
  readonly fragment: Fragment | undefined;
}

/**
 * What is recorded of a pattern a person wrote or edited. Code that is one function, class or test
 * gets that fragment's fingerprint, so that it is the same pattern as its occurrences; other code
 * is a `function` of its own text, and text without a language a `strategy`.
 *
 * @throws AppError `bad-argument` for empty text
 */
export function toDraftText(draft: PatternDraft, reading: DraftReading): RecordedText {
  const read =
    reading.fragment === undefined
      ? readSnippet(draft.code, reading.language)
      : toRecordedText(reading.fragment);
  const name = draft.name ?? read.name;
  return {
    ...read,
    name,
    description: draft.description ?? (read.description === '' ? name : read.description),
    tags: [...new Set([...(draft.tags ?? []), ...read.tags])].sort(),
  };
}

function readSnippet(text: string, language: Language | undefined): RecordedText {
  const code = text.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd();
  if (code === '') throw new AppError('bad-argument', 'the pattern has no text');
  const kind = language === undefined ? 'strategy' : 'function';
  const template = code.replaceAll('\r\n', '\n');
  const fingerprint = createHash('sha256')
    .update(`${language ?? ''}\n${kind}\n${template}`)
    .digest('hex');
  return {
    id: fingerprint.slice(0, 16),
    kind,
    language: language ?? null,
    framework: null,
    name: firstWords(code),
    signature: null,
    description: '',
    tags: [],
    code,
    complexity: 1,
    lines: code.split('\n').length,
    fingerprint,
    template,
  };
}

/** Enough of the first line to recognise a snippet by. */
function firstWords(code: string): string {
  const line = code.split('\n', 1)[0]?.trim() ?? '';
  return line.length <= 60 ? line : `${line.slice(0, 59).trimEnd()}…`;
}
