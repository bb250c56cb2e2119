import assert from 'node:assert/strict';
import { cutWithoutSecrets } from '../../../src/core/model/ports/secretGate.ts';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';

const gate = createSecretGate();
const ADDRESS = 'postgres://app:Sup3rS3cretOfOurs@db.example.com/shop';
const KEY = [
  '-----BEGIN RSA PRIVATE KEY-----',
  ...Array.from({ length: 12 }, (_, at) => `${'MIIEpAIBAAKCAQEA7bq'.repeat(3)}${at}xYzQ1`),
  '-----END RSA PRIVATE KEY-----',
].join('\n');

describe('a text that is cut for a language model', () => {
  it('holds no half of a secret, wherever it is cut', async () => {
    const text = `connecting\nto ${ADDRESS}\nfailed\n${KEY}\nafter\n`;
    for (let most = 1; most < text.length; most += 7) {
      for (const part of ['beginning', 'end'] as const) {
        const cut = await cutWithoutSecrets(text, part, most, gate);
        assert.doesNotMatch(cut, /Sup3r|OfOurs|MIIEpAIB|xYzQ1/, `${part} ${most}`);
        assert.ok(cut.length <= most);
      }
    }
  });

  it('begins and ends with whole lines, and is whole where it fits', async () => {
    const text = 'first line\nsecond line\nthird line';
    assert.equal(await cutWithoutSecrets(text, 'beginning', 25, gate), 'first line\nsecond line');
    assert.equal(await cutWithoutSecrets(text, 'end', 15, gate), 'third line');
    assert.equal(await cutWithoutSecrets(text, 'end', 22, gate), 'second line\nthird line');
    assert.equal(await cutWithoutSecrets(text, 'end', 4, gate), 'line');
    assert.equal(await cutWithoutSecrets(text, 'beginning', 100, gate), text);
  });
});
