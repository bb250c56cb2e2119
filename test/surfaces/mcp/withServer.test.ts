import assert from 'node:assert/strict';
import { CLIENTS, type ClientSpec } from '../../../src/cli/clients/clients.ts';
import { withServer } from '../../../src/cli/clients/withServer.ts';

const SERVER = { command: '/usr/bin/node', args: ['/opt/cli.js', 'mcp'] };

function named(name: string): ClientSpec {
  const client = CLIENTS[name];
  assert.ok(client !== undefined);
  return client;
}

describe('a client’s file with the server in it', () => {
  it('keeps comments, other servers and layout of JSON', () => {
    const text =
      '{\n\t// mine\n\t"theme": "dark",\n\t"mcpServers": {\n\t\t"other": { "command": "x" },\n\t},\n}\n';
    const after = withServer(text, named('cursor'), SERVER);
    assert.ok(after.startsWith('{\n\t// mine\n\t"theme": "dark",\n\t"mcpServers": {\n'));
    assert.match(after, /"other": \{\s+"command": "x"\s+\},/);
    assert.match(after, /\t\t"pattern-foundry": \{\n\t\t\t"command": "\/usr\/bin\/node"/);
    assert.equal(withServer(after, named('cursor'), SERVER), after, 'it is there already');
  });

  it('begins a file, and replaces what was there of the server', () => {
    const text = withServer('', named('vscode'), SERVER);
    assert.deepEqual(JSON.parse(text), {
      servers: { 'pattern-foundry': { type: 'stdio', ...SERVER } },
    });
    const moved = withServer(text, named('vscode'), { ...SERVER, command: 'node' });
    assert.deepEqual(JSON.parse(moved), {
      servers: { 'pattern-foundry': { type: 'stdio', ...SERVER, command: 'node' } },
    });
  });

  it('keeps all else of TOML, wherever the server stood', () => {
    const codex = named('codex');
    const text =
      '# mine\nmodel = "o3"\n\n[mcp_servers.pattern-foundry]\ncommand = "old"\n[mcp_servers.pattern-foundry.env]\nA = "b"\n\n[mcp_servers.other]\ncommand = "x" # theirs\n';
    const after = withServer(text, codex, SERVER);
    assert.equal(
      after,
      '# mine\nmodel = "o3"\n\n[mcp_servers.other]\ncommand = "x" # theirs\n\n[mcp_servers.pattern-foundry]\ncommand = "/usr/bin/node"\nargs = [ "/opt/cli.js", "mcp" ]\n',
    );
    assert.equal(withServer(after, codex, SERVER), after);
    assert.equal(
      withServer('', codex, SERVER),
      '[mcp_servers.pattern-foundry]\ncommand = "/usr/bin/node"\nargs = [ "/opt/cli.js", "mcp" ]\n',
    );
  });

  it('is refused where the file is something else', () => {
    for (const [name, text] of [
      ['cursor', '{ "mcpServers": '],
      ['cursor', '[]'],
      ['cursor', '{ "mcpServers": [] }'],
      ['codex', 'model = '],
      ['codex', 'mcp_servers = 3'],
      ['codex', 'mcp_servers = { pattern-foundry = { command = "x" } }'],
    ] as const) {
      assert.throws(() => withServer(text, named(name), SERVER), { code: 'bad-argument' }, text);
    }
  });

  it('has a place on every platform', () => {
    const places = (platform: NodeJS.Platform): readonly string[] =>
      Object.values(CLIENTS).map((client) =>
        client.userFile({ home: '/home/ada', platform, env: {} }),
      );
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      assert.equal(new Set(places(platform)).size, Object.keys(CLIENTS).length);
    }
  });
});
