import type { Injection, InjectRequest, LeftOutPattern } from '../../../core/model/api/prompts.ts';
import type { OptionSpec } from '../../command.ts';
import { ratio, texts, wholeNumber } from '../../input.ts';
import type { Input } from '../../input.ts';
import type { Io } from '../../io.ts';
import { clean } from '../../text/clean.ts';
import { createStyle, wantsColour } from '../../text/style.ts';

/** How much is put before a language model. */
export const LIMIT_OPTIONS: readonly OptionSpec[] = [
  { flags: '--max-patterns <n>', summary: 'patterns at most (default: 3, or as configured)' },
  {
    flags: '--budget <tokens>',
    summary: 'tokens to add at most (default: 2000, or as configured)',
  },
  { flags: '--min-relevance <x>', summary: 'from 0 to 1; less relevant patterns are not added' },
  {
    flags: '--allow <id...>',
    summary: 'add this pattern although it looks like an instruction to a language model',
  },
];

type PromptLimits = Pick<
  InjectRequest,
  'maxPatterns' | 'tokenBudget' | 'minRelevance' | 'allowed' | 'holdout'
>;

/** Nothing is held out from a person who looks at what is printed: no task is done with it yet. */
export function toLimits(input: Input, { stdout }: Pick<Io, 'stdout'>): PromptLimits {
  const maxPatterns = wholeNumber(input, 'maxPatterns', { min: 0, max: 100 });
  const tokenBudget = wholeNumber(input, 'budget', { min: 0, max: 1_000_000 });
  const minRelevance = ratio(input, 'minRelevance');
  const allowed = texts(input, 'allow');
  return {
    ...(maxPatterns !== undefined && { maxPatterns }),
    ...(tokenBudget !== undefined && { tokenBudget }),
    ...(minRelevance !== undefined && { minRelevance }),
    ...(allowed !== undefined && { allowed }),
    ...(stdout.isTTY && { holdout: 0 }),
  };
}

/** A pattern left out as scripts read it, its reason in English. */
type LeftOutDocument = Omit<LeftOutPattern, 'detail'> & { readonly detail: string };

/** The same with its reasons in English, as scripts read them. */
export function withReasons<Document extends Pick<Injection, 'leftOut'>>(
  document: Document,
): Omit<Document, 'leftOut'> & { readonly leftOut: readonly LeftOutDocument[] } {
  const leftOut = document.leftOut.map((one) => ({ ...one, detail: one.detail.text }));
  return { ...document, leftOut };
}

/** A prompt is handed on as it is; only a terminal would obey what it holds. */
export async function printPrompt(
  prompt: Pick<Injection, 'text' | 'patterns' | 'leftOut' | 'look'>,
  io: Io,
): Promise<void> {
  await io.stdout.write(io.stdout.isTTY ? clean(prompt.text) : prompt.text);
  await tellBeside(prompt, io);
}

/** Standard output is the prompt; what is not in it is told beside it. */
async function tellBeside(
  { patterns, leftOut, look }: Pick<Injection, 'patterns' | 'leftOut' | 'look'>,
  io: Io,
): Promise<void> {
  const style = createStyle(wantsColour({ env: io.env, isTTY: io.stderr.isTTY, refused: false }));
  const lines = leftOut.map(({ id, name, reason, detail, excerpt }) => {
    const line = `left out: ${clean(name)} (${id}): ${clean(detail.text)}`;
    if (reason !== 'instructs') return style.faint(line);
    return `${style.warning(line)}\n  ${clean(excerpt)}\n  to add it all the same: --allow ${id}`;
  });
  if (patterns.length === 0 && leftOut.length === 0) {
    lines.unshift(style.faint('no pattern is relevant: nothing was added'));
  }
  for (const { id, name, source } of patterns) {
    if (source !== 'changed') continue;
    lines.push(style.warning(`stale: ${clean(name)} (${id}): its source has changed since`));
  }
  if (look !== null) {
    lines.push(style.faint(`to tell how the task ended: outcome ${look} passed (or failed)`));
  }
  if (lines.length > 0) await io.stderr.write(`${lines.join('\n')}\n`);
}
