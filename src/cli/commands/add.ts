import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { bad, operand, text, texts, toLanguage } from '../input.ts';
import type { Io } from '../io.ts';
import { readAll, toText } from '../io.ts';
import { embed, EMBED_OPTION } from '../meaning.ts';
import { sortOf } from '../text/patternText.ts';

export const add: CommandSpec = {
  name: 'add',
  summary: 'add a pattern yourself',
  operands: [{ name: '[file]', summary: 'file with its code; - or nothing reads standard input' }],
  options: [
    { flags: '--name <name>', summary: 'its name (default: that of the first function)' },
    { flags: '--description <text>', summary: 'what it is for' },
    { flags: '--tags <tags...>', summary: 'separated by commas' },
    { flags: '--language <language>', summary: 'its language (default: that of the file)' },
    EMBED_OPTION,
  ],
  examples: [
    ['add retry.ts --tags network,retry', 'the code of a file'],
    ['add - --language python < snippet', 'the code on standard input'],
  ],
  async run(input, ctx) {
    const file = operand(input, 0) ?? '-';
    const name = text(input, 'name');
    const description = text(input, 'description');
    const tags = texts(input, 'tags');
    const language = text(input, 'language');
    const code = await readCode(file, ctx.io);
    const place = { file: resolve(ctx.io.cwd, file), firstLine: 0, lastLine: lastLineOf(code) };
    const draft = {
      code,
      ...(file !== '-' && { path: file, place }),
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(tags !== undefined && { tags }),
      ...(language !== undefined && { language: toLanguage(language) }),
    };
    const engine = await ctx.engine();
    const pattern = await engine.curate.add(draft);
    const document = { pattern, ...(await embed(input, ctx)) };
    return answer(true, document, (clean, { style }) =>
      [
        `kept ${style.name(clean.pattern.name)}  ${style.faint(sortOf(clean.pattern))}`,
        style.faint(`id: ${clean.pattern.id}`),
        ...clean.notes.map((note) => style.warning(note)),
      ].join('\n'),
    );
  },
};

/** From 0; the break that ends the last line begins no other one. */
function lastLineOf(code: string): number {
  return code.replace(/(?:\r\n|[\r\n])$/, '').split(/\r\n|[\r\n]/).length - 1;
}

/** Text of a file, or of standard input for `-`. */
export async function readCode(file: string, io: Io): Promise<string> {
  if (file === '-' && io.stdin.isTTY === true) {
    throw bad('there is no code: name a file, or pipe the code in');
  }
  const code =
    file === '-' ? await readAll(io.stdin) : await toText(await readBytes(file, io.cwd), file);
  if (code.trim() === '') throw bad('there is no code: the input is empty');
  return code;
}

/** @throws AppError `bad-argument` where there is no such file or it is not to be read */
async function readBytes(file: string, folder: string): Promise<Buffer> {
  try {
    return await readFile(resolve(folder, file));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw bad(`${file} cannot be read: ${reason === 'ENOENT' ? 'there is no such file' : reason}`);
  }
}
