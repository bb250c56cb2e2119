import assert from 'node:assert/strict';

import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

type Files = Readonly<Record<string, string>>;

const HANDLE = [
  'class Client:',
  '    def create(self):',
  '        handle = transport.Handle(self.options)',
  '        handle.verbose = 1',
  '        return handle',
  '',
].join('\n');

const USER = [
  'def start(self):',
  '    spare = transport.Handle(self.options)',
  '    self.pool = [spare]',
  '',
].join('\n');

/** A test of a queue, in a class of them. */
function queueTest(name: string, wait: string): string {
  return [
    '    @asynchronous',
    `    def test_${name}(self):`,
    '        queue = make_queue()',
    '        with self.assertRaises(TimeoutError):',
    `            yield queue.take(timeout=${wait})`,
    '',
  ].join('\n');
}

describe('other places of a commit', () => {
  let repository: TestRepository;
  let bench: Bench;

  afterEach(async () => {
    await bench.close();
    repository.remove();
  });

  /** The places of a commit that changes the files so, each as its path and its first line from 1. */
  async function placesOf(
    before: Files,
    changed: Files,
  ): Promise<readonly (readonly [string, number])[]> {
    repository = createRepository();
    const [, commit = ''] = repository.commit([
      { message: 'start', files: before },
      { message: 'change', files: changed },
    ]);
    repository.git('checkout', '--quiet', '--force', 'main');
    bench = await openBench(repository.folder);
    const { edits } = await bench.engine.suggest.places({
      ...{ file: repository.folder, folder: repository.folder, isAsked: true },
      source: { kind: 'commit', commit },
    });
    return edits.flatMap(({ places }) =>
      places.map(({ path, startLine }) => [path, startLine + 1] as const),
    );
  }

  it('put no function into another, nor cut one in two', async () => {
    const split = HANDLE.replace(
      'handle = transport.Handle(self.options)\n',
      'return transport.Handle(self.options)\n\n    def prepare(self, handle):\n',
    );
    const inClass = `class User:\n${USER.replace(/^(?=.)/gm, '    ')}`;
    const before = { 'client.py': HANDLE, 'user.py': USER, 'other.py': inClass };
    assert.deepEqual(await placesOf(before, { 'client.py': split }), []);
  });

  it('do not leave a function before its other lines, nor where there is none', async () => {
    const leaving = HANDLE.replace(
      '        handle = transport.Handle(self.options)\n        handle.verbose = 1\n        return handle\n',
      '        return transport.Handle(self.options)\n',
    );
    const before = {
      'client.py': HANDLE.replace('        handle.verbose = 1\n        return handle\n', ''),
      'user.py': USER,
      'main.py': 'self = make_self()\nspare = transport.Handle(self.options)\n',
      'last.py': 'def last(self):\n    only = transport.Handle(self.options)\n',
    };
    assert.deepEqual(await placesOf(before, { 'client.py': leaving }), [['last.py', 2]]);
  });

  it('are none for a test that was added among tests', async () => {
    const start = 'class QueueTest(Base):\n';
    const tests = [queueTest('early', '1'), queueTest('late', 'delta(seconds=2)')];
    const before = { 'test/queue_test.py': start + tests.join('\n') };
    const added = [tests[0], queueTest('zero', 'delta(seconds=0)'), tests[1]];
    assert.deepEqual(
      await placesOf(before, { 'test/queue_test.py': start + added.join('\n') }),
      [],
    );
  });

  it('stand in tests only last, and for a change of tests where nothing else was changed', async () => {
    const call = (name: string, old = true): string =>
      `def ${name}(registry, user):\n    registry.${old ? 'publish' : 'publish_safely'}(user, channels.billing)\n`;
    const before = {
      'src/users.py': call('add_user'),
      'src/teams.py': call('add_team'),
      'a/tests/test_teams.py': call('test_team').replace('billing', 'billing, 1'),
      'a/tests/test_users.py': call('test_user'),
      'a/tests/test_other.py': call('test_other').replace('billing', 'billing, 1'),
    };
    const users = { 'src/users.py': call('add_user', false) };
    const test = {
      'a/tests/test_teams.py': call('test_team', false).replace('billing', 'billing, 1'),
    };
    assert.deepEqual(await placesOf(before, { ...test, ...users }), [
      ['src/teams.py', 2],
      ['a/tests/test_users.py', 2],
    ]);
    await bench.close();
    repository.remove();
    assert.deepEqual(await placesOf(before, test), [['a/tests/test_other.py', 2]]);
  });
});
