import type { AdminAccess } from '../../../core/model/api/team.ts';
import { ROLES, type IssuedKey, type KeyRecord } from '../../../core/model/team/wire.ts';
import { answer, type CommandSpec, type Context } from '../../command.ts';
import { isoDate, oneOf, required, text, type Input } from '../../input.ts';
import { formatTable } from '../../text/table.ts';
import { askKey } from './askKey.ts';

const ADDRESS = {
  flags: '--address <url>',
  summary: 'another server than your team’s; you are asked for its administrator’s key',
};
const EXPIRES = { flags: '--expires <date>', summary: 'when it expires (default: never)' };
const ID = { name: '<id>', summary: 'of the key, as team key list shows it' };

export const addKey: CommandSpec = {
  name: 'team key add',
  summary: 'let a person in: create a key, which is shown only once (administrators)',
  operands: [{ name: '<user>', summary: 'who it is for, as in ann@example.com' }],
  options: [
    { flags: '--role <role>', summary: `${ROLES.join(', ')} (default: writer)` },
    { flags: '--machine <name>', summary: 'where it is used; give each machine a name of its own' },
    EXPIRES,
    ADDRESS,
  ],
  examples: [
    ['team key add ann@example.com --machine laptop', 'with your administrator’s key'],
    ['team key add bob --role reader --address http://127.0.0.1:8000', 'of a new server'],
  ],
  async run(input, ctx) {
    const role = oneOf(input, 'role', ROLES) ?? 'writer';
    const machine = text(input, 'machine') ?? 'any';
    const request = { user: required(input, 0), role, machine, expires_at: expiry(input) };
    const access = await accessOf(input, ctx);
    const { team } = await ctx.engine();
    return answer(true, await team.issueKey(request, access), formatIssued);
  },
};

export const listKeys: CommandSpec = {
  name: 'team key list',
  summary: 'list who has access (administrators)',
  options: [ADDRESS],
  examples: [['team key list', 'who has a key, and which keys are revoked']],
  async run(input, ctx) {
    const access = await accessOf(input, ctx);
    const { team } = await ctx.engine();
    const keys = await team.keys(access);
    return answer(keys.length > 0, { keys }, (safe, { style }) => {
      const titles = ['id', 'user', 'machine', 'role', 'created', 'by', 'expires'];
      const columns = titles.map((title) => ({ title, align: 'left' as const }));
      return formatTable(columns, safe.keys.map(toRow), style.faint).join('\n');
    });
  },
};

export const rotateKey: CommandSpec = {
  name: 'team key rotate',
  summary: 'replace a key: the old one stops working (administrators)',
  operands: [ID],
  options: [EXPIRES, ADDRESS],
  examples: [['team key rotate 0f8b…', 'a new key for the same person, shown only once']],
  async run(input, ctx) {
    const access = await accessOf(input, ctx);
    const { team } = await ctx.engine();
    return answer(
      true,
      await team.rotateKey(required(input, 0), expiry(input), access),
      formatIssued,
    );
  },
};

export const revokeKey: CommandSpec = {
  name: 'team key revoke',
  summary: 'revoke a key, at once (administrators)',
  operands: [ID],
  options: [ADDRESS],
  examples: [['team key revoke 0f8b…', 'whoever holds it is refused from now on']],
  async run(input, ctx) {
    const access = await accessOf(input, ctx);
    const { team } = await ctx.engine();
    const ended = await team.revokeKey(required(input, 0), access);
    return answer(true, ended, ({ user, machine }) => `the key of ${user} (${machine}) is revoked`);
  },
};

async function accessOf(input: Input, { io }: Context): Promise<AdminAccess> {
  const address = text(input, 'address');
  if (address === undefined) return {};
  return { address, key: await askKey(io, `The administrator’s key for ${address}`) };
}

function expiry(input: Input): string | undefined {
  const date = isoDate(input, 'expires');
  return date === undefined ? undefined : new Date(date).toISOString();
}

function formatIssued({ user, machine, role, expires_at: end, key }: IssuedKey): string {
  const until = end === null ? '' : `, until ${end.slice(0, 10)}`;
  return `the key of ${user} (${machine}, ${role}${until}), shown only once: ${key}`;
}

function toRow(key: KeyRecord): readonly string[] {
  const ends = key.expires_at?.slice(0, 10) ?? 'never';
  return [
    ...[key.id, key.user, key.machine, key.role, key.created_at.slice(0, 10), key.created_by],
    key.revoked_at === null ? ends : `revoked ${key.revoked_at.slice(0, 10)}`,
  ];
}
