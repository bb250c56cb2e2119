import assert from 'node:assert/strict';

import { AppError } from '../../../../src/core/model/errors.ts';
import { localized } from '../../../../src/core/model/localizedText.ts';
import type { Embedder } from '../../../../src/core/model/ports/embedder.ts';
import {
  createQueryVectors,
  type QueryVectors,
} from '../../../../src/core/retrieval/embedder/queryVectors.ts';
import { createHashEmbedder } from '../../../support/hashEmbedder.ts';

interface Bed {
  readonly queryVectors: QueryVectors;
  /** Texts given to the embedder. */
  readonly asked: string[];
  /** Lets the embedder answer. */
  readonly release: () => void;
  /** Resolves when a vector has come late. */
  readonly late: Promise<void>;
}

/** Over an embedder that answers when it is released, and is ready from then on. */
function openBed(fails = false): Bed {
  const inner = createHashEmbedder();
  const asked: string[] = [];
  let release = (): void => undefined;
  let tell = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const late = new Promise<void>((resolve) => (tell = resolve));
  const embedder: Embedder = {
    model: inner.model,
    get runtime() {
      return inner.runtime;
    },
    embed: async (texts, signal) => {
      asked.push(...texts);
      await released;
      if (fails) throw new AppError('embedder-failed', localized`no weights`);
      return inner.embed(texts, signal);
    },
    close: () => inner.close(),
  };
  const queryVectors = createQueryVectors({
    embedder,
    vectors: { size: 1 },
    onLate: () => {
      tell();
    },
  });
  return { queryVectors, asked, release, late };
}

describe('vectors of what is typed', () => {
  it('are not waited for while no process is ready, and are told of when they come', async () => {
    const { queryVectors, asked, release, late } = openBed();
    assert.equal(await queryVectors.of('parse header'), undefined);
    assert.equal(await queryVectors.of('parse header'), undefined);
    assert.equal(asked.length, 1);
    release();
    await late;
    assert.equal((await queryVectors.of('parse header'))?.length, 384);
    assert.equal(asked.length, 1);
  });

  it('are there at once from a process that is ready', async () => {
    const { queryVectors, release, late } = openBed();
    await queryVectors.of('parse header');
    release();
    await late;
    assert.equal((await queryVectors.of('another text'))?.length, 384);
  });

  it('are asked for by nobody after a failure', async () => {
    const { queryVectors, asked, release } = openBed(true);
    assert.equal(await queryVectors.of('one'), undefined);
    release();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(await queryVectors.of('two'), undefined);
    assert.equal(asked.length, 1);
  });

  it('are asked for by nobody where no pattern has one', async () => {
    const embedder = createHashEmbedder();
    const queryVectors = createQueryVectors({
      embedder,
      vectors: { size: 0 },
      onLate: () => undefined,
    });
    assert.equal(await queryVectors.of('parse header'), undefined);
    assert.equal(embedder.runtime, 'none');
  });
});
