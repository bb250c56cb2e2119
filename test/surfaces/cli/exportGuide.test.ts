import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../support/cli/cliIo.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';

describe('export --agents-md', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = createTemporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  it('replaces its own section of AGENTS.md and nothing else', async () => {
    const file = join(folder.path, 'AGENTS.md');
    writeFileSync(file, '# Rules\n');
    const { code, out } = await runCli(['export', '--agents-md'], { cwd: folder.path });
    assert.equal(code, 0);
    assert.match(out, /^wrote 1 pattern \(3 tokens\) into .*AGENTS\.md\n$/);
    const text = readFileSync(file, 'utf8');
    assert.match(
      text,
      /^# Rules\n\n<!-- pattern-foundry begin[^]*\n## Patterns\n<!-- pattern-foundry end -->\n$/,
    );
    await runCli(['export', '--agents-md'], { cwd: folder.path });
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  it('makes a skill, and prints for whoever asks for standard output', async () => {
    const argv = ['export', '--agents-md', '--output', 'skills/mine/SKILL.md'];
    assert.equal((await runCli(argv, { cwd: folder.path })).code, 0);
    assert.match(readFileSync(join(folder.path, 'skills/mine/SKILL.md'), 'utf8'), /^---\nname: /);
    const { out } = await runCli(['export', '--agents-md', '-o', '-'], { cwd: folder.path });
    assert.equal(out, '## Patterns\n');
  });

  it('leaves a file alone whose marks do not match', async () => {
    const file = join(folder.path, 'AGENTS.md');
    writeFileSync(file, '<!-- pattern-foundry begin: x -->\nmine\n');
    const { code, err } = await runCli(['export', '--agents-md'], { cwd: folder.path });
    assert.equal(code, 2);
    assert.match(err, /lacks the mark/);
    assert.equal(readFileSync(file, 'utf8'), '<!-- pattern-foundry begin: x -->\nmine\n');
  });
});
