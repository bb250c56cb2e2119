import { codeTokensOf } from '../../../extraction/codeTokens.ts';
import { FILE_NAMES } from '../../../extraction/frames.ts';
import type { SourceParser } from '../../../extraction/parsing/parsedSource.ts';
import type { Language, SourceFile } from '../../../model/code.ts';
import type { ChangePattern } from '../../../model/pattern.ts';
import type { TokenFile } from '../../../model/suggestions/edit.ts';
import { alarmOf } from '../../../prompts/tripwire/tripwire.ts';
import { knownFix, type KnownFix } from '../../../suggestions/edits/fixPlaces.ts';
import type { RelevantFix } from './relevantFixes.ts';

/** A fix of the library, ready to be looked for in other code. */
export interface LibraryFix extends RelevantFix {
  readonly fix: KnownFix;
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** Of the names in lines that a fix changed, so many must be in the code that is looked at. */
const SHARED = 0.3;

/**
 * Those of some fixes that could have a place in some code: not those that were taken back, not those
 * of which hardly a name is there, and not those that look like instructions.
 */
export async function* fixesFor(
  fixes: Iterable<RelevantFix>,
  parser: SourceParser,
  {
    files,
    languages,
  }: { readonly files: readonly SourceFile[]; readonly languages: ReadonlySet<Language> },
): AsyncGenerator<LibraryFix> {
  const present = namesIn(files.map(({ text }) => text));
  for (const { pattern, relevance } of fixes) {
    if (pattern.reverted || pattern.before === '') continue;
    const { language } = pattern;
    if (language === null || !languages.has(language)) continue;
    if (!couldFit(pattern, present) || instructs(pattern)) continue;
    const name = FILE_NAMES[language];
    const before = await tokensOf(parser, { path: name, text: pattern.before });
    const after = await tokensOf(parser, { path: name, text: pattern.after });
    const fix = before && after && knownFix(before, after);
    if (fix !== undefined) yield { pattern, relevance, fix };
  }
}

/** All words of texts that may be names. */
function namesIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.match(NAME) ?? []));
}

/** The tokens of a file; `undefined` where no grammar reads it. */
export async function tokensOf(
  parser: SourceParser,
  { path, text }: SourceFile,
): Promise<TokenFile | undefined> {
  const source = await parser.parse(path, text);
  if (source === undefined) return undefined;
  try {
    return { path, text, tokens: codeTokensOf(source) };
  } finally {
    source.delete();
  }
}

/** Patches and what is told of them may be read by a language model. */
function instructs({ before, after, message, name }: ChangePattern): boolean {
  return alarmOf([before, after, message, name].join('\n\n')) !== undefined;
}

function couldFit({ before, after }: ChangePattern, present: ReadonlySet<string>): boolean {
  const kept = new Set(after.split('\n'));
  const gone = before.split('\n').filter((line) => !kept.has(line));
  const names = new Set((gone.length > 0 ? gone.join('\n') : before).match(NAME));
  const shared = [...names].filter((name) => present.has(name)).length;
  return shared >= SHARED * names.size;
}
