import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { newGuide, withGuideSection } from '../../../core/platform/text/guideSection.ts';
import { errorCode, makeFolders } from '../../../core/platform/fileSystem.ts';
import { answer, answered } from '../../command.ts';
import type { Context, Outcome } from '../../command.ts';
import { bad, text } from '../../input.ts';
import type { Input } from '../../input.ts';
import { toText } from '../../io.ts';
import { replaceFile } from '../../../core/platform/replaceFile.ts';
import { countOf } from '../../text/format.ts';

/** Puts the best patterns of this project into a file for agents; its other text stays. */
export async function exportGuide(input: Input, ctx: Context): Promise<Outcome> {
  const { io } = ctx;
  const output = text(input, 'output') ?? 'AGENTS.md';
  if (output === '') throw bad('--output is empty');
  const engine = await ctx.engine();
  const { section, patterns, tokens } = await ctx.watched((watch) =>
    engine.prompts.guide({ folder: io.cwd }, watch),
  );
  if (output === '-') {
    await io.stdout.write(`${section}\n`);
    return answered(patterns.length > 0);
  }
  const file = resolve(io.cwd, output);
  if (patterns.length > 0) await putSection(file, section);
  const document = { count: patterns.length, tokens, output: file };
  return answer(patterns.length > 0, document, (safe) =>
    safe.count === 0
      ? `nothing is known of this project; ${safe.output} is as it was`
      : `wrote ${countOf(safe.count, 'pattern')} (${safe.tokens} tokens) into ${safe.output}`,
  );
}

async function putSection(file: string, section: string): Promise<void> {
  const before = await readGuide(file);
  const after = withGuideSection(before ?? newGuide(basename(file)), section);
  if (after === undefined) throw bad(`${file} lacks the mark that ends the former section`);
  if (after === before) return;
  makeFolders(dirname(file));
  replaceFile(file, after);
}

async function readGuide(file: string): Promise<string | undefined> {
  try {
    return await toText(await readFile(file), file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (errorCode(error) === undefined) throw error;
    throw bad(`${file} cannot be read: ${errorCode(error) ?? ''}`);
  }
}
