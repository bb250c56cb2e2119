import assert from 'node:assert/strict';
import { createTokenizer } from '../../../../src/core/platform/text/words.ts';
import type { RecordedDeclaration } from '../../../../src/core/resolution/localization/fileRecord.ts';
import { countTerms } from '../../../../src/core/resolution/localization/fileRecord.ts';
import { readIssue } from '../../../../src/core/resolution/localization/issue.ts';
import {
  type RankedStretch,
  rankDeclarations,
  type ReadFile,
} from '../../../../src/core/resolution/localization/rankDeclarations.ts';

const NOTHING = countTerms([]);

/** A file of functions, each a line that declares it and the lines of its body. */
function fileOf(
  path: string,
  score: number,
  functions: Readonly<Record<string, string>>,
): ReadFile {
  const declarations: RecordedDeclaration[] = [];
  const lines: string[] = [];
  for (const [name, body] of Object.entries(functions)) {
    const first = lines.length;
    lines.push(`def ${name}(value):`, ...body.split('\n').map((line) => `    ${line}`));
    const place = { lines: [first, lines.length - 1] as const, comment: '' };
    declarations.push({ kind: 'function', name, qualifiedName: name, ...place });
  }
  const record = { body: NOTHING, identifiers: NOTHING, names: NOTHING, comments: NOTHING };
  return {
    file: {
      ...{ path, score, signals: {} },
      record: { ...record, phrases: [], literals: [], declarations, lineCount: lines.length },
    },
    text: lines.join('\n'),
  };
}

function rank(issue: string, ...files: readonly ReadFile[]): readonly RankedStretch[] {
  return rankDeclarations(readIssue(issue), files, createTokenizer());
}

function signalOf(
  ranked: readonly RankedStretch[],
  name: string,
  signal: 'called' | 'length' | 'inner' | 'fileRank',
): number {
  const found = ranked.find(({ declaration }) => declaration?.name === name);
  return found?.signals[signal] ?? 0;
}

describe('what speaks for a function', () => {
  it('is that a function which the issue names uses it', () => {
    const ranked = rank(
      '`convert` loses the unit',
      fileOf('units.py', 1, {
        convert: 'return scale_of(value)',
        scale_of: 'return value.scale',
        other: 'return value.scale',
      }),
    );
    assert.ok(signalOf(ranked, 'scale_of', 'called') > 0);
    assert.equal(signalOf(ranked, 'convert', 'called'), 0);
    assert.ok(ranked.every(({ declaration }) => declaration?.name !== 'other'));
  });

  it('is shared among functions of one name, and nothing where there are many', () => {
    const issue = '`convert` loses the unit';
    const convert = { convert: 'return scale(value)' };
    const scales = (count: number): readonly ReadFile[] =>
      Array.from({ length: count }, (_, at) => fileOf(`scale${at}.py`, 0.5, { scale: 'return 1' }));
    const called = (count: number): number =>
      signalOf(rank(issue, fileOf('units.py', 1, convert), ...scales(count)), 'scale', 'called');
    assert.ok(called(1) > 0);
    assert.equal(called(2), called(1) / 2);
    assert.equal(called(5), 0);
  });

  it('is that it is long, inner to its file, and in one of the first files', () => {
    const long = Array.from({ length: 60 }, () => 'unit = value').join('\n');
    const files = ['a.py', 'b.py'].map((path) =>
      fileOf(path, 1, { short: 'unit = value', long, _inner: 'unit = value' }),
    );
    const ranked = rank('the unit is lost', ...files);
    assert.ok(signalOf(ranked, 'long', 'length') > signalOf(ranked, 'short', 'length'));
    assert.ok(signalOf(ranked, '_inner', 'inner') > 0);
    assert.equal(signalOf(ranked, 'short', 'inner'), 0);
    const paths = ranked.flatMap(({ path, declaration }) =>
      declaration?.name === 'long' ? [path] : [],
    );
    assert.deepEqual(paths, ['a.py', 'b.py']);
  });

  it('is not its file, its length and its name alone', () => {
    const files = [fileOf('a.py', 1, { _work: 'return 1' })];
    assert.deepEqual(rank('something else entirely', ...files), []);
  });

  it('is a traceback through its own file, not through another of the same name', () => {
    const ranked = rank(
      'The page fails\n\nFile "/srv/shop/views.py", line 2, in get\n',
      fileOf('blog/views.py', 1, { get: 'return page(value)' }),
      fileOf('shop/views.py', 0.5, { get: 'return page(value)' }),
    );
    const passed = ranked.filter(({ signals }) => signals.traceback !== undefined);
    assert.deepEqual(
      passed.map(({ path }) => path),
      ['shop/views.py'],
    );
  });
});
