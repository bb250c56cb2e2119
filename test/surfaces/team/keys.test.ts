import assert from 'node:assert/strict';
import type { Engine } from '../../../src/core/model/engine.ts';
import { openBench, type Bench } from '../../support/engine/engine.ts';
import { ADMIN_KEY, openTestServer, type TestServer } from '../../support/team/teamServer.ts';
import { runCli, type CliRun } from '../../support/cli/cliIo.ts';

describe('team key', () => {
  let server: TestServer;
  let bench: Bench;

  before(async () => {
    server = await openTestServer();
    await server.server.ready;
    bench = await openBench();
  });
  after(async () => {
    await bench.close();
    await server.close();
  });

  const run = (argv: readonly string[], key?: string): Promise<CliRun> => {
    // A command closes the engine it opened, and this one is asked again.
    const engine: Engine = { ...bench.engine, close: () => Promise.resolve() };
    return runCli(argv, { engine, ...(key !== undefined && { stdin: `${key}\n` }) });
  };
  const json = async (argv: readonly string[], key?: string): Promise<Record<string, unknown>> => {
    const { out } = await run([...argv, '--json'], key);
    return JSON.parse(out) as Record<string, unknown>;
  };

  it('lets people in, lists, replaces and ends their keys, at a server named by its address', async () => {
    const at = ['--address', server.server.url];
    const made = await json(
      ['team', 'key', 'add', 'ann', '--machine', 'laptop', '--expires', '2999-01-01', ...at],
      ADMIN_KEY,
    );
    assert.deepEqual([made['user'], made['machine'], made['role']], ['ann', 'laptop', 'writer']);
    assert.match(String(made['expires_at']), /^2999-01-01/);
    const asAnn = { key: String(made['key']) };
    assert.equal((await server.ask('GET', '/me', asAnn)).body['user'], 'ann');

    const next = await json(['team', 'key', 'rotate', String(made['id']), ...at], ADMIN_KEY);
    assert.equal(await server.codeOf('GET', '/me', asAnn), 'key-revoked');
    const { out } = await run(['team', 'key', 'list', ...at], ADMIN_KEY);
    assert.match(out, /ann +laptop +writer .*revoked \d{4}/);
    assert.doesNotMatch(out, /pf_/);
    const ended = await run(['team', 'key', 'revoke', String(next['id']), ...at], ADMIN_KEY);
    assert.equal(ended.out, 'the key of ann (laptop) is revoked\n');
  });

  it('takes the key of the team that the library belongs to, which must be an administrator’s', async () => {
    const [first, address] = [['team', 'key', 'list', '--json'], server.server.url];
    assert.match((await run(first)).out, /team-not-connected/);
    for (const [role, code] of [
      ['writer', 2],
      ['admin', 0],
    ] as const) {
      await run(['team', 'connect', address], await server.keyOf('root', role));
      assert.equal((await run(first)).code, code);
    }
    await bench.engine.team.leave(false);
  });

  it('says that a key is missing where nobody gives one', async () => {
    const { code, err } = await run(['team', 'key', 'list', '--address', server.server.url]);
    assert.equal(code, 2);
    assert.match(err, /there is no key: set \$PATTERN_FOUNDRY_TEAM_KEY/);
  });
});
