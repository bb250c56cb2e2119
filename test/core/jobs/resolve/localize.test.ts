import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { LocalizeOptions } from '../../../../src/core/model/api/resolution.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import type { NamelessInstance } from '../../../../src/core/model/resolution/instance.ts';
import { type Bench, openBench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

const CART = [
  'class Cart:',
  '    """Things somebody wants to buy."""',
  '    def total(self, items):',
  '        """Sum of the prices."""',
  '        if not items:',
  '            raise ValueError("cart %s holds nothing" % self)',
  '        return sum(items)',
  '',
  '    def clear(self):',
  '        self.items = []',
  '',
].join('\n');
const MAIL = 'export function sendMail(to: string): string {\n  return `mail to ${to}`;\n}\n';
const ISSUE = 'total of an empty cart\n\nIt raises `ValueError: cart 7 holds nothing`.';
/** Assembled, so that no scanner takes it for a real one. */
const SECRET = ['AKIA', 'QWERTYUIOPASDFGH'].join('');

describe('finding where an issue is to be resolved', () => {
  let repository: TestRepository;
  let bench: Bench;

  before(async () => {
    repository = createRepository();
    repository.commit([
      {
        message: 'first',
        files: {
          'shop/cart.py': CART,
          'web/mail.ts': MAIL,
          'tests/test_cart.py': 'def test_total():\n    assert Cart().total([]) == 0\n',
          'broken/odd.py': 'def half(:\n  total cart ((((\n',
          'shop/windows.py': 'def crlf_total(x):\r\n    return x\r\n',
        },
      },
      { message: 'moved', files: { 'shop/cart.py': null, 'shop/basket.py': CART } },
    ]);
    repository.git('reset', '--hard', 'main');
    // Latin-1: the comment is no UTF-8.
    writeFileSync(
      join(repository.folder, 'shop/umlaut.py'),
      Buffer.from('def gr\xf6sse():\n    return 1  # \xe4ndern\n', 'latin1'),
    );
    bench = await openBench(repository.folder);
  });

  after(async () => {
    await bench.close();
    repository.remove();
  });

  const locate = async (instance: Partial<NamelessInstance>, options: LocalizeOptions = {}) => {
    const whole = { text: ISSUE, folder: repository.folder, ...instance };
    const { places } = await bench.engine.resolution.localize(whole, options);
    return places;
  };
  const best = async (instance: Partial<NamelessInstance>, options: LocalizeOptions = {}) => {
    const [file, ...others] = await locate(instance, options);
    return [file?.path, others.find(({ kind }) => kind !== 'file')?.symbol];
  };

  it('answers with the file and the function, with reasons', async () => {
    const [file, total] = await locate({});
    assert.equal(file?.kind, 'file');
    assert.equal(file.path, 'shop/basket.py');
    assert.equal(file.score, 1);
    assert.ok(file.why.some(({ text }) => text.includes('it contains a message')));
    assert.equal(total?.symbol, 'Cart.total');
    assert.deepEqual(total.range, {
      start: { line: 2, character: 0 },
      end: { line: 7, character: 0 },
    });
  });

  it('answers by words alone when asked to', async () => {
    assert.deepEqual(await best({}, { localizer: 'words' }), ['shop/basket.py', 'Cart.total']);
    const signals = (await locate({}, { localizer: 'words' })).flatMap((place) =>
      place.kind === 'file' ? Object.keys(place.signals) : [],
    );
    assert.deepEqual(new Set(signals), new Set(['title', 'body', 'names']));
  });

  it('reads any revision, and leaves the work tree as it is', async () => {
    const before = repository.git('status', '--porcelain', '--branch');
    assert.deepEqual(await best({ revision: 'main~1' }), ['shop/cart.py', 'Cart.total']);
    assert.equal(repository.git('status', '--porcelain', '--branch'), before);
  });

  it('says which revision is not there, also one that looks like an option', async () => {
    for (const revision of ['no-such-branch', '--all', '']) {
      await assert.rejects(locate({ revision }), (error) => {
        return error instanceof AppError && error.code === 'bad-argument';
      });
    }
  });

  it('sees what is not committed yet', async () => {
    assert.deepEqual(await best({ text: 'grösse is wrong' }), ['shop/umlaut.py', 'grösse']);
  });

  it('reads lines that end with CRLF', async () => {
    assert.deepEqual(await best({ text: 'crlf_total() fails' }), ['shop/windows.py', 'crlf_total']);
  });

  it('finds files that cannot be parsed by their words, and lines in them', async () => {
    const places = await locate({ text: 'broken/odd.py: half of it is odd' });
    assert.equal(places[0]?.path, 'broken/odd.py');
  });

  it('finds code of other languages, and no tests', async () => {
    assert.deepEqual(await best({ text: 'sendMail() is slow' }), ['web/mail.ts', 'sendMail']);
    const paths = (await locate({ text: 'test_total fails' })).map(({ path }) => path);
    assert.ok(!paths.includes('tests/test_cart.py'));
  });

  it('orders places so that none stands before its file, by falling scores', async () => {
    const places = await locate({ text: 'cart total sendMail clear crlf_total' });
    const seen = new Set<string>();
    for (const [at, { kind, path, score }] of places.entries()) {
      if (kind === 'file') seen.add(path);
      assert.ok(seen.has(path));
      assert.ok(score <= (places[at - 1]?.score ?? 1));
    }
  });

  it('keeps to the limit for files and for functions', async () => {
    const places = await locate({ text: 'cart total sendMail clear crlf_total' }, { limit: 1 });
    assert.deepEqual(
      places.map(({ kind }) => kind),
      ['file', 'declaration'],
    );
  });

  it('finds nothing for words that no file has', async () => {
    assert.deepEqual(await locate({ text: 'zyxwv' }), []);
  });

  it('keeps words of code from run to run, without secrets', async () => {
    repository.commit([{ message: 'key', files: { 'shop/key.py': `KEY = "${SECRET}"\n` } }]);
    await locate({ revision: 'main' });
    const folder = join(bench.library, 'derived');
    const kept = readdirSync(folder).filter((name) => name.startsWith('places-'));
    assert.equal(kept.length, 1);
    const text = readFileSync(join(folder, kept[0] ?? ''), 'utf8');
    assert.match(text, /clear/);
    assert.doesNotMatch(text, new RegExp(SECRET));
    writeFileSync(join(folder, kept[0] ?? ''), 'damaged');
    assert.deepEqual(await best({}), ['shop/basket.py', 'Cart.total']);
  });
});
