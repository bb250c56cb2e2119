import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStillUndone } from '../../../../src/core/jobs/prompts/stillUndone.ts';

describe('whether a change is undone today', () => {
  let around: string;
  beforeEach(() => {
    around = mkdtempSync(join(tmpdir(), 'undone-'));
  });
  afterEach(() => {
    rmSync(around, { recursive: true });
  });

  it('is asked of files of its own project alone', async () => {
    const folder = join(around, 'shop');
    mkdirSync(folder);
    for (const path of ['cart.py', '../till.py']) {
      writeFileSync(join(folder, path), 'total = sum(prices)\n');
    }
    const isUndone = (project: string, path: string): Promise<boolean> =>
      isStillUndone(
        { folder, projects: ['dir:shop'] },
        {
          before: 'total = sum(prices)\n',
          after: 'total = sum(prices or [])\n',
          provenance: { project, path },
        },
      );
    assert.equal(await isUndone('dir:shop', 'cart.py'), true);
    assert.equal(await isUndone('dir:bakery', 'cart.py'), false);
    assert.equal(await isUndone('dir:shop', '../till.py'), false);
  });
});
