import assert from 'node:assert/strict';
import { NO_MODEL } from '../../../src/core/model/ports/chatModel.ts';
import { toModelSettings } from '../../../src/extension/models/toModelSettings.ts';

describe('settings of the model in VS Code', () => {
  const read = (set: Readonly<Record<string, unknown>>) => toModelSettings((key) => set[key]);

  it('name no model and nothing it may be asked for, until a person says so', () => {
    assert.deepEqual(read({}), NO_MODEL);
    assert.deepEqual(read({ door: 'everything', uses: 'learning', maxTokens: 'many' }), NO_MODEL);
  });

  it('take a model of the editor, and what it may be asked for', () => {
    const set = { door: 'editor', name: ' small ', uses: ['learning', 'spying'], maxTokens: 10 };
    const { door, name, uses, maxTokens } = read(set);
    assert.deepEqual([door, name, uses, maxTokens], ['editor', 'small', ['learning'], 10]);
  });

  it('take no server without an address', () => {
    assert.equal(read({ door: 'address', address: '' }).door, 'none');
    assert.equal(read({ door: 'address', address: 'http://127.0.0.1:11434/v1' }).door, 'address');
  });
});
