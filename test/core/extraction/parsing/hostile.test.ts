import assert from 'node:assert/strict';
import fc from 'fast-check';

import { openExtractor, type OpenExtractor } from '../../../../src/core/extraction/extractor.ts';
import { EXTENSIONS } from '../../../../src/extension/documents/patternPath.ts';
import { ASSETS } from '../../../support/assets.ts';

/** Functions that stand in one another, each with a few statements. */
function nested(depth: number, statements: number): string {
  const heads = Array.from({ length: depth }, (_, level) => {
    const body = Array.from({ length: statements }, (__, at) => `  x += ${level} * ${at};\n`);
    return `function f${level}(x) {\n${body.join('')}`;
  });
  return `${heads.join('')}${'}\n'.repeat(depth)}`;
}

describe('hostile files', () => {
  let extractor: OpenExtractor;

  before(async () => {
    extractor = await openExtractor({ assetsDir: ASSETS });
  });

  after(() => {
    extractor.close();
  });

  async function assertSound(): Promise<void> {
    for (const [language, extension] of Object.entries(EXTENSIONS)) {
      const text = language === 'php' ? '<?php\nfunction f() { return 1; }' : '';
      const found = await extractor.extract({ path: `a.${extension}`, text });
      assert.equal(found?.isGivenUp, false, language);
      assert.equal(found.hasErrors, false, language);
    }
  }

  it('are given up where reading them takes far more than their size warrants', async () => {
    const hostile = [
      { path: 'a.js', text: '/* a b c d\n'.repeat(20_000) },
      {
        path: 'a.kt',
        text: `{A()\nB\n\n${'extern int o(ctx *c, const struct time *l);\n'.repeat(8)}`,
      },
      { path: 'a.c', text: '%w('.repeat(4_000) },
      { path: 'a.cs', text: 'a<'.repeat(20_000) },
    ];
    for (const file of hostile) assert.deepEqual((await extractor.extract(file))?.fragments, []);
    assert.equal(
      (await extractor.extract({ path: 'a.js', text: hostile[0]?.text ?? '' }))?.isGivenUp,
      true,
    );
    await assertSound();
  });

  it('leave no memory behind, however many there are', async () => {
    const file = { path: 'A.java', text: 'a<'.repeat(50_000) };
    assert.equal((await extractor.extract(file))?.isGivenUp, true);
    const before = process.memoryUsage().rss;
    for (let time = 0; time < 8; time += 1) await extractor.extract(file);
    assert.ok(process.memoryUsage().rss - before < 200_000_000);
    await assertSound();
  });

  for (const [depth, statements] of [
    [60, 60],
    [300, 2],
  ] as const) {
    it(`of ${depth} nested functions add no more than eight times their size`, async () => {
      const text = nested(depth, statements);
      const found = await extractor.extract({ path: 'a.js', text });
      assert.ok(found);
      const added = found.fragments.reduce((sum, { code, template }) => {
        return sum + code.length + template.length;
      }, 0);
      assert.ok(added <= 8 * text.length);
      assert.equal(found.fragments[0]?.name, 'f0');
      assert.equal((found.leftOut['too-nested'] ?? 0) + found.fragments.length, depth);
    });
  }

  it('cost no other function its place', async () => {
    const text = `${nested(200, 5)}function after(a) {\n  return a ? 1 : 2;\n}\n`;
    const found = await extractor.extract({ path: 'a.js', text });
    assert.ok(found?.fragments.some(({ name }) => name === 'after'));
  });

  it('tell how many functions have no end of their own', async () => {
    const text = 'int f(int a {\n  return 1;\n}\nint g(int a)\n{\n  return a ? 1 : 2;\n}\n';
    const found = await extractor.extract({ path: 'a.c', text });
    assert.deepEqual(found?.leftOut, { 'broken-syntax': 1 });
  });

  it('of any language and any pieces leave a sound extractor', async () => {
    const pieces = [
      '(',
      '{',
      '}',
      '[',
      '<',
      '"',
      "'",
      '`',
      '/*',
      '*/',
      '//',
      '#',
      '#if A\n',
      '#endif\n',
      '\n',
    ];
    const words = [
      'def f',
      'class A',
      'fun f()',
      'fn f()',
      'func f()',
      'function f() {',
      'if',
      '=>',
      '$"{',
      '%w(',
    ];
    const text = fc
      .array(
        fc.constantFrom(...pieces, ...words, ' a ', '😀', 'end\n', 'LIB_X(', '@A', '?.', '::'),
        { maxLength: 80 },
      )
      .map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom(...Object.values(EXTENSIONS)),
        async (code, extension) => {
          const found = await extractor.extract({ path: `a.${extension}`, text: code });
          assert.ok(found);
          for (const { code: own } of found.fragments) assert.ok(own.length <= code.length);
        },
      ),
      { seed: 20_260_102, numRuns: 400 },
    );
    await assertSound();
  });
});
