import assert from 'node:assert/strict';
import { isPagePath } from '../../../src/core/model/sourceFile/pagePath.ts';

describe('a page', () => {
  for (const path of [
    'README.md',
    'docs/guide/install.rst',
    'templates/cart.html',
    'bin/deploy',
    'releases/deploy.sh',
    'docs/http2.md',
  ]) {
    it(`is ${path}`, () => {
      assert.equal(isPagePath(path), true);
    });
  }

  for (const path of [
    'CHANGELOG.md',
    'docs/releases/v1.2.0.rst',
    'docs/whatsnew/6.0.rst',
    'doc/release_notes/index.md',
    'newsfragments/123.bugfix.rst',
    'docs/v2.x.md',
    'package-lock.json',
    'src/cart.py',
  ]) {
    it(`is not ${path}`, () => {
      assert.equal(isPagePath(path), false);
    });
  }
});
