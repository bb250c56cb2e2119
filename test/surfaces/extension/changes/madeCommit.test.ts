import assert from 'node:assert/strict';
import { messageIfMade, type MadeOrNot } from '../../../../src/extension/recording/madeCommit.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

const SECONDS = 1_790_000_000;

describe('a commit that is checked out', () => {
  let bakery: TestRepository;
  let first: string;
  let made: string;
  let theirs: string;

  before(() => {
    bakery = createRepository();
    bakery.git('config', 'user.email', 'ada@example.com');
    const files = { 'oven.txt': 'hot' };
    [first = '', made = ''] = bakery.commit([
      { message: 'Light the oven', files, dateSeconds: SECONDS - 900 },
      { message: 'Bake', files: { 'bread.txt': 'rye' }, dateSeconds: SECONDS },
    ]);
    [theirs = ''] = bakery.commit([
      {
        ...{ message: 'Sell', files: { 'till.txt': '3' } },
        ...{ author: 'bea@example.com', dateSeconds: SECONDS },
      },
    ]);
  });
  after(() => {
    bakery.remove();
  });

  /** As VS Code's own git tells it. */
  const repository: MadeOrNot['repository'] = {
    getCommit(ref) {
      const told = bakery.git('show', '--no-patch', '--format=%P%n%ct%n%ae%n%B', ref).split('\n');
      const [parents = '', seconds, authorEmail = '', ...message] = told;
      return Promise.resolve({
        ...{ parents: parents.split(' '), commitDate: new Date(1000 * Number(seconds)) },
        ...{ authorEmail, message: message.join('\n').trim() },
      });
    },
    getConfig: (key) => Promise.resolve(bakery.git('config', key)),
    getGlobalConfig: () => Promise.resolve(''),
  };
  const told = (commit: string, before: string, afterSeconds = 5) =>
    messageIfMade({ repository, commit, before }, 1000 * (SECONDS + afterSeconds));

  it('was made where it stands on the one before', async () => {
    assert.equal(await told(made, first), 'Bake');
  });

  it('was not made now where it is old, was amended or gone back to', async () => {
    assert.equal(await told(made, first, 600), undefined);
    assert.equal(await told(first, made), undefined);
    bakery.git('checkout', '--quiet', '--detach', made);
    bakery.git('commit', '--quiet', '--amend', '--message', 'Bake rye');
    const amended = bakery.git('rev-parse', 'HEAD');
    const { commitDate } = await repository.getCommit(amended);
    const sinceSeconds = ((commitDate?.getTime() ?? 0) - 1000 * SECONDS) / 1000;
    assert.equal(await told(amended, made, sinceSeconds), undefined);
  });

  it('was made by somebody else where their commit was pulled', async () => {
    assert.equal(await told(theirs, made), undefined);
  });

  it('was made by somebody else also where git knows who works here from the person’s settings', async () => {
    const everywhere = {
      ...repository,
      getConfig: () => Promise.resolve(''),
      getGlobalConfig: () => Promise.resolve('Ada@Example.com'),
    };
    const asked = { repository: everywhere, before: made };
    assert.equal(await messageIfMade({ ...asked, commit: theirs }, 1000 * SECONDS), undefined);
    const own = { ...asked, commit: made, before: first };
    assert.equal(await messageIfMade(own, 1000 * (SECONDS + 5)), 'Bake');
  });

  it('counts as made where git does not say who works here', async () => {
    const failing = (): Promise<string> => Promise.reject(new Error('no git'));
    const silent = { ...repository, getConfig: failing, getGlobalConfig: failing };
    const asked = { repository: silent, commit: theirs, before: made };
    assert.equal(await messageIfMade(asked, 1000 * SECONDS), 'Sell');
  });
});
