import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { openExtractor, type OpenExtractor } from '../../../src/core/extraction/extractor.ts';
import type { FileFragments, Fragment } from '../../../src/core/model/code.ts';
import { ASSETS } from '../../support/assets.ts';

const FOLDER = resolve(import.meta.dirname, '../../fixtures/code');

describe('extraction of the fixtures', () => {
  let extractor: OpenExtractor;

  before(async () => {
    extractor = await openExtractor({ assetsDir: ASSETS });
  });

  after(() => {
    extractor.close();
  });

  for (const language of readdirSync(FOLDER)) {
    for (const file of readdirSync(join(FOLDER, language))) {
      const name = /^(.+)\.in(\.\w+)$/.exec(file);
      if (name === null) continue;
      it(`finds what ${language}/${file} holds`, async () => {
        const text = readFileSync(join(FOLDER, language, file), 'utf8');
        const found = await extractor.extract({ path: `${name[1] ?? ''}${name[2] ?? ''}`, text });
        assert.ok(found);
        expectFile(join(FOLDER, language, `${name[1] ?? ''}.out`), show(found));
      });
    }
  }
});

/** `UPDATE_FIXTURES=1` accepts what was found. */
function expectFile(file: string, actual: string): void {
  if (process.env['UPDATE_FIXTURES'] === '1') writeFileSync(file, actual);
  assert.ok(existsSync(file), `${file} is missing`);
  assert.equal(actual, readFileSync(file, 'utf8'));
}

function show(found: FileFragments): string {
  return [
    `language: ${found.language}${found.hasErrors ? ', with errors' : ''}`,
    `mentions: ${found.mentions.join(' ')}`,
    ...found.fragments.map(showFragment),
    '',
  ].join('\n');
}

function showFragment(fragment: Fragment): string {
  const { start, end } = fragment.range;
  return [
    '',
    `== ${fragment.kind} ${fragment.qualifiedName}`,
    `name: ${fragment.name}`,
    `place: ${start.line}:${start.character}-${end.line}:${end.character}, ${fragment.lines} lines, complexity ${fragment.complexity}`,
    `signature: ${fragment.signature}`,
    `description${fragment.documented ? ' (documented)' : ''}: ${fragment.description}`,
    ...(fragment.details === '' ? [] : [`details: ${fragment.details}`]),
    `tags: ${fragment.tags.join(', ')}; framework: ${fragment.framework ?? 'none'}`,
    `fingerprint: ${fragment.fingerprint.slice(0, 16)}`,
    '-- code',
    fragment.code,
    '-- template',
    fragment.template,
  ].join('\n');
}
