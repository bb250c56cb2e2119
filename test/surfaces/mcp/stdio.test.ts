import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const DIST = resolve(import.meta.dirname, '../../../dist');
const SLUG = `def make_slug(title):
    words = []
    for word in title.split():
        if word.isalnum():
            words.append(word.lower())
    return "-".join(words)
`;

describe('the server over standard input and output', () => {
  let place: string;
  before(() => {
    place = realpathSync(mkdtempSync(join(tmpdir(), 'pattern-foundry-mcp-')));
    writeFileSync(join(place, 'text.py'), SLUG);
  });
  after(() => {
    rmSync(place, { recursive: true });
  });

  /** As clients start it by the command line, and VS Code without one. */
  const connect = async (program: 'cli.js' | 'engine.js'): Promise<Client> => {
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [join(DIST, program), 'mcp', '--library', join(place, 'library'), '--folder', place],
        cwd: place,
        stderr: 'inherit',
      }),
    );
    return client;
  };

  it('lets several agents share one library', async () => {
    const [one, other] = await Promise.all([connect('cli.js'), connect('engine.js')]);
    try {
      const context = await one.callTool({
        name: 'task_context',
        arguments: { task: 'make a slug of a title' },
      });
      assert.match(JSON.stringify(context.content), /text\.py/);
      const { content } = await other.callTool({
        name: 'find_patterns',
        arguments: { query: 'slug' },
      });
      assert.match(JSON.stringify(content), /No pattern is relevant/);
      assert.equal(other.getServerVersion()?.name, 'pattern-foundry');
    } finally {
      await one.close();
      await other.close();
    }
  });
});
