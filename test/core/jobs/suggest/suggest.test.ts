import assert from 'node:assert/strict';
import { join } from 'node:path';

import type { Suggestion } from '../../../../src/core/model/suggestions/suggestion.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

const STORE = `import { open } from './store.js';

export function saveUser(user) {
  const connection = open('users');
  connection.put(user.id, user);
  connection.close();
}
`;

describe('suggesting while somebody types', () => {
  let repository: TestRepository;
  let bench: Bench;

  beforeEach(async () => {
    repository = createRepository();
    repository.commit([{ message: 'store', files: { 'src/users.js': STORE } }]);
    repository.git('checkout', '--quiet', '--force', 'main');
    bench = await openBench(repository.folder);
  });

  afterEach(async () => {
    await bench.close();
    repository.remove();
  });

  const fileAt = (path: string) => ({
    file: join(repository.folder, path),
    folder: repository.folder,
  });

  async function read(path: string, text: string): Promise<void> {
    await bench.engine.suggest.read({ ...fileAt(path), text });
  }

  /** What is suggested at the end of a text, which need not be read before. */
  function suggestAtEnd(path: string, text: string, minChance = 0): Promise<readonly Suggestion[]> {
    const lines = text.split('\n');
    return bench.engine.suggest.at({
      ...fileAt(path),
      place: {
        before: lines.slice(0, -1),
        typed: lines.at(-1) ?? '',
        after: [''],
        line: lines.length - 1,
      },
      layout: { step: '  ', lineEnd: '\n' },
      minChance,
    });
  }

  it('takes a body from the code of the project', async () => {
    await read('src/orders.js', '');
    const found = await suggestAtEnd('src/orders.js', 'export function saveOrder(order) {');
    const body = found.find(({ kind }) => kind === 'body');
    assert.equal(
      body?.text,
      "\n  const connection = open('users');\n  connection.put(order.id, order);\n  connection.close();\n}",
    );
    assert.deepEqual(body.origin, { path: 'src/users.js', line: 2, name: 'saveUser' });
  });

  it('takes what stands in an editor and nowhere else', async () => {
    await read(
      'src/orders.js',
      'function connect() {\n  prepareTheLine();\n  dialTheNumber();\n}\n',
    );
    const [line] = await suggestAtEnd('src/calls.js', 'prepareTheLine();\n');
    assert.equal(line?.text, 'dialTheNumber();');
  });

  it('goes back to what is on the disk when the editor is closed', async () => {
    await read('src/users.js', 'prepareTheLine();\ndialTheNumber();\n');
    await bench.engine.suggest.close(fileAt('src/users.js'));
    assert.deepEqual(await suggestAtEnd('src/calls.js', 'prepareTheLine();\n'), []);
    const [line] = await suggestAtEnd('src/calls.js', "  const connection = open('users');\n  ");
    assert.match(line?.text ?? '', /^connection\.put/);
  });

  it('is surer of what was changed since the last commit', async () => {
    await read('src/users.js', STORE);
    const [committed] = await suggestAtEnd('src/orders.js', 'export function saveUser(user) {');
    await read('src/users.js', STORE.replace("'users'", "'people'"));
    const [changed] = await suggestAtEnd('src/orders.js', 'export function saveUser(user) {');
    assert.match(changed?.text ?? '', /'people'/);
    assert.ok((changed?.chance ?? 0) > (committed?.chance ?? 1));
  });

  it('leaves out what is less likely kept than asked for', async () => {
    await read('src/orders.js', '');
    const text = 'export function saveOrder(order) {';
    const [first] = await suggestAtEnd('src/orders.js', text);
    assert.ok(first !== undefined);
    assert.deepEqual(await suggestAtEnd('src/orders.js', text, first.chance + 0.001), []);
  });

  it('is less sure of what was shown in this project and not kept', async () => {
    await bench.extract();
    await read('src/orders.js', '');
    const text = 'export function saveOrder(order) {';
    const [fresh] = await suggestAtEnd('src/orders.js', text);
    assert.ok(fresh !== undefined);
    assert.equal(fresh.chance, fresh.estimate);
    const shown = Array.from({ length: 40 }, () => ({ estimate: fresh.estimate }));
    await bench.engine.outcomes.show({ surface: 'ghost', folder: repository.folder, shown });
    await bench.reopen();
    await read('src/orders.js', '');
    const [learned] = await suggestAtEnd('src/orders.js', text);
    assert.equal(learned?.estimate, fresh.estimate);
    assert.ok(learned.chance < fresh.chance / 2);
  });

  it('says nothing in files that are no source of the project', async () => {
    await read('notes.txt', 'one line of it\nanother line of it\n');
    assert.deepEqual(await suggestAtEnd('notes.txt', 'one line of it\n'), []);
    assert.deepEqual(
      await suggestAtEnd('../outside.js', "  const connection = open('users');\n"),
      [],
    );
  });
});
