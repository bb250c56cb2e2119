import { openExtractor } from '../../extraction/extractor.ts';
import { FILE_NAMES, framesOf, HOLDER } from '../../extraction/frames.ts';
import type { Fragment, Language } from '../../model/code.ts';
import { toRecordedText } from '../../model/conversions.ts';
import type { PatternDraft } from '../../model/api/curate.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { RecordedText } from '../../model/event.ts';
import type { Extractor } from '../../model/ports/extractor.ts';
import { languageOfDraft } from './draft.ts';

/**
 * What is recorded of the outermost functions, classes and tests of a text, each once: what stands
 * inside another is kept with it, a method with its class. The text may be a part of a file; of a
 * fragment that is cut off nothing is kept.
 *
 * @throws AppError `unsupported-language`
 */
export async function readDraftFragments(
  assetsDir: string,
  draft: Pick<PatternDraft, 'code' | 'path' | 'language'>,
): Promise<readonly RecordedText[]> {
  const extractor = await openExtractor({ assetsDir });
  try {
    const texts = await fragmentsOf(extractor, draft);
    if (texts !== undefined) return texts;
    const place = draft.path ?? localized`the text`;
    throw new AppError('unsupported-language', localized`there is no grammar for ${place}`);
  } finally {
    extractor.close();
  }
}

/** As `readDraftFragments`; `undefined` where there is no grammar. */
export async function fragmentsOf(
  extractor: Extractor,
  draft: Pick<PatternDraft, 'code' | 'path' | 'language'>,
): Promise<readonly RecordedText[] | undefined> {
  const language = languageOfDraft(extractor, draft);
  if (language === undefined) return undefined;
  const fragments = await readMost(extractor, language, withoutIndent(draft.code));
  const texts = fragments.map(toRecordedText);
  return [...new Map(texts.map((text) => [text.id, text])).values()];
}

async function readMost(
  extractor: Extractor,
  language: Language,
  text: string,
): Promise<readonly Fragment[]> {
  let best: readonly Fragment[] = [];
  for (const { before, after } of framesOf(language)) {
    const framed = { path: FILE_NAMES[language], text: `${before}${text}${after}` };
    const read = await extractor.extract(framed);
    const found = outermost((read?.fragments ?? []).filter(({ name }) => name !== HOLDER));
    if (countLines(found) > countLines(best)) best = found.map(withoutHolder);
  }
  return best;
}

/** Fragments come in order of their start, an outer one before what it contains. */
function outermost(fragments: readonly Fragment[]): readonly Fragment[] {
  const found: Fragment[] = [];
  for (const fragment of fragments) {
    const last = found.at(-1)?.range.end;
    const { start } = fragment.range;
    const isInside =
      last !== undefined &&
      (start.line < last.line || (start.line === last.line && start.character < last.character));
    if (!isInside) found.push(fragment);
  }
  return found;
}

function countLines(fragments: readonly Fragment[]): number {
  return fragments.reduce((sum, { lines }) => sum + lines, 0);
}

/** A phrase made of the surroundings would name the class that is none. */
function withoutHolder(fragment: Fragment): Fragment {
  if (fragment.documented || !fragment.qualifiedName.startsWith(`${HOLDER}.`)) return fragment;
  return { ...fragment, description: '' };
}

/**
 * Takes the common indentation off. A selection that begins in the middle of a line lacks that of
 * its first line, which the line that closes it has.
 */
function withoutIndent(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const closing = rest.findLast((line) => line.trim() !== '') ?? '';
  const isCut = indentOf(first) < indentOf(closing) && /^\s*(?:[)\]}]|end\b)/.test(closing);
  const lines = isCut ? rest : [first, ...rest];
  const common = lines
    .filter((line) => line.trim() !== '')
    .reduce((least, line) => Math.min(least, indentOf(line)), Infinity);
  const taken = lines.map((line) => line.slice(Math.min(common, indentOf(line))));
  return (isCut ? [first, ...taken] : taken).join('\n');
}

function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}
