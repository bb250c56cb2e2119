import { resolve } from 'node:path';
import type { PackChange, PackInfo } from '../../../core/model/api/packs.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { FILTER_OPTIONS, toFilter } from '../../filter.ts';
import { ALL_OPTION, toFolders } from '../../found.ts';
import { bad, flag, operand, required, text, texts } from '../../input.ts';
import { countOf, formatDate } from '../../text/format.ts';
import { formatTable } from '../../text/table.ts';
import { marked } from './marked.ts';

const SPEC = {
  name: '<pack>',
  summary: 'a package by its npm name, a .tgz file, or a folder such as ./pack',
};

export const buildPack: CommandSpec = {
  name: 'pack build',
  summary: 'write patterns as an npm package into a folder',
  operands: [{ name: '<folder>', summary: 'created if it does not exist' }],
  options: [
    { flags: '--name <name>', summary: 'of the package, as in @team/patterns' },
    { flags: '--pack-version <version>', summary: 'of the package (default: 1.0.0)' },
    { flags: '--description <text>', summary: 'what the pack is for' },
    { flags: '--author <name>', summary: 'who made it' },
    { flags: '--license <spdx...>', summary: 'of the code the patterns come from' },
    { flags: '--ids <ids...>', summary: 'only these patterns' },
    ...FILTER_OPTIONS,
    ALL_OPTION,
  ],
  examples: [
    ['pack build ./pack --name @team/fixes --kind fix', 'then pack sign ./pack and npm publish'],
    ['pack build ./pack --name @team/all --all', 'of every project of the library'],
  ],
  async run(input, ctx) {
    const name = text(input, 'name');
    if (name === undefined) throw bad('--name is missing');
    const engine = await ctx.engine();
    const request = {
      name,
      version: text(input, 'packVersion') ?? '1.0.0',
      description: text(input, 'description') ?? '',
      author: text(input, 'author') ?? '',
      licenses: texts(input, 'license') ?? [],
      ids: texts(input, 'ids'),
      filter: toFilter(input),
      folders: toFolders(input, ctx.io.cwd),
    };
    const folder = resolve(ctx.io.cwd, required(input, 0));
    return answer(true, await engine.packs.build(request, folder), ({ projects, ...info }) => {
      const others = `of ${projects.join(', ')}; --all takes those of all projects`;
      return [formatInfo(info), ...(projects.length === 0 ? [] : [others])].join('\n');
    });
  },
};

export const signPack: CommandSpec = {
  name: 'pack sign',
  summary: 'sign a pack with your own key, which is created on first use',
  operands: [{ name: '<folder>', summary: 'as pack build wrote it' }],
  options: [],
  examples: [['pack sign ./pack', 'prints the signer, to pass on to those who use the pack']],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const folder = resolve(ctx.io.cwd, required(input, 0));
    return answer(true, await engine.packs.sign(folder), formatInfo);
  },
};

export const verifyPack: CommandSpec = {
  name: 'pack verify',
  summary: 'check that a pack is whole, and who signed it',
  operands: [SPEC],
  options: [],
  examples: [['pack verify @team/fixes@1.2.0', 'nothing is kept']],
  async run(input, ctx) {
    const engine = await ctx.engine();
    return answer(true, await engine.packs.verify(required(input, 0)), formatInfo);
  },
};

export const addPack: CommandSpec = {
  name: 'pack add',
  summary: 'add a pack, or switch to another version; its patterns wait to be accepted',
  operands: [SPEC],
  options: [
    {
      flags: '--trust-key',
      summary: 'trust this key though earlier versions of the pack were signed with another',
    },
  ],
  examples: [
    ['pack add @team/fixes', 'then pattern-foundry accept --pack @team/fixes'],
    ['pack add @team/fixes@1.1.0', 'back to an earlier version, exactly'],
  ],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const change = await engine.packs.add(required(input, 0), flag(input, 'trustKey'));
    return answer(true, change, formatChange);
  },
};

export const updatePacks: CommandSpec = {
  name: 'pack update',
  summary: 'show what newer versions change, and install them',
  operands: [{ name: '[pack]', summary: 'name of one; all when absent' }],
  options: [{ flags: '-y, --yes', summary: 'install them' }],
  examples: [
    ['pack update', 'what would change'],
    ['pack update @team/fixes --yes', 'and does it'],
  ],
  async run(input, ctx) {
    const { packs } = await ctx.engine();
    const named = operand(input, 0);
    const installed = named === undefined ? await packs.list() : [{ name: named, version: '' }];
    const names = installed.flatMap(({ name, version }) => (version === null ? [] : [name]));
    const changes: PackChange[] = [];
    for (const name of names) {
      const change = await packs.compare(name);
      if (change.pack.version === change.from) continue;
      changes.push(flag(input, 'yes') ? await packs.add(name, false) : change);
    }
    return answer(changes.length > 0, { changes }, (safe) =>
      safe.changes.length === 0
        ? 'all packs are up to date'
        : [
            ...safe.changes.map(formatChange),
            ...(flag(input, 'yes') ? [] : ['--yes installs them']),
          ].join('\n'),
    );
  },
};

export const listPacks: CommandSpec = {
  name: 'pack list',
  summary: 'list installed packs, or those of the registry',
  options: [
    { flags: '--search <words>', summary: 'search the registry that npm is set to' },
    { flags: '--versions <pack>', summary: 'versions of a pack in that registry' },
  ],
  examples: [
    ['pack list', 'what is installed, who signed it, what is waiting'],
    ['pack list --search retry', 'what others published'],
    ['pack list --versions @team/fixes', 'for pack add @team/fixes@1.1.0'],
  ],
  async run(input, ctx) {
    const { packs } = await ctx.engine();
    const words = text(input, 'search');
    const named = text(input, 'versions');
    if (words !== undefined && named !== undefined) {
      throw bad('--search and --versions cannot be combined');
    }
    if (words !== undefined) {
      const found = await packs.search(words);
      return answer(found.length > 0, { found }, (safe, { style }) =>
        table(
          ['pack', 'version', 'by', 'description'],
          safe.found.map((one) => [one.name, one.version, one.author, one.description]),
          style.faint,
        ),
      );
    }
    if (named !== undefined) {
      const versions = await packs.versions(named);
      return answer(versions.length > 0, { versions }, (safe, { style }) =>
        table(
          ['version', 'published', 'description'],
          safe.versions.map((one) => [
            one.version,
            one.publishedAt === null ? '' : formatDate(one.publishedAt),
            one.description,
          ]),
          style.faint,
        ),
      );
    }
    const installed = await packs.list();
    return answer(installed.length > 0, { packs: installed }, (safe, { style }) =>
      table(
        ['pack', 'version', 'patterns', 'waiting', 'signer'],
        safe.packs.map((one) => [
          one.name,
          one.version ?? 'files',
          String(one.patterns),
          String(one.waiting),
          one.signer ?? 'nobody',
        ]),
        style.faint,
      ),
    );
  },
};

export const removePack: CommandSpec = {
  name: 'pack remove',
  summary: 'forget the patterns of a pack; pack add brings them back',
  operands: [{ name: '<name>', summary: 'of the pack' }],
  options: [],
  examples: [['pack remove @team/fixes', 'none of its patterns stays in the library']],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const forgotten = await engine.packs.remove(required(input, 0));
    return answer(true, { forgotten }, (safe) => `forgot ${countOf(safe.forgotten, 'pattern')}`);
  },
};

function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  faint: (shown: string) => string,
): string {
  if (rows.length === 0) return 'no packs';
  const columns = titles.map((title) => ({ title, align: 'left' as const }));
  return formatTable(columns, rows, faint).join('\n');
}

function formatInfo(info: PackInfo): string {
  const kinds = Object.entries(info.kinds).map(([kind, count]) => `${count} ${kind}`);
  const known = {
    true: ', as before',
    false: ', NOT THE KEY IT HAD BEFORE',
    null: ', seen for the first time',
  };
  return [
    `${info.name} ${info.version}: ${countOf(info.patterns, 'pattern')} (${kinds.join(', ')})`,
    ...(info.description === '' ? [] : [info.description]),
    info.signer === null
      ? 'not signed'
      : `signed by ${info.signer}${known[`${info.isKnownSigner}`]}`,
  ].join('\n');
}

function formatChange({ pack, from, added, removed, changed }: PackChange): string {
  return [
    formatInfo(pack),
    ...(from === null ? [] : [`${from} → ${pack.version}`]),
    ...[...marked('+', added), ...marked('-', removed), ...marked('~', changed)],
  ].join('\n');
}
