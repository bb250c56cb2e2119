import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';
import { isGone, plantSecrets } from '../../support/library/planting.ts';

const LOOKALIKES = join(import.meta.dirname, '../../fixtures/secrets/lookalikes.txt');

const gate = createSecretGate();

describe('secret gate on planted secrets', () => {
  for (const seed of [21, 22]) {
    it(`stores at most 3 of 205, drawn with seed ${seed}`, async () => {
      const planted = plantSecrets(seed);
      assert.ok(new Set(planted.map(({ kind }) => kind)).size >= 60);
      const stored: string[] = [];
      for (const secret of planted) {
        const { text } = await gate.redact(secret.text);
        if (!isGone(text, secret)) stored.push(`${secret.kind}: ${secret.text} -> ${text}`);
      }
      assert.ok(planted.length >= 205);
      assert.ok(stored.length <= (planted.length * 3) / 205, stored.join('\n'));
    });
  }
});

describe('secret gate on texts that only look like secrets', () => {
  const texts = readFileSync(LOOKALIKES, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !/^# [a-zA-Z]/.test(line))
    .map((line) => line.replaceAll('↵', '\n'));

  it('are at least 150', () => {
    assert.ok(texts.length >= 150);
  });

  for (const text of texts) {
    it(`keeps ${text.slice(0, 80)}`, async () => {
      assert.deepEqual(await gate.redact(text), { text, found: [] });
    });
  }
});
