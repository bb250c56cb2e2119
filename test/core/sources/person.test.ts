import assert from 'node:assert/strict';
import { userInfo } from 'node:os';

import { personName } from '../../../src/core/sources/person.ts';

describe('the name of a person', () => {
  it('is that of the operating system', () => {
    const { username } = userInfo();
    assert.equal(
      personName({ USER: 'somebody-else' }, () => username),
      username,
    );
    assert.notEqual(personName({ USER: 'somebody-else' }), 'somebody-else');
  });

  it('is never the one that stands for nobody in particular', () => {
    assert.equal(
      personName({}, () => 'user'),
      'User',
    );
  });

  it('is that of the environment where the system knows no such user', () => {
    const unknown = (): never => {
      throw new Error('ENOENT: uv_os_get_passwd');
    };
    assert.equal(personName({ LOGNAME: 'ada' }, unknown), 'ada');
    assert.equal(personName({ USER: '', USERNAME: 'bob' }, unknown), 'bob');
    assert.equal(personName({}, unknown), 'nobody');
    assert.equal(
      personName({ USER: 'ada' }, () => ''),
      'ada',
    );
  });
});
