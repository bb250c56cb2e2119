import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/extension/manifest.ts';

const STYLES = join(ROOT, 'webview-ui/styles');

describe('the style sheets of the pattern browser', () => {
  const sheets = readdirSync(STYLES).filter((name) => name.endsWith('.css'));

  // With such a selector in force Chromium looks at all that is left whenever an element goes, so
  // that taking rows out of the list gets slower with the square of what was scrolled past.
  for (const name of sheets) {
    it(`choose nothing by what it contains: ${name}`, () => {
      const found = readFileSync(join(STYLES, name), 'utf8').match(/^.*:has\(.*$/gm);
      assert.deepEqual(found ?? [], []);
    });
  }

  it('are all part of the page', () => {
    const main = readFileSync(join(STYLES, 'main.css'), 'utf8');
    const imported = [...main.matchAll(/@import '\.\/([^']+)'/g)].map(([, name]) => name);
    assert.deepEqual(['main.css', ...imported].sort(), sheets.sort());
  });
});
