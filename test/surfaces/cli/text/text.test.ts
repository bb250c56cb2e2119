import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { clean, cleanDeep } from '../../../../src/cli/text/clean.ts';
import {
  countOf,
  formatBytes,
  formatDate,
  formatDuration,
  formatPercent,
} from '../../../../src/cli/text/format.ts';
import { createStyle } from '../../../../src/cli/text/style.ts';
import { formatTable } from '../../../../src/cli/text/table.ts';
import { cutEnd, cutStart, widthOf, wrap } from '../../../../src/cli/text/width.ts';

const COLOUR = createStyle(true);

describe('numbers for people', () => {
  it('counts with separators and the right number', () => {
    assert.deepEqual(
      [countOf(1, 'file'), countOf(0, 'file'), countOf(1234, 'fix', 'fixes')],
      ['1 file', '0 files', '1,234 fixes'],
    );
  });

  it('says sizes and durations in the unit that fits', () => {
    const sizes = [0, 999, 1000, 12_345, 999_499, 999_500, 4_200_000_000].map(formatBytes);
    assert.deepEqual(sizes, ['0 B', '999 B', '1.0 kB', '12.3 kB', '999 kB', '1.0 MB', '4.2 GB']);
    const times = [0, 8.4, 999.6, 1440, 9960, 59_400, 59_600, 125_000, 3_600_000, 3_780_000];
    assert.deepEqual(times.map(formatDuration), [
      '0 ms',
      '8 ms',
      '1.0 s',
      '1.4 s',
      '10 s',
      '59 s',
      '1 min 0 s',
      '2 min 5 s',
      '1 h 0 min',
      '1 h 3 min',
    ]);
  });

  it('says dates in UTC and leaves what is none', () => {
    assert.equal(formatDate('2024-05-03T23:59:59Z'), '3 May 2024');
    assert.equal(formatDate('2024-05-03T23:59:59-05:00'), '4 May 2024');
    assert.equal(formatDate('one day'), 'one day');
    assert.equal(formatPercent(0.714), '71 %');
  });
});

describe('neutralised text', () => {
  it('keeps line feeds and tabs, shows other control characters', () => {
    assert.equal(clean('a\tb\r\nc\u001b[1m\u007f\u009b\rd'), 'a\tb\nc␛[1m␡\\u{9b}␍d');
  });

  it('shows characters that turn the direction of text', () => {
    assert.equal(clean('a\u202eb\u2066c\u200fd'), 'a\\u{202e}b\\u{2066}c\\u{200f}d');
  });

  it('keeps letters and emoji of any script', () => {
    for (const text of ['Übung', '漢字', 'שלום', '👩‍👩‍👧', 'नमस्ते']) assert.equal(clean(text), text);
  });

  it('reaches every string of a value and keeps the rest', () => {
    const value = { '\u0007': ['\u001b', 1, null, true, { deep: '\u0000' }] };
    const expected = { '␇': ['␛', 1, null, true, { deep: '␀' }] };
    assert.deepEqual(cleanDeep(value), expected);
  });

  it('leaves nothing a terminal obeys in any text', () => {
    const unsafe = new RegExp('[^\\P{Cc}\\n\\t]', 'u');
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 0x20ff }))
          .map((codes) => String.fromCodePoint(...codes)),
        (text) => {
          assert.doesNotMatch(clean(text), unsafe);
        },
      ),
    );
  });
});

describe('width', () => {
  it('counts columns of a terminal, not characters', () => {
    const widths = ['abc', '漢字', '👩‍👩‍👧', 'e\u0301', '\u001b[1mabc\u001b[22m'].map(widthOf);
    assert.deepEqual(widths, [3, 4, 2, 1, 3]);
  });

  it('cuts at the end or the start, never within a letter', () => {
    assert.equal(cutEnd('abcdef', 4), 'abc…');
    assert.equal(cutEnd('漢字漢字', 6), '漢字…');
    assert.equal(cutStart('src/net/retry.ts', 9), '…retry.ts');
    assert.equal(cutStart('short', 9), 'short');
  });

  it('never cuts to more columns than allowed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        (text, columns) => {
          assert.ok(widthOf(cutEnd(clean(text), columns)) <= columns);
          assert.ok(widthOf(cutStart(clean(text), columns)) <= columns);
        },
      ),
    );
  });

  it('wraps at spaces and keeps long words whole', () => {
    assert.deepEqual(wrap('one two three-and-more four', 8), ['one two', 'three-and-more', 'four']);
    assert.deepEqual(wrap('  ', 8), []);
  });
});

describe('tables', () => {
  it('align wide characters and colours, without spaces at the ends', () => {
    const lines = formatTable(
      [
        { title: 'name', align: 'left' },
        { title: 'count', align: 'right' },
        { title: '', align: 'left' },
      ],
      [
        ['漢字', '1', 'x'],
        [COLOUR.name('plain'), '1,000', ''],
      ],
    );
    assert.deepEqual(lines.map(stripVTControlCharacters), [
      'name   count',
      '漢字       1  x',
      'plain  1,000',
    ]);
  });
});
