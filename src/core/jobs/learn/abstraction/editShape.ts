import type { SourceParser } from '../../../extraction/parsing/parsedSource.ts';
import type { MadeEdit } from '../../../learning/actions/commandTexts.ts';
import { strategyText } from '../../../learning/lessons/strategy.ts';
import type { RecordedText } from '../../../model/event.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';
import { nameLanguage } from '../../../model/sourceFile/languageName.ts';
import type { TokenFile } from '../../../model/suggestions/edit.ts';
import { isVariable, templateOf } from '../../../suggestions/edits/editTemplate.ts';
import { hunksBetween } from '../../../suggestions/edits/tokenHunks.ts';
import { tokensOf } from '../../resolve/generation/knownFixes.ts';

/** The tag of strategies that say how code is changed. */
export const EDIT = 'edit';

/** A change of more is the story of one place. */
const MOST_TOKENS = 40;
const LONGEST_EDIT = 4_000;

/**
 * The shape of a change of one or a few lines, as what to do where code has the shape it had before:
 * variables are left open, and called the same before and after. `undefined` where more was changed,
 * in several places, or what stood there has no name that others would have, too.
 */
export async function editShape(
  parser: SourceParser,
  { path, before, after }: MadeEdit,
): Promise<RecordedText | undefined> {
  const language = languageOf(path);
  if (language === undefined || before.length + after.length > LONGEST_EDIT) return undefined;
  const [former, later] = [
    await tokensOf(parser, { path, text: before }),
    await tokensOf(parser, { path, text: after }),
  ];
  const hunks = former && later ? hunksBetween(former, later) : [];
  const [hunk] = hunks;
  if (former === undefined || later === undefined || hunk === undefined || hunks.length > 1) {
    return undefined;
  }
  const old = wholeLines(former, hunk.from, hunk.to);
  const fresh = wholeLines(later, hunk.newFrom, hunk.newTo);
  const isSmall = [old, fresh].every(({ from, to }) => to > from && to - from <= MOST_TOKENS);
  if (!isSmall || !isTelling(former, old)) return undefined;
  const names = new Map<string, string>();
  const [from, to] = [shapeOf(former, old, names), shapeOf(later, fresh, names)];
  if (from === to) return undefined;
  const parameters = [...names.values()];
  const situation = `${nameLanguage(language)} code says \`${from}\``;
  return strategyText(
    { situation, suggestion: [`say \`${to}\` instead`], parameters },
    {
      tags: [EDIT],
      description: 'A change that sessions which succeeded made, and left as it was.',
      template: `${language}\n${from}\n${to}`,
    },
  );
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The tokens of all lines that a stretch touches. */
function wholeLines({ text, tokens }: TokenFile, from: number, to: number): Stretch {
  const lineOf = (at: number): number => text.lastIndexOf('\n', (tokens[at]?.start ?? 0) - 1);
  const last = Math.max(from, to - 1);
  let [first, end] = [Math.min(from, tokens.length - 1), Math.min(last + 1, tokens.length)];
  while (first > 0 && lineOf(first - 1) === lineOf(first)) first -= 1;
  while (end < tokens.length && lineOf(end) === lineOf(end - 1)) end += 1;
  return { from: Math.max(0, first), to: end };
}

/** It holds a function, a member or a literal that code of other projects may have, too. */
function isTelling({ tokens }: TokenFile, { from, to }: Stretch): boolean {
  return templateOf(tokens, from, to).fixed.size > 0;
}

/** The text of a stretch on one line, with `$1`, `$2` … for its variables. */
function shapeOf(
  { text, tokens }: TokenFile,
  { from, to }: Stretch,
  names: Map<string, string>,
): string {
  let shape = '';
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (token === undefined) continue;
    const gap = at === from ? '' : text.slice(tokens[at - 1]?.end, token.start);
    shape += gap.replace(/\s+/g, ' ');
    if (!isVariable(tokens, at)) shape += token.text;
    else {
      const name = names.get(token.text) ?? `$${names.size + 1}`;
      names.set(token.text, name);
      shape += name;
    }
  }
  return shape.trim();
}
