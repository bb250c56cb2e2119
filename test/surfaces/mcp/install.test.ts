import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, type CliRun } from '../../support/cli/cliIo.ts';

describe('mcp install', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'pattern-foundry-home-'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });
  const install = (...argv: readonly string[]): Promise<CliRun> =>
    runCli(['mcp', 'install', ...argv], { env: { HOME: home }, cwd: home });

  it('shows the change, and writes it only if told to', async () => {
    const file = join(home, '.claude.json');
    writeFileSync(file, '{\n  "theme": "dark"\n}\n');
    const shown = await install('claude-code');
    assert.equal(shown.code, 1);
    assert.match(shown.err, /\+ {3}"mcpServers": \{/);
    assert.equal(readFileSync(file, 'utf8'), '{\n  "theme": "dark"\n}\n');
    const written = await install('claude-code', '--yes');
    assert.equal(written.code, 0);
    const config = JSON.parse(readFileSync(file, 'utf8')) as {
      theme: string;
      mcpServers: Record<string, { command: string; args: string[] }>;
    };
    assert.equal(config.theme, 'dark');
    assert.equal(config.mcpServers['pattern-foundry']?.command, process.execPath);
    assert.equal(config.mcpServers['pattern-foundry'].args[1], 'mcp');
    assert.match((await install('claude-code')).out, /has it already/);
  });

  it('writes the file of a project, making its folder', async () => {
    const { code } = await install('cursor', '--project', '--yes', '--library', join(home, 'lib'));
    assert.equal(code, 0);
    const text = readFileSync(join(home, '.cursor', 'mcp.json'), 'utf8');
    assert.match(text, /"--library"/);
  });

  it('names the library in use, which the client would not know of', async () => {
    const env = { HOME: home, PATTERN_FOUNDRY_LIBRARY: join(home, 'mine') };
    await runCli(['mcp', 'install', 'claude-code', '--yes'], { env, cwd: home });
    const text = readFileSync(join(home, '.claude.json'), 'utf8');
    assert.ok(text.includes(JSON.stringify(join(home, 'mine'))), text);
  });

  it('leaves a file alone that it cannot read', async () => {
    mkdirSync(join(home, '.codex'));
    const file = join(home, '.codex', 'config.toml');
    writeFileSync(file, 'model = ');
    const { code, err } = await install('codex', '--yes');
    assert.equal(code, 2);
    assert.match(err, /config\.toml: the file is no TOML/);
    assert.equal(readFileSync(file, 'utf8'), 'model = ');
  });

  it('knows its clients', async () => {
    const { code, err } = await install('emacs', '--yes');
    assert.equal(code, 2);
    assert.match(err, /not one of claude-code/);
    assert.equal((await install('windsurf', '--project')).code, 2);
    assert.equal(existsSync(join(home, '.codeium')), false);
  });
});
