import assert from 'node:assert/strict';
import { beyondName } from '../../../src/core/model/patternRow.ts';

describe('what a description says beyond a name', () => {
  const cases: readonly (readonly [description: string, name: string, said: string])[] = [
    ['Use store', 'useStore', ''],
    ['Export, in RSA', 'JWT.JWK.RSA.export', ''],
    ['Parse HTTP headers.', 'parse_http_headers', ''],
    ['', 'useStore', ''],
    ['Use the store of the page', 'useStore', 'Use the store of the page'],
    ['读取文件', 'readFile', '读取文件'],
  ];
  for (const [description, name, said] of cases) {
    it(`${description} of ${name}`, () => {
      assert.equal(beyondName(description, name), said);
    });
  }
});
