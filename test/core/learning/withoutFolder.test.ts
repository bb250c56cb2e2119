import assert from 'node:assert/strict';
import { withoutFolder } from '../../../src/core/learning/actions/actions.ts';

describe('paths of a session as they are seen from its folder', () => {
  it('lose the folder where they begin with it, and nowhere else', () => {
    assert.equal(withoutFolder('cat /app/main.py "/app/a b.py"', '/app'), 'cat main.py "a b.py"');
    assert.equal(withoutFolder('cat /usr/src/app/main.py', '/app'), 'cat /usr/src/app/main.py');
    assert.equal(withoutFolder('diff /app/a.py /old/app/a.py', '/app'), 'diff a.py /old/app/a.py');
  });

  it('stay as they are where no folder is known', () => {
    assert.equal(withoutFolder('cat /etc/hosts', ''), 'cat /etc/hosts');
    assert.equal(withoutFolder('cat /etc/hosts', undefined), 'cat /etc/hosts');
  });
});
