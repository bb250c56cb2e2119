import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openRecordCache } from '../../../../src/core/jobs/resolve/recordCache.ts';
import { createTokenizer } from '../../../../src/core/platform/text/words.ts';
import { toFileRecord } from '../../../../src/core/resolution/localization/fileRecord.ts';

const record = toFileRecord('one two\nthree', undefined, createTokenizer());

describe('records kept from run to run', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-records-'));
    file = join(folder, 'library', 'derived', 'places.jsonl');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('are there for the next run, in a library that is not there yet', () => {
    const first = openRecordCache(file);
    first.set('a.python', record);
    first.save();
    const second = openRecordCache(file);
    assert.deepEqual(second.get('a.python'), record);
    assert.equal(second.get('a'), undefined);
  });

  it('leave what was not asked for lately when there is too much', () => {
    const first = openRecordCache(file);
    for (const id of ['a', 'b']) first.set(id, record);
    first.save();
    const mostBytes = statSync(file).size;
    const second = openRecordCache(file, mostBytes);
    second.get('b');
    second.set('c', record);
    second.save();
    const third = openRecordCache(file);
    assert.deepEqual(
      ['a', 'b', 'c'].filter((id) => third.get(id) !== undefined),
      ['b', 'c'],
    );
  });
});
