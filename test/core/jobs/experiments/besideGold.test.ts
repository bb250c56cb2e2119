import assert from 'node:assert/strict';
import { compareWithGold } from '../../../../src/core/jobs/experiments/grade/besideGold.ts';
import { named } from '../../../../src/core/model/resolution/instance.ts';
import type { Patch } from '../../../../src/core/model/resolution/patch.ts';
import { makePatch } from '../../../../src/core/resolution/patches/makePatch.ts';
import { textSimilarity } from '../../../../src/core/resolution/rewards/generation.ts';
import { loadConfig } from '../../../../src/core/sources/config/config.ts';
import { ASSETS } from '../../../support/assets.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

const BEFORE = 'def low(price):\n    return price\n\n\ndef high(price):\n    return price\n';

describe('patches beside the gold patch', () => {
  let repository: TestRepository;

  before(() => {
    repository = createRepository();
    repository.commit([{ message: 'prices', files: { 'shop.py': BEFORE } }]);
  });

  after(() => {
    repository.remove();
  });

  const made = (after: string): Patch => {
    const patch = makePatch([{ path: 'shop.py', before: BEFORE, after }], {
      origin: { by: 'test', sample: 0 },
    });
    assert.ok(!('refused' in patch));
    return patch;
  };

  it('are the same where they leave the same code, and not where the same line changes elsewhere', async () => {
    const gold = made(BEFORE.replace('return price\n', 'return 2 * price\n'));
    const commented = made(BEFORE.replace('return price\n', 'return 2 * price  # twice\n'));
    const elsewhere = made(BEFORE.replace(/return price\n$/, 'return 2 * price\n'));
    const parts = {
      ...{ assetsDir: ASSETS, now: () => 1 },
      settings: (folder: string) => loadConfig(folder, {}).config,
    };
    const instance = named({
      text: 'high prices are wrong',
      folder: repository.folder,
      revision: 'main',
    });
    const patches = [gold, commented, elsewhere];
    const found = await compareWithGold(parts, { instance, gold, patches }, {});
    assert.deepEqual(
      patches.map(({ id }) => found.get(id)?.isSame),
      [true, true, false],
    );
    // Their lines alone do not tell them apart.
    assert.equal(textSimilarity(elsewhere.files, gold.files), 1);
  });
});
