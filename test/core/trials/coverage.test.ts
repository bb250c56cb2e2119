import assert from 'node:assert/strict';
import { lcovOf, readLcov } from '../../../src/core/trials/coverage.ts';

describe('reports of which lines tests ran', () => {
  it('are read by file, with paths below the folder the tests ran in, as far as they are asked for', () => {
    const report = lcovOf(
      [
        'TN:',
        'SF:/tmp/tree/src/a.ts',
        'FN:1,start',
        'DA:1,2',
        'DA:2,0,checksum',
        'end_of_record',
        'SF:./src/b.ts',
        'DA:7,0',
        'end_of_record',
        'SF:/tmp/tree/src/other.ts',
        'DA:3,1',
        'end_of_record',
        'SF:/tmp/treehouse/c.ts\r',
        'DA:1,1\r',
      ].join('\n'),
      '/tmp/tree',
      new Set(['src/a.ts', 'src/b.ts', '/tmp/treehouse/c.ts']),
    );
    assert.deepEqual(
      readLcov([report]),
      new Map([
        ['src/a.ts', { covered: new Set([0]), uncovered: new Set([1]) }],
        ['src/b.ts', { covered: new Set(), uncovered: new Set([6]) }],
        ['/tmp/treehouse/c.ts', { covered: new Set([0]), uncovered: new Set() }],
      ]),
    );
  });

  it('say that a line ran where any of them does, in whatever order', () => {
    const [ran, not] = ['SF:a\nDA:1,1\n', 'SF:a\nDA:1,0\n'];
    const expected = new Map([['a', { covered: new Set([0]), uncovered: new Set() }]]);
    assert.deepEqual(readLcov([ran, not]), expected);
    assert.deepEqual(readLcov([not, ran]), expected);
  });

  it('say nothing where they are none', () => {
    assert.deepEqual(readLcov(['DA:1,1\n<xml/>', '']), new Map());
  });
});
