import assert from 'node:assert/strict';
import { beyondName, saidBeside } from '../../../src/core/model/patternRow.ts';

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

describe('what a list says after a name', () => {
  const opening = { kind: 'function' as const, qualifiedName: 'Jar.open', description: '' };
  const signature = 'def open(self, force: bool)';

  it('is the description, where that says more than the name', () => {
    const description = 'Takes the lid off.';
    assert.equal(saidBeside({ ...opening, description, signature }), description);
  });

  it('is otherwise how a function is called', () => {
    assert.equal(saidBeside({ ...opening, signature }), signature);
    assert.equal(saidBeside({ ...opening, description: 'Open, in Jar', signature }), signature);
    assert.equal(saidBeside({ ...opening, kind: 'fix', signature }), signature);
  });

  it('is a signature as far as a line of a list goes', () => {
    const many = `def open(${'self, '.repeat(80)}force)`;
    const said = saidBeside({ ...opening, signature: many });
    assert.equal(said, `${many.slice(0, 119)}…`);
  });

  it('is nothing where the signature, too, only repeats the name, and for classes', () => {
    assert.equal(saidBeside({ ...opening, signature: 'open()' }), '');
    assert.equal(saidBeside({ ...opening, signature: null }), '');
    assert.equal(saidBeside({ ...opening, kind: 'class', signature: 'class Jar' }), '');
  });
});
