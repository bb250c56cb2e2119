import assert from 'node:assert/strict';
import { expandHome } from '../../../src/core/platform/homePath.ts';

describe('a path as a person writes it', () => {
  it('begins at home where it begins with ~', () => {
    for (const [path, expanded] of [
      ['~', '/home/$&'],
      ['~/pf', '/home/$&/pf'],
      ['~\\pf', '/home/$&\\pf'],
      ['~other/pf', '~other/pf'],
      ['a/~', 'a/~'],
      ['', ''],
    ] as const) {
      assert.equal(expandHome(path, '/home/$&'), expanded);
    }
  });
});
