import type { PatternFileProblem, ReadFiles } from '../../../core/model/api/packs.ts';
import type { Engine } from '../../../core/model/engine.ts';
import { answer, type CommandSpec } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { FILTER_OPTIONS, toFilter } from '../../filter.ts';
import { ALL_OPTION, toFolders } from '../../found.ts';
import { bad, flag, operand } from '../../input.ts';
import type { Io } from '../../io.ts';
import { acceptLine } from '../../text/acceptLine.ts';
import { countOf } from '../../text/format.ts';
import { marked } from './marked.ts';

export const writePack: CommandSpec = {
  name: 'pack write',
  summary: 'write patterns as files of this project, one each, to be reviewed and merged in git',
  operands: [
    {
      name: '[ids...]',
      summary: 'only these patterns of this folder’s project',
    },
  ],
  options: [
    ...FILTER_OPTIONS,
    ALL_OPTION,
    { flags: '-y, --yes', summary: 'write every pattern when neither ids nor a filter are given' },
  ],
  examples: [
    ['pack write 3f9a1c2e', 'one pattern, in .pattern-foundry/patterns'],
    ['pack write --rated up', 'what you rated up'],
  ],
  async run(input, ctx) {
    const { packs, find } = await ctx.engine();
    const ids = operand(input, 0)?.split(' ');
    const filter = toFilter(input);
    const folders = toFolders(input, ctx.io.cwd);
    const request = { ids, filter, folders };
    if (ids === undefined && Object.keys(filter).length === 0 && !flag(input, 'yes')) {
      await agreeToAll({ find, folders, io: ctx.io });
    }
    const done = await packs.write(request, ctx.io.cwd);
    return answer(
      done.problems.length === 0,
      { ...done, problems: toLines(done.problems) },
      ({ folder, written, unchanged, problems, projects }, { style }) =>
        [
          `wrote ${countOf(written.length, 'file')} in ${folder}, ${unchanged} were the same`,
          ...(projects.length === 0
            ? []
            : [style.faint(`of ${projects.join(', ')}; --all takes those of all projects`)]),
          ...problems.map(({ text }) => style.warning(`left as it is: ${text}`)),
        ].join('\n'),
    );
  },
};

/** A folder full of files that nobody chose is much to take back. */
async function agreeToAll({
  find,
  folders,
  io,
}: Pick<Engine, 'find'> & { readonly folders: readonly string[]; readonly io: Io }): Promise<void> {
  const everything = { text: '', folders, versions: 'all', limit: 1, surface: null } as const;
  const count = countOf((await find.patterns(everything)).total, 'pattern');
  const where = `${count}, a file each in .pattern-foundry/patterns`;
  if (await confirm(io, `Write ${where}?`)) return;
  throw bad(
    `nothing chosen: this would write ${where}; name some, filter as in --rated up, or say --yes`,
  );
}

export const readPack: CommandSpec = {
  name: 'pack read',
  summary: 'read the pattern files of this project; what others wrote waits to be accepted',
  options: [{ flags: '-y, --yes', summary: 'also apply changes to patterns you accepted' }],
  examples: [['pack read', 'as extract does, and tells which files cannot be read']],
  async run(input, ctx) {
    const { packs } = await ctx.engine();
    const read = await packs.read(ctx.io.cwd, flag(input, 'yes'));
    if (read === undefined) {
      return answer(false, { pack: null }, () => 'this project has no .pattern-foundry/patterns');
    }
    const document = { ...read, problems: toLines(read.problems) };
    return answer(read.problems.length === 0, document, (safe, { style }) =>
      [...formatRead(safe), ...safe.problems.map(({ text }) => style.warning(text))].join('\n'),
    );
  },
};

function formatRead({
  pack,
  patterns,
  added,
  removed,
  changed,
  differing,
  waiting,
}: Omit<ReadFiles, 'problems'>): readonly string[] {
  return [
    `${countOf(patterns, 'pattern')} in ${pack}`,
    ...[...marked('+', added), ...marked('-', removed), ...marked('~', changed)],
    ...(waiting.length === 0 ? [] : [`${waiting.length} waiting: ${acceptLine(pack)}`]),
    ...marked(
      '?',
      waiting.filter((name) => !added.includes(name)),
    ),
    ...(differing.length === 0
      ? []
      : ['accepted, but different in the files; --yes applies the files:']),
    ...marked('~', differing),
  ];
}

/** As compilers write it: a place, what is wrong, and the code that stays the same. */
function toLines(
  problems: readonly PatternFileProblem[],
): readonly (Omit<PatternFileProblem, 'reason'> & { readonly text: string })[] {
  return problems.map(({ file, line, code, reason }) => {
    const place = line === null ? file : `${file}:${line}`;
    return { file, line, code, text: `${place}: ${reason.text} (${code})` };
  });
}
