import assert from 'node:assert/strict';

import type { FileOutline } from '../../../../src/core/model/outline.ts';
import type { Signal } from '../../../../src/core/model/resolution/codePointer.ts';
import { createTokenizer } from '../../../../src/core/platform/text/words.ts';
import { toFileRecord } from '../../../../src/core/resolution/localization/fileRecord.ts';
import { fileSignals } from '../../../../src/core/resolution/localization/fileSignals.ts';
import { readIssue } from '../../../../src/core/resolution/localization/issue.ts';
import { HYBRID, rankFiles } from '../../../../src/core/resolution/localization/rankFiles.ts';

const tokenizer = createTokenizer();

interface File {
  readonly text?: string;
  readonly names?: readonly string[];
  readonly strings?: readonly string[];
}

function candidatesOf(files: Readonly<Record<string, File>>) {
  return Object.entries(files).map(([path, { text = '', names = [], strings = [] }]) => {
    const declarations = names.map((name) => ({
      ...{ kind: 'function' as const, name, qualifiedName: name },
      ...{ firstLine: 0, lastLine: 0, comment: '' },
    }));
    const outline: FileOutline = { language: 'python', declarations, strings };
    return { path, record: toFileRecord(text, outline, tokenizer) };
  });
}

function signalOf(signal: Signal, issue: string, files: Readonly<Record<string, File>>) {
  const values = fileSignals(readIssue(issue), candidatesOf(files), tokenizer).get(signal) ?? [];
  return [...values].map((value) => Math.round(value * 100) / 100);
}

describe('signals of files', () => {
  it('tell the file whose path the issue ends with', () => {
    const files = { 'a/shop/cart.py': {}, 'b/cart.py': {}, 'b/other.py': {} };
    assert.deepEqual(signalOf('mention', 'bug in /home/ada/a/shop/cart.py', files), [1, 0, 0]);
    assert.deepEqual(signalOf('mention', 'bug in cart.py', files), [0.25, 0.25, 0]);
    assert.deepEqual(signalOf('mention', 'no path here', files), [0, 0, 0]);
  });

  it('count the frame that failed most, and only frames of the repository', () => {
    const issue =
      'Fails\nFile "/x/shop/a.py", line 1, in f\nFile "/x/shop/b.py", line 2, in g\nFile "/usr/lib/json.py", line 3, in h';
    assert.deepEqual(signalOf('traceback', issue, { 'shop/a.py': {}, 'shop/b.py': {} }), [0.5, 1]);
    const library =
      'Fails\nFile "/x/shop/a.py", line 1, in f\nFile "/lib/other/b.py", line 2, in g';
    assert.deepEqual(
      signalOf('traceback', library, { 'shop/a.py': {}, 'shop/b.py': {} }),
      [1, 0],
      'a library has a file of the same name',
    );
    assert.deepEqual(
      signalOf('mention', issue, { 'shop/a.py': {}, 'shop/b.py': {} }),
      [0, 0],
      'a traceback names no file besides',
    );
  });

  it('tell which file holds a word of the title as a whole string', () => {
    const strings = (...texts: string[]): File => ({ strings: texts.map((text) => `"${text}"`) });
    const files = {
      'cli.py': strings('routes', 'show the routes of the app'),
      'views.py': strings('all routes', 'route'),
      'checker.py': strings('notes', 'YES'),
    };
    assert.deepEqual(signalOf('literal', 'Flask routes hides subdomains', files), [1, 0, 0]);
    assert.deepEqual(signalOf('literal', '"--notes" option ignores tags', files), [0, 0, 1]);
    assert.deepEqual(signalOf('literal', 'It fails\n\nwith `routes`', files), [0, 0, 0]);
    const keywords = { 'keywords.py': strings('and', 'for', 'with', 'From'), 'other.py': {} };
    const plain = 'It is not working with the new version and From then on for all';
    assert.deepEqual(signalOf('literal', plain, keywords), [0, 0]);
    const everywhere = Object.fromEntries(
      Array.from({ length: 8 }, (_, at) => [`f${at}.py`, strings('utf-8')]),
    );
    assert.ok(signalOf('literal', 'utf-8 is lost', everywhere).every((value) => value === 0));
  });

  it('tell where a rare name of code is declared, not where many declare it', () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `f${at}.py`,
        { names: at === 3 ? ['run', 'make_total'] : ['run'] },
      ]),
    );
    const values = signalOf('definition', 'make_total() and run() fail', files);
    assert.equal(values[3], 1);
    assert.equal(Math.max(...values.filter((_, at) => at !== 3)), 0);
  });

  it('find the file that prints the message', () => {
    const files = { 'a.py': { strings: ['"cart {} has no total"'] }, 'b.py': {} };
    const [a = 0, b = 0] = signalOf('message', 'it says: cart 12 has no total', files);
    assert.ok(a > 0);
    assert.equal(b, 0);
  });

  it('find no message in a path, nor in words that stand in any sentence', () => {
    const files = { 'a.py': { strings: ['"shop cart {}"', '"{} is not"'] }, 'b.py': {} };
    const told = [
      'It fails\nFile "/home/ada/shop/cart.py", line 1, in total',
      'See shop/cart.py for more',
      'This page is not there',
    ];
    for (const issue of told) assert.deepEqual(signalOf('message', issue, files), [0, 0]);
    assert.ok((signalOf('message', 'It says: shop cart 12', files)[0] ?? 0) > 0);
  });

  it('take a word of the title for a name where it is written as code, or few files use it', () => {
    const users = Object.fromEntries(
      Array.from({ length: 8 }, (_, at) => [`user${at}.py`, { text: 'sock.send(1)' }]),
    );
    const files = {
      'protocol.py': { names: ['send', 'flatten'], text: 'def send(): flatten()' },
      ...users,
    };
    const first = (issue: string): number => signalOf('titleDefinition', issue, files)[0] ?? 0;
    assert.equal(first('test client does not send cookies'), 0);
    assert.equal(first('`send` loses cookies'), 1);
    assert.equal(first('client.send() loses cookies'), 1);
    assert.equal(first('flatten loses cookies'), 1);
  });

  it('are not misled by words that every object has', () => {
    const files = { 'a.py': { text: 'constructor __proto__' }, 'b.py': { text: 'other' } };
    assert.deepEqual(signalOf('identifiers', '`constructor` `__proto__`', files), [1, 0]);
    assert.deepEqual(signalOf('identifiers', '`toString`', files), [0, 0]);
  });

  it('add up to an order, each times its weight, without files nothing speaks for', () => {
    const candidates = candidatesOf({
      'shop/cart.py': { text: 'def total(): pass', names: ['total'] },
      'shop/mail.py': { text: 'def send(): pass # total', names: ['send'] },
      'shop/none.py': { text: 'x = 1' },
    });
    const table = fileSignals(readIssue('total() is wrong'), candidates, tokenizer);
    const ranked = rankFiles(candidates, table, HYBRID);
    assert.deepEqual(
      ranked.map(({ path }) => path),
      ['shop/cart.py', 'shop/mail.py'],
    );
    for (const { score, signals } of ranked) {
      const sum = Object.values(signals).reduce((all, one) => all + one, 0);
      assert.ok(Math.abs(score - sum) < 1e-9);
    }
  });
});
