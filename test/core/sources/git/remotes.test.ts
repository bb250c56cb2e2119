import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normaliseRemotes, withoutCredentials } from '../../../../src/core/sources/git/remotes.ts';

describe('remote addresses', () => {
  for (const [address, expected] of [
    ['https://user:token@github.com/a/b.git', 'github.com/a/b'],
    ['https://token@GitHub.com/a/b/', 'github.com/a/b'],
    ['ssh://git@host.example:2222/a/b.git', 'host.example/a/b'],
    ['git@host.example:a/b.git', 'host.example/a/b'],
    ['host.example:a/b', 'host.example/a/b'],
    ['git://host.example/a/b?token=s3cret#x', 'host.example/a/b'],
    ['helper::https://user:token@host.example/a/b.git', 'host.example/a/b'],
    ['file:///srv/a.git', undefined],
    ['/srv/a.git', undefined],
    ['../a', undefined],
    ['C:/work/a', undefined],
    ['C:\\work\\a', undefined],
    ['', undefined],
  ] as const) {
    it(`reads "${address}" as ${expected ?? 'no remote'}`, () => {
      assert.deepEqual(normaliseRemotes([address]), expected === undefined ? [] : [expected]);
    });
  }

  it('never keeps a password', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w!$.:~-]{6,20}$/), (password) => {
        const address = `https://ada:QQ${password}QQ@example.com/a/b`;
        assert.ok(!normaliseRemotes([address]).join().includes(`QQ${password}QQ`));
        assert.ok(!withoutCredentials(`cannot read ${address}`).includes(`QQ${password}QQ`));
      }),
    );
  });
});
