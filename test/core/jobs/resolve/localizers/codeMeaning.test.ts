import assert from 'node:assert/strict';

import { openCodeMeaning } from '../../../../../src/core/jobs/resolve/localizers/codeMeaning.ts';
import { AppError } from '../../../../../src/core/model/errors.ts';
import { localized } from '../../../../../src/core/model/localizedText.ts';
import type { Embedder } from '../../../../../src/core/model/ports/embedder.ts';
import { readIssue } from '../../../../../src/core/resolution/localization/issue.ts';
import { toFileRecord } from '../../../../../src/core/resolution/localization/fileRecord.ts';
import { createTokenizer } from '../../../../../src/core/platform/text/words.ts';
import { ASSETS } from '../../../../support/assets.ts';
import { createHashEmbedder } from '../../../../support/engine/hashEmbedder.ts';
import {
  createTemporaryFolder,
  type TemporaryFolder,
} from '../../../../support/temporaryFolder.ts';

const declaring = (path: string, name: string, comment: string) => {
  const place = { kind: 'function', firstLine: 0, lastLine: 1 } as const;
  const declarations = [{ ...place, name, qualifiedName: name, comment }];
  const outline = { language: 'python', declarations, strings: [] } as const;
  return { path, record: toFileRecord('', outline, createTokenizer()) };
};
const FILES = [
  declaring('tank.py', 'fill', 'Lets water into the tank.'),
  declaring('mail.py', 'send', 'Hands a letter to the post.'),
];
const ISSUE = readIssue('Water runs over\n\nToo much water gets into the tank.');

describe('comparing issues with code by meaning', () => {
  let folder: TemporaryFolder;
  let embedded: string[];
  const counting = (): Embedder => {
    const embedder = createHashEmbedder();
    return {
      ...embedder,
      embed: (texts, signal) => {
        embedded.push(...texts);
        return embedder.embed(texts, signal);
      },
    };
  };
  const open = (embedder = counting()) =>
    openCodeMeaning({
      ...{ folder: folder.path, assetsDir: ASSETS, embedder, queryEmbedder: createHashEmbedder() },
    });

  beforeEach(() => {
    folder = createTemporaryFolder();
    embedded = [];
  });
  afterEach(() => {
    folder.remove();
  });

  it('tells the nearest file from the farthest, and embeds each declaration once for all', async () => {
    const first = open();
    const nearness = await first.nearness(ISSUE, FILES, {});
    assert.deepEqual(
      [...nearness],
      [
        ['tank.py', 1],
        ['mail.py', 0],
      ],
    );
    assert.equal(embedded.length, 2);
    await first.close();
    const second = open();
    assert.deepEqual(await second.nearness(ISSUE, FILES, {}), nearness);
    assert.equal(embedded.length, 2);
    await second.close();
  });

  it('goes without code it has not met where nobody waits, and knows it the next time', async () => {
    const meaning = open();
    assert.equal((await meaning.nearness(ISSUE, FILES, { atOnce: true })).size, 0);
    // Who waits, waits for what was begun.
    assert.equal((await meaning.nearness(ISSUE, FILES, {})).size, 2);
    assert.equal((await meaning.nearness(ISSUE, FILES, { atOnce: true })).size, 2);
    assert.equal(embedded.length, 2);
    await meaning.close();
  });

  it('goes on where what nobody waits for fails', async () => {
    const embedder = createHashEmbedder();
    let fails = true;
    const embed: Embedder['embed'] = (...asked) =>
      fails ? Promise.reject(new TypeError('a fault')) : embedder.embed(...asked);
    const meaning = open({ ...embedder, embed });
    assert.equal((await meaning.nearness(ISSUE, FILES, { atOnce: true })).size, 0);
    await assert.rejects(meaning.nearness(ISSUE, FILES, {}), TypeError);
    fails = false;
    assert.equal((await meaning.nearness(ISSUE, FILES, {})).size, 2);
    await meaning.close();
  });

  it('says nothing where nothing can be embedded', async () => {
    const failing = {
      ...createHashEmbedder(),
      embed: () => Promise.reject(new AppError('embedder-failed', localized`no weights`)),
    };
    const meaning = open(failing);
    assert.equal((await meaning.nearness(ISSUE, FILES, {})).size, 0);
    await meaning.close();
  });
});
