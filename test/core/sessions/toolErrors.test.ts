import assert from 'node:assert/strict';
import { claudeSession } from '../../support/sessions/claudeSession.ts';

describe('a tool that Claude Code refused', () => {
  it('is told in words, without the tags around them', async () => {
    const output = '<tool_use_error>File has not been read yet.</tool_use_error>';
    const { steps } = await claudeSession([{ run: 'cat shop.ts', output, fails: true }]);
    const seen = steps.flatMap(({ toolCalls }) => toolCalls.map((call) => call.observation));
    assert.deepEqual(
      seen.map((one) => [one?.text, one?.error]),
      [['File has not been read yet.', 'tool']],
    );
  });
});
