import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { libraryPlace } from '../../src/core/libraryPlace.ts';

const HOME = '/home/ada';

describe('the place of the library', () => {
  it('is the one the environment names', () => {
    const env = { PATTERN_FOUNDRY_LIBRARY: '/mnt/patterns' };
    assert.equal(libraryPlace({ env, home: HOME, perUser: '/x' }), '/mnt/patterns');
  });

  it('is below the home where the environment names it with ~ or by a relative path', () => {
    for (const named of ['~/patterns', 'patterns', './patterns']) {
      const env = { PATTERN_FOUNDRY_LIBRARY: named };
      assert.equal(libraryPlace({ env, home: HOME, perUser: '/x' }), resolve(HOME, 'patterns'));
    }
  });

  it('takes no notice of a relative XDG_DATA_HOME', () => {
    const env = { XDG_DATA_HOME: 'data' };
    assert.equal(libraryPlace({ env, home: HOME }), '/home/ada/.local/share/pattern-foundry');
  });

  it('is the folder of the platform when the environment names none', () => {
    for (const perUser of [
      '/home/ada/.local/share/pattern-foundry',
      '/Users/ada/Library/Application Support/pattern-foundry',
      'C:\\Users\\ada\\AppData\\Local\\pattern-foundry\\Data',
    ]) {
      for (const env of [{}, { PATTERN_FOUNDRY_LIBRARY: '' }]) {
        assert.equal(libraryPlace({ env, home: HOME, perUser }), perUser);
      }
    }
  });

  it('is a folder of this program for the running process', () => {
    assert.ok(libraryPlace({ env: {}, home: HOME }).includes('pattern-foundry'));
  });

  it('does not change with the revision of a Snap-packaged editor', () => {
    const ordinary = join(HOME, '.local/share/pattern-foundry');
    for (const revision of ['183', 'x1', 'current', 'common']) {
      const perUser = `/home/ada/snap/code/${revision}/.local/share/pattern-foundry`;
      assert.equal(
        libraryPlace({ env: { SNAP: '/snap/code/183' }, home: HOME, perUser }),
        ordinary,
      );
    }
  });

  it('is in the real home where Snap moves the home as well', () => {
    const home = '/home/ada/snap/code/183';
    const perUser = `${home}/.local/share/pattern-foundry`;
    const ordinary = '/home/ada/.local/share/pattern-foundry';
    assert.equal(libraryPlace({ env: {}, home, perUser }), ordinary);
    const env = { SNAP_REAL_HOME: '/data/ada' };
    assert.equal(libraryPlace({ env, home, perUser }), '/data/ada/.local/share/pattern-foundry');
  });
});
