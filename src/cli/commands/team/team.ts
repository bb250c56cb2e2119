import {
  TRUSTS,
  type TeamOffer,
  type TeamShared,
  type TeamStatus,
  type TeamSync,
} from '../../../core/model/api/team.ts';
import { answer } from '../../command.ts';
import type { CommandSpec, Context } from '../../command.ts';
import type { text } from '../../input.ts';
import { flag, oneOf, operand, required } from '../../input.ts';
import { acceptLine } from '../../text/acceptLine.ts';
import { countOf } from '../../text/format.ts';
import { formatTable } from '../../text/table.ts';
import { askKey, KEY } from './askKey.ts';

const CHOICES = [
  {
    flags: '--trust <how>',
    summary: 'review: everything waits to be accepted; members: what the team found good does not',
  },
  {
    flags: '--share <rule...>',
    summary: 'share your own patterns automatically, as in "kind:fix tag:retry"; "none" stops it',
  },
];

export const connectTeam: CommandSpec = {
  name: 'team connect',
  summary: `connect to a team server; the key comes from $${KEY}, standard input, or a prompt`,
  operands: [{ name: '<address>', summary: 'as in https://patterns.example.com' }],
  options: [
    ...CHOICES,
    { flags: '--no-keep', summary: `do not store the key: $${KEY} provides it each time` },
  ],
  examples: [
    ['team connect https://patterns.example.com < key.txt', 'with the key from a file'],
    [
      'team connect http://127.0.0.1:8000 --share "kind:fix"',
      'and share your own fixes automatically',
    ],
  ],
  async run(input, ctx) {
    const address = required(input, 0);
    const key = await askKey(ctx.io, `Your key for ${address}`);
    const engine = await ctx.engine();
    const keepsKey = input.options['keep'] !== false;
    const choices = { trust: oneOf(input, 'trust', TRUSTS), share: rules(input) };
    const status = await engine.team.connect({ address, key, keepsKey, ...choices });
    return answer(true, status, (safe) => formatStatus(safe).join('\n'));
  },
};

export const teamStatus: CommandSpec = {
  name: 'team status',
  summary: 'show the team and what it shared',
  options: [],
  examples: [['team status', 'who shared what, and how it worked out']],
  async run(_input, ctx) {
    const { team } = await ctx.engine();
    const status = await team.status();
    if (status === undefined) {
      return answer(false, { team: null }, () => 'this library is not connected to a team');
    }
    const document = { ...status, patterns: await team.list() };
    return answer(true, document, ({ patterns, ...safe }, { style }) => {
      const columns = ['id', 'name', 'author', 'shared', 'helpful', 'did well', ''];
      const rows = patterns.map((one) => [
        one.pattern.slice(0, 8),
        one.name,
        one.own ? 'you' : one.author,
        one.shared_at.slice(0, 10),
        `${one.helpful} of ${one.votes}`,
        `${one.good_outcomes} of ${one.outcomes}`,
        one.waiting ? 'waiting' : '',
      ]);
      const titles = columns.map((title) => ({ title, align: 'left' as const }));
      const table = rows.length === 0 ? [] : ['', ...formatTable(titles, rows, style.faint)];
      const offers = patterns.flatMap((one) =>
        one.offer === null ? [] : formatOffer(one, one.offer),
      );
      return [...formatStatus(safe), ...table, ...offers].join('\n');
    });
  },
};

export const syncTeam: CommandSpec = {
  name: 'team sync',
  summary: 'send and fetch what is new',
  options: CHOICES,
  examples: [['team sync', 'both ways; the next sync makes up for what fails']],
  async run(input, ctx) {
    const { team } = await ctx.engine();
    const choices = { trust: oneOf(input, 'trust', TRUSTS), share: rules(input) };
    const done = await ctx.watched((watch) => team.sync(undefined, choices, watch));
    return synced(done, ctx);
  },
};

export const shareWithTeam: CommandSpec = {
  name: 'team share',
  summary: 'share patterns with the team; shows exactly what would leave first',
  operands: [{ name: '[id...]', summary: 'ids of patterns; without any, what the rules choose' }],
  options: [
    { flags: '-y, --yes', summary: 'share these patterns' },
    { flags: '--preview', summary: 'only show what would leave' },
  ],
  examples: [
    ['team share 3f9a1c2e --preview', 'the exact lines that would be sent'],
    ['team share 3f9a1c2e --yes', 'sends one pattern'],
  ],
  async run(input, ctx) {
    const ids = operand(input, 0)?.split(' ') ?? [];
    const { team } = await ctx.engine();
    const previews = await team.preview(ids.length === 0 ? { rules: true } : { ids });
    if (flag(input, 'yes') && !flag(input, 'preview')) {
      return synced(
        await team.share(
          previews.map(({ pattern }) => pattern),
          undefined,
        ),
        ctx,
      );
    }
    return answer(previews.length > 0, { previews }, (safe, { style }) =>
      [
        ...safe.previews.map(({ line }) => line),
        style.faint(
          safe.previews.length === 0
            ? 'nothing would be shared'
            : `${countOf(safe.previews.length, 'pattern')} would leave; add --yes to share`,
        ),
      ].join('\n'),
    );
  },
};

export const takeFromTeam: CommandSpec = {
  name: 'team take',
  summary: 'update accepted patterns with what their authors changed since',
  operands: [{ name: '<id...>', summary: 'ids of patterns; team status shows which have changed' }],
  options: [],
  examples: [['team take 3f9a1c2e', 'its name, description and tags as its author has them now']],
  async run(input, ctx) {
    const ids = required(input, 0).split(' ');
    const { team } = await ctx.engine();
    await team.take(ids);
    return answer(
      true,
      { taken: ids.length },
      (safe) => `took in ${countOf(safe.taken, 'change')}`,
    );
  },
};

export const leaveTeam: CommandSpec = {
  name: 'team leave',
  summary: 'leave the team; what was shared stays shared',
  options: [
    { flags: '--forget', summary: 'also forget what others shared, including what you accepted' },
  ],
  examples: [['team leave --forget', 'nothing of theirs stays in the library']],
  async run(input, ctx) {
    const { team } = await ctx.engine();
    const forgotten = await team.leave(flag(input, 'forget'));
    return answer(true, { forgotten }, (safe) =>
      flag(input, 'forget')
        ? `left the team and forgot ${countOf(safe.forgotten, 'pattern')} shared by others`
        : 'left the team; what others shared is still here (--forget would have removed it)',
    );
  },
};

function rules(input: Parameters<typeof text>[0]): readonly string[] | undefined {
  const given = input.options['share'];
  if (!Array.isArray(given)) return undefined;
  return given.map(String).filter((rule) => rule !== 'none');
}

async function synced(done: TeamSync, ctx: Context): ReturnType<CommandSpec['run']> {
  const { team } = await ctx.engine();
  const status = await team.status();
  return answer(true, { ...done, unsent: status?.unsent ?? 0 }, (safe, { style }) =>
    [
      ...(safe.restarted
        ? [style.warning('the server was restored from a backup: everything was compared anew')]
        : []),
      `team: ${safe.received} new, ${safe.sent} sent, ${safe.changed} changed, ${safe.told} of your votes, outcomes and edits passed on`,
      ...(safe.refused > 0
        ? [style.warning(`${countOf(safe.refused, 'pattern')} not sent: deleted from the team`)]
        : []),
      ...safe.notTaken.map(({ name, reason }) => style.warning(`${name} was refused: ${reason}`)),
      ...(status !== undefined && status.waiting > 0
        ? [style.faint(`${status.waiting} waiting: ${acceptLine(`team ${status.team}`)}`)]
        : []),
    ].join('\n'),
  );
}

function formatOffer(
  { pattern, author }: TeamShared,
  { name, description, tags }: TeamOffer,
): readonly string[] {
  const id = pattern.slice(0, 8);
  return [
    '',
    `${author} changed ${id}; team take ${id} brings it in:`,
    `  ${name}`,
    ...description.split('\n').map((line) => `  ${line}`),
    ...(tags.length === 0 ? [] : [`  ${tags.join(', ')}`]),
  ];
}

function formatStatus(status: TeamStatus): readonly string[] {
  const { address, team, user, role, trust, share, lastSync } = status;
  return [
    `${team} at ${address}, as ${user} (${role})`,
    `${countOf(status.known, 'pattern')} shared, ${status.own} by you; ${status.waiting} waiting to be accepted, ${status.unsent} waiting to be sent`,
    `trust: ${trust}; shared automatically: ${share.length === 0 ? 'nothing' : share.join(' or ')}`,
    `last sync: ${lastSync ?? 'never'}`,
  ];
}
