import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ChangeSource, PlacesRequest } from '../../../core/model/api/suggest.ts';
import type { Engine } from '../../../core/model/engine.ts';
import type { EditPlace, RepeatedEdit } from '../../../core/model/suggestions/edit.ts';
import { answer, type CommandSpec } from '../../command.ts';
import { bad, operand, text, type Input } from '../../input.ts';
import type { Io } from '../../io.ts';

export const places: CommandSpec = {
  name: 'places',
  summary: 'find other places that looked as a changed place did before its change',
  operands: [{ name: '[file]', summary: 'its changes since the last commit' }],
  options: [
    {
      flags: '--lines <from-to>',
      summary: 'only changes of these lines of the file, such as 10-20',
    },
    { flags: '--commit <commit>', summary: 'what a commit replaced, instead of a file' },
    { flags: '--pattern <id>', summary: 'what a fix replaced, instead of a file' },
    { flags: '--repo <dir>', summary: 'the project to look in; the current folder when absent' },
  ],
  examples: [
    ['places src/cart.ts', 'like what is not committed in this file'],
    ['places --commit HEAD', 'like what the last commit changed'],
    ['places --commit HEAD --json', 'for a script'],
  ],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const request = await requestOf(input, ctx.io, engine);
    const { edits } = await ctx.watched((watch) => engine.suggest.places(request, watch));
    return answer(edits.length > 0, { edits }, (clean, { style }) =>
      clean.edits.length === 0
        ? 'no other place looks like that'
        : clean.edits
            .map(({ made, places: found }) =>
              [`like ${style.name(placeOf(made))}`, ...found.flatMap(linesOf)].join('\n'),
            )
            .join('\n\n'),
    );
  },
};

function placeOf({ path, line }: RepeatedEdit['made']): string {
  return line === null ? `${path}, where it no longer stands` : `${path}:${line + 1}`;
}

function linesOf({ path, startLine, before, after }: EditPlace): readonly string[] {
  const marked = (mark: string, lines: string): readonly string[] =>
    lines.split('\n').map((line) => `    ${mark} ${line}`);
  return [`  ${path}:${startLine + 1}`, ...marked('-', before), ...marked('+', after)];
}

async function requestOf(input: Input, io: Io, engine: Engine): Promise<PlacesRequest> {
  const folder = resolve(io.cwd, text(input, 'repo') ?? '.');
  const named = operand(input, 0);
  const commit = text(input, 'commit');
  const pattern = text(input, 'pattern');
  if ([named, commit, pattern].filter((one) => one !== undefined).length !== 1) {
    throw bad('name a file, --commit or --pattern');
  }
  const isAsked = true;
  if (named !== undefined) {
    const file = resolve(io.cwd, named);
    return { file, folder, isAsked, source: readFile(file, text(input, 'lines')) };
  }
  if (text(input, 'lines') !== undefined) throw bad('--lines goes with a file');
  if (commit !== undefined) {
    return { file: folder, folder, isAsked, source: { kind: 'commit', commit } };
  }
  const found = await engine.patterns.show(pattern ?? '');
  if (found === undefined || !('before' in found)) throw bad(`${pattern ?? ''} is not a fix`);
  const { before, after } = found;
  const path = found.occurrences[0]?.path ?? 'change';
  return { file: join(folder, path), folder, isAsked, source: { kind: 'change', before, after } };
}

function readFile(file: string, lines: string | undefined): ChangeSource {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(lines ?? '') ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (lines !== undefined && !(from >= 1 && to >= from)) {
    throw bad('--lines is two numbers from 1, the smaller one first, such as 10-20');
  }
  try {
    const content = readFileSync(file, 'utf8');
    if (lines === undefined) return { kind: 'file', text: content };
    return { kind: 'file', text: content, lines: { start: from - 1, end: to - 1 } };
  } catch {
    throw bad(`${file} cannot be read`);
  }
}
