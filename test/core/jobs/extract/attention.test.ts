import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createMeaning, type Meaning } from '../../../../src/core/jobs/extract/meaning.ts';
import type { Library } from '../../../../src/core/model/ports/library.ts';
import { embeddingText } from '../../../../src/core/retrieval/embedder/embeddingText.ts';
import { openWords } from '../../../../src/core/retrieval/words/words.ts';
import { createHashEmbedder } from '../../../support/engine/hashEmbedder.ts';
import {
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../../support/library/library.ts';
import { fileOf, fragmentOf, idOf } from '../../../support/library/libraryEvents.ts';

const PROJECT = 'git:1';
/** More than are embedded at a time. */
const MANY = 150;

describe('what is embedded first', () => {
  let library: Library;
  let meaning: Meaning;
  /** The words of the texts, in the order they were embedded. */
  let embedded: string[];

  beforeEach(async () => {
    const folder = newLibraryFolder();
    library = await openTestLibrary(folder);
    embedded = [];
    const embedder = createHashEmbedder();
    const words = openWords({ folder: join(folder, 'derived'), corpus: library.corpus });
    meaning = createMeaning({
      library: () => library,
      words: () => words,
      embedder: {
        ...embedder,
        embed: (texts, signal) => {
          embedded.push(...texts.map((text) => text.split('\n')[0] ?? ''));
          return embedder.embed(texts, signal);
        },
      },
      onEmbedded: () => undefined,
    });
  });

  afterEach(async () => {
    await meaning.close();
    removeLibraries();
  });

  it('is of open files and what was looked at, then of other code, tests last', async () => {
    await library.record([
      fileOf(PROJECT, 'src/a.ts', ['alpha']),
      fileOf(PROJECT, 'src/deep/b.ts', ['beta']),
      fileOf(PROJECT, 'b.ts', ['gamma']),
      fileOf(PROJECT, 'test/c.ts', [{ ...fragmentOf('delta'), kind: 'test' }]),
      fileOf(PROJECT, 'test/d.ts', [{ ...fragmentOf('epsilon'), kind: 'test' }]),
    ]);
    meaning.attend({
      files: ['/home/me/project/src/deep/b.ts', 'C:\\work\\project\\test\\d.ts', '/etc/hosts'],
      patterns: [idOf('alpha')],
    });
    await meaning.embed({});
    assert.deepEqual(embedded.slice(0, 3).sort(), ['alpha', 'beta', 'epsilon']);
    assert.deepEqual(embedded.slice(3), ['gamma', 'delta']);
  });

  it('follows what is opened meanwhile, from one batch to the next', async () => {
    const files = Array.from({ length: MANY }, (_, at) =>
      fileOf(PROJECT, `src/f${at}.ts`, [`word${String.fromCharCode(97 + (at % 26))}x${at}`]),
    );
    await library.record(files);
    const last = library.corpus.documents(library.corpus.rowIdsByValue()).at(-1);
    assert.ok(last !== undefined);
    let reports = 0;
    await meaning.embed({
      onProgress: ({ done }) => {
        reports += 1;
        if (done > 0 && done < MANY) meaning.attend({ files: [], patterns: [last.id] });
      },
    });
    assert.equal(reports, 3);
    assert.equal(new Set(embedded).size, MANY);
    assert.equal(embedded[128], embeddingText(last).split('\n')[0]);
  });
});
