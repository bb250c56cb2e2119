import assert from 'node:assert/strict';
import { openLog } from '../../../src/core/sessions/readLog.ts';
import { claudeRows, writeClaudeLog, type ClaudeRows } from '../../support/sessions/sessionLogs.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';

const LOG = { id: 'untitled', folder: '/work/bakery' };

describe('what a session is called', () => {
  let home: TemporaryFolder;
  beforeEach(() => {
    home = createTemporaryFolder();
  });
  afterEach(() => {
    home.remove();
  });

  async function titleOf(rows: ClaudeRows): Promise<string | undefined> {
    const [session] = (await openLog(writeClaudeLog(home.path, LOG, rows))?.read('')) ?? [];
    return session?.title;
  }

  it('is what was asked first, where it has no title', async () => {
    const long =
      'Bake bread with less salt, and more of it. Here is what to do: first of all, wash.';
    assert.equal(
      await titleOf(claudeRows(LOG).prompt(long)),
      'Bake bread with less salt, and more of it.',
    );
    const asked = claudeRows(LOG)
      .prompt('\n\n## Bake bread with less salt\n\nHere is how:')
      .say('So be it.')
      .prompt('and now the cake');
    assert.equal(await titleOf(asked), 'Bake bread with less salt');
    assert.equal(await titleOf(asked.titled('Bread')), 'Bread');
    assert.equal(await titleOf(claudeRows(LOG).say('Nobody asked.')), undefined);
  });

  it('is neither a tag nor a path that a tool puts before what was asked', async () => {
    const asked = '<uploaded_files>\n/work/bakery/\n</uploaded_files>\nBake a <b>loaf</b> of rye.';
    assert.equal(await titleOf(claudeRows(LOG).prompt(asked)), 'Bake a <b>loaf</b> of rye.');
  });

  it('ends with a whole word, so that nothing secret is cut in half', async () => {
    const key = 'k'.repeat(60);
    assert.equal(
      await titleOf(claudeRows(LOG).prompt(`Use this key from now on, please: ${key} for all`)),
      'Use this key from now on, please:…',
    );
    assert.equal(await titleOf(claudeRows(LOG).prompt(key + key)), undefined);
    const late = `${'\n'.repeat(1980)}Bake ${key}`;
    assert.equal(await titleOf(claudeRows(LOG).prompt(late)), undefined);
  });

  it('goes with commits that hold no half of a key', async () => {
    const command = `git commit -qm "Bake with ${'k'.repeat(130)}"`;
    const rows = claudeRows(LOG).call('Bash', { command }, { text: 'done' });
    const [session] = (await openLog(writeClaudeLog(home.path, LOG, rows))?.read('')) ?? [];
    assert.equal(session?.marks.at(-1)?.text, 'git commit -qm "Bake with…');
  });

  it('goes with commits whose commands end in dots where they are cut', async () => {
    const command = `git commit -qm "Bake ${'more '.repeat(40)}"`;
    const rows = claudeRows(LOG).call('Bash', { command }, { text: 'done' });
    const [session] = (await openLog(writeClaudeLog(home.path, LOG, rows))?.read('')) ?? [];
    assert.match(session?.marks.at(-1)?.text ?? '', /^git commit -qm "Bake more .* more…$/);
  });
});
