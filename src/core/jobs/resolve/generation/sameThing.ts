import { commitTitle } from '../../../model/commitTitle.ts';
import type { ChangePattern } from '../../../model/pattern.ts';
import type { CodePointer, Signal } from '../../../model/resolution/codePointer.ts';
import { withoutStopWords } from '../../../platform/text/stopWords.ts';
import type { Tokenizer } from '../../../platform/text/words.ts';
import type { Issue } from '../../../resolution/localization/issue.ts';

/** What an issue says of a function itself, and not of the file or the class around it. */
const POINTING: readonly Signal[] = ['named', 'traceback', 'model'];

/** Whether the issue points at this very function: it names it, or its traceback passes through it. */
export function isPointedAt({ kind, signals }: CodePointer): boolean {
  return kind !== 'file' && POINTING.some((signal) => (signals[signal] ?? 0) > 0);
}

const ERROR = /\b\p{Lu}\w*(?:Error|Exception|Warning|Fault|Panic)\b/gu;
/** Every fix says these. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['fix', 'bug', 'issu']);
const LEAST_SHARED = 2;
const LEAST_SHARE = 1 / 3;
/** A title of fewer words stands over many issues. */
const LEAST_SAME = 3;
const NEARLY_ALL = 0.9;

/**
 * Whether a fix is about what an issue is about: the same error in its message or in the lines it
 * changed, or a good part of the title in these. What only stands around them, which all fixes of a
 * class share, does not make it so.
 */
export function isAboutTheSame(issue: Issue, fix: ChangePattern, tokenizer: Tokenizer): boolean {
  const errors = new Set(issue.text.match(ERROR));
  const told = `${fix.message}\n${changedLines(fix)}`;
  if ((told.match(ERROR) ?? []).some((error) => errors.has(error))) return true;
  const asked = stems(issue.title, tokenizer);
  const said = stems(`${commitTitle(fix.message)}\n${changedLines(fix)}`, tokenizer);
  const shared = [...asked].filter((stem) => said.has(stem)).length;
  return shared >= LEAST_SHARED && shared >= LEAST_SHARE * asked.size;
}

/** Whether a fix says nearly all that an issue says, its text included, and that is more than a word or two. */
export function isOfTheSameIssue(issue: Issue, fix: ChangePattern, tokenizer: Tokenizer): boolean {
  const asked = stems(`${issue.title}\n${issue.text}`, tokenizer);
  const said = stems(`${fix.message}\n${changedLines(fix)}`, tokenizer);
  const shared = [...asked].filter((stem) => said.has(stem)).length;
  return shared >= LEAST_SAME && shared >= NEARLY_ALL * asked.size;
}

function stems(text: string, tokenizer: Tokenizer): ReadonlySet<string> {
  const parts = withoutStopWords(tokenizer.words(text)).flatMap((word) => word.parts);
  return new Set(parts.filter((part) => !SAYS_NOTHING.has(part)));
}

function changedLines({ before, after }: ChangePattern): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)),
    ...now.filter((line) => !old.includes(line)),
  ].join('\n');
}
