import assert from 'node:assert/strict';
import { toContextText } from '../../../src/core/prompts/contextLayout.ts';

describe('the context of a task as text', () => {
  it('says a name once where there is nothing else to say of it', () => {
    const code = { id: 'p1', relevance: 0.7, path: 'net/client.py', line: 3, commit: null };
    const similar = [
      { ...code, name: 'Client', description: 'Client' },
      { ...code, name: 'send', description: 'Sends what is in the queue' },
    ];
    const parts = { task: 'mend it', files: [], similar, fixes: [], warnings: [] };
    const text = toContextText(parts, 10_000, (written) => written.length);
    assert.match(text, /^- `Client` in `net\/client\.py:3`$/m);
    assert.match(text, /^- `send` in `net\/client\.py:3`: Sends what is in the queue$/m);
  });
});
