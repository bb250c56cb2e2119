import assert from 'node:assert/strict';
import { createRecent } from '../../../src/extension/attention/recent.ts';

describe('what a person had before them lately', () => {
  it('is told the latest first, each once', () => {
    const recent = createRecent();
    for (const path of ['/p/a.ts', '/p/b.ts', '/p/a.ts']) recent.opened(path);
    for (const pattern of ['one', 'two', 'one']) recent.lookedAt(pattern);
    assert.deepEqual(recent.attention, { files: ['/p/a.ts', '/p/b.ts'], patterns: ['one', 'two'] });
  });

  it('forgets what is long ago', () => {
    const recent = createRecent();
    for (let at = 0; at < 100; at += 1) recent.opened(`/p/${at}.ts`);
    const { files } = recent.attention;
    assert.equal(files[0], '/p/99.ts');
    assert.ok(files.length >= 10 && !files.includes('/p/0.ts'));
  });
});
