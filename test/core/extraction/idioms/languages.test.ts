import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LANGUAGES } from '../../../../src/core/model/code.ts';
import { EXTENSIONS } from '../../../../src/extension/documents/patternPath.ts';
import { noise, strangers, useMining } from '../../../support/engine/idioms.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/idioms');

/** A file of code with `NAME` where its copies differ, and below a line of dashes their template. */
function readFixture(language: string): { readonly code: string; readonly template: string } {
  const text = readFileSync(join(FIXTURES, `${language}.txt`), 'utf8');
  const [code = '', template = ''] = text.split('\n----\n');
  return { code, template: template.trimEnd() };
}

describe('idioms in each language', () => {
  const { mine } = useMining();

  it('have a fixture each', () => {
    assert.deepEqual(
      readdirSync(FIXTURES).sort(),
      LANGUAGES.map((language) => `${language}.txt`).sort(),
    );
  });

  for (const language of LANGUAGES) {
    it(`are found in ${language}`, async () => {
      const { code, template } = readFixture(language);
      const files = strangers(12).map((name): [string, string] => [
        `src/${name}.${EXTENSIONS[language]}`,
        code.replaceAll('NAME', name),
      ]);
      const found = (await mine({ ...noise('misc', 60), ...Object.fromEntries(files) })).map(
        (idiom) => idiom.template,
      );
      assert.ok(found.includes(template), found.join('\n----\n'));
    });
  }

  it('are not the namespace that files of one folder begin with', async () => {
    const files = strangers(12).map((name): [string, string] => [
      `src/${name}.php`,
      `<?php\n\nnamespace Shop\\Ledger\\Invoices\\${name};\n\nfinal class ${name} extends Sheet\n{\n}\n`,
    ]);
    const found = await mine({ ...noise('misc', 60), ...Object.fromEntries(files) });
    assert.deepEqual(
      found.filter(({ template }) => template.includes('namespace')),
      [],
    );
  });
});
