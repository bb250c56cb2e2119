import assert from 'node:assert/strict';
import { readSubject } from '../../../src/core/extraction/commits/subject.ts';
import { commitTitle } from '../../../src/core/model/commitTitle.ts';

describe('the title of a commit', () => {
  const TITLES: Readonly<Record<string, string>> = {
    'Bake at 200 degrees\n\nIt was too hot.': 'Bake at 200 degrees',
    '[project @ ann@oven--2005-patch-39]\nBake the rye\nand the rest': 'Bake the rye',
    '[project @ 1996-01-08 20:28:12 by ann]\n\n Bake the rye': 'Bake the rye',
    '[project @ ann@oven-2009] Bake the rye': 'Bake the rye',
    '[project @ ann@oven-2009]': '',
    'Take the width and the height of loaves in Oven.bake() and\ncool(), and in Shop.sell().  Perhaps useless, but more\nprecise.\n\nMore.':
      'Take the width and the height of loaves in Oven.bake() and cool(), and in Shop.sell().',
  };

  for (const [message, title] of Object.entries(TITLES)) {
    it(`is ${JSON.stringify(title)} in ${JSON.stringify(message.slice(0, 40))}`, () => {
      assert.equal(commitTitle(message), title);
    });
  }

  it('is read for lessons as well where an import wrote something before it', () => {
    assert.equal(readSubject('[project @ oven-1]\n\nBake the rye').text, 'Bake the rye');
  });
});
