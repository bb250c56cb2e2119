import { openExtractor } from '../../extraction/extractor.ts';
import { FILE_NAMES } from '../../extraction/frames.ts';
import { LANGUAGES, type Fragment, type Language } from '../../model/code.ts';
import type { PatternDraft } from '../../model/api/curate.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import { toRecordedText } from '../../model/conversions.ts';
import type { Extractor } from '../../model/ports/extractor.ts';
import type { RecordedText } from '../../model/event.ts';

/**
 * What is recorded of a pattern a person wrote or edited, in the language it names or else in that
 * of the file it came from.
 *
 * @throws AppError `unsupported-language` for a language without a grammar, `bad-argument` for
 *   empty text
 */
export async function readDraft(assetsDir: string, draft: PatternDraft): Promise<RecordedText> {
  const extractor = await openExtractor({ assetsDir });
  try {
    return toDraftText(draft, await readFragment(extractor, draft));
  } finally {
    extractor.close();
  }
}

async function readFragment(extractor: Extractor, draft: PatternDraft): Promise<DraftReading> {
  const language = languageOfDraft(extractor, draft);
  if (language === undefined) return { language, fragment: undefined, first: undefined };
  const read = await extractor.extract({ path: FILE_NAMES[language], text: draft.code });
  const outermost = read?.fragments.filter((fragment, index, all) => {
    const before = all.slice(0, index);
    return !before.some(({ range }) => fragment.range.start.line <= range.end.line);
  });
  const [first, ...others] = outermost ?? [];
  const isWhole = first !== undefined && others.length === 0 && !hasMore(draft.code, first);
  return { language, fragment: isWhole ? first : undefined, first };
}

export function languageOfDraft(extractor: Extractor, draft: PatternDraft): Language | undefined {
  if (draft.language === undefined) {
    return draft.path === undefined ? undefined : extractor.languageOf(draft.path);
  }
  const named = LANGUAGES.find((language) => language === draft.language);
  if (named !== undefined) return named;
  throw new AppError('unsupported-language', localized`there is no grammar for ${draft.language}`);
}

/** True when code stands beside the fragment, which would be lost with it. */
function hasMore(code: string, { range }: Fragment): boolean {
  const lines = code.split('\n');
  const around = [...lines.slice(0, range.start.line), ...lines.slice(range.end.line + 1)];
  return around.some((line) => /^\s*[^\s#/*;'"]/.test(line));
}

/** The language of a draft and, where it is one fragment, that fragment. */
interface DraftReading {
  readonly language: Language | undefined;
  readonly fragment: Fragment | undefined;
  /** The first of several, or of what has other code beside it. */
  readonly first: Fragment | undefined;
}

/**
 * Code that is one function, class or test
 * gets that fragment's fingerprint, so that it is the same pattern as its occurrences; other code
 * is a `function` of its own text, and text without a language a `strategy`.
 */
function toDraftText(draft: PatternDraft, reading: DraftReading): RecordedText {
  const read =
    reading.fragment === undefined
      ? readSnippet(draft.code, reading.language)
      : toRecordedText(reading.fragment);
  const name = draft.name ?? reading.first?.name ?? read.name;
  return {
    ...read,
    name,
    description: draft.description ?? read.description,
    tags: [...new Set([...(draft.tags ?? []), ...read.tags])].sort(),
  };
}

function readSnippet(text: string, language: Language | undefined): RecordedText {
  const code = text.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd();
  if (code === '') throw new AppError('bad-argument', localized`the pattern has no text`);
  const kind = language === undefined ? 'strategy' : 'function';
  const template = code.replaceAll('\r\n', '\n');
  const fingerprint = fingerprintOf(language ?? '', kind, template);
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

/** Enough of the first line that is no comment to recognise a snippet by. */
function firstWords(code: string): string {
  const lines = code.split('\n').map((text) => text.trim());
  const line = lines.find((text) => /^[^\s#/*;'"-]/.test(text)) ?? lines[0] ?? '';
  return line.length <= 60 ? line : `${line.slice(0, 59).trimEnd()}…`;
}
