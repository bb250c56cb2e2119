import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { createModelHost } from '../../../src/cli/modelHost.ts';

describe('the key of a model on the command line', () => {
  const keyFor = (address: string, env: Readonly<Record<string, string>>) => {
    const write = (): never => assert.fail('nothing is told');
    const stderr = { isTTY: false, columns: () => undefined, write };
    return createModelHost({ env, stdin: Readable.from([]), stderr }).key(address);
  };

  it('goes to the vendor it is of, and to no other server', async () => {
    const env = { OPENAI_API_KEY: 'of the vendor' };
    assert.equal(await keyFor('https://api.openai.com/v1', env), 'of the vendor');
    const others = [
      'http://api.openai.com/v1',
      'https://api.openai.com.example.org/v1',
      'https://api.openai.com@example.org/v1',
      'https://api.openai.com:8443/v1',
      'http://127.0.0.1:11434/v1',
    ];
    for (const address of others) assert.equal(await keyFor(address, env), undefined, address);
    const own = { ...env, PATTERN_FOUNDRY_MODEL_KEY: 'of this server' };
    assert.equal(await keyFor('http://127.0.0.1:11434/v1', own), 'of this server');
  });
});
