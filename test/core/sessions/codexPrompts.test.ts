import assert from 'node:assert/strict';
import { join } from 'node:path';
import { WHOLE } from '../../../src/core/sessions/draft.ts';
import { openLog } from '../../../src/core/sessions/readLog.ts';
import { createTemporaryFolder } from '../../support/temporaryFolder.ts';

const ID = '019d0000-1111-7222-8333-555555555555';
const LOG = `rollout-2026-03-01T10-00-00-${ID}.jsonl`;
const FROM = Date.UTC(2026, 2, 1, 10);

/** What a log says that the person wrote, each row a minute behind the one before. */
async function promptsOf(rows: readonly object[]): Promise<readonly string[]> {
  const meta = { type: 'session_meta', payload: { id: ID, cwd: '/projects/shop' } };
  const log = [meta, ...rows].map((row, at) =>
    JSON.stringify({ timestamp: new Date(FROM + at * 60_000).toISOString(), ...row }),
  );
  const folder = createTemporaryFolder({ [LOG]: `${log.join('\n')}\n` });
  try {
    const [session] = (await openLog(join(folder.path, LOG))?.read('', WHOLE)) ?? [];
    return (session?.steps ?? []).flatMap(({ source, text }) => (source === 'user' ? [text] : []));
  } finally {
    folder.remove();
  }
}

describe('prompts in a log of Codex', () => {
  const typed = (message: string, kind?: string): object => {
    return { type: 'event_msg', payload: { type: 'user_message', message, kind } };
  };
  const item = (text: string): object => {
    const content = [{ type: 'input_text', text }];
    return { type: 'response_item', payload: { type: 'message', role: 'user', content } };
  };

  it('are what a person typed, also where it begins with a tag', async () => {
    const prompts = ['<uploaded_files>\n/shop', '<bug_report>It fails', '<my_context>The till'];
    assert.deepEqual(await promptsOf(prompts.map((prompt) => typed(prompt))), prompts);
    assert.deepEqual(await promptsOf(prompts.slice(0, 2).map(item)), prompts.slice(0, 2));
  });

  it('are not what Codex put in itself', async () => {
    const own = ['<environment_context>', '<user_instructions>', '<turn_aborted>', '<skill>'];
    assert.deepEqual(await promptsOf([...own.map(item), item('Fix the build')]), ['Fix the build']);
    assert.deepEqual(await promptsOf([typed('<environment_context>', 'environment_context')]), []);
  });
});
