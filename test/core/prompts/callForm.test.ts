import assert from 'node:assert/strict';
import { callOf } from '../../../src/core/prompts/callForm.ts';
import { codePattern } from '../../support/cli/cliPatterns.ts';

function call(name: string, signature: string): string {
  return callOf(codePattern({ name, qualifiedName: name, signature, kind: 'function' }));
}

describe('how something is called', () => {
  it('is told by its own name, not by one that ends like it', () => {
    assert.equal(call('set', 'func (m *Preset(T)) set(key string)'), 'set(key string)');
  });

  it('has all of its parameters, also where a text in them holds brackets', () => {
    assert.equal(
      call('cut', 'def cut(text, end=")", quote="\\"(")'),
      'cut(text, end=")", quote="\\"(")',
    );
    assert.equal(call('cut', "def cut(ends='('')')"), "cut(ends='('')')");
  });

  it('has lifetimes of Rust, which are no texts', () => {
    const written = "(of: fn(&'a str), to: &'a str)";
    assert.equal(call('give', `fn give${written}`), `give${written}`);
  });
});
