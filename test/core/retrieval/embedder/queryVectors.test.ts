import assert from 'node:assert/strict';

import { AppError } from '../../../../src/core/model/errors.ts';
import { localized } from '../../../../src/core/model/localizedText.ts';
import type { Embedder } from '../../../../src/core/model/ports/embedder.ts';
import {
  createQueryVectors,
  type QueryVectors,
} from '../../../../src/core/retrieval/embedder/queryVectors.ts';
import { createHashEmbedder } from '../../../support/engine/hashEmbedder.ts';

interface Bed {
  readonly queryVectors: QueryVectors;
  /** Texts given to the embedder. */
  readonly asked: string[];
  /** Lets the embedder answer. */
  readonly release: () => void;
  /** Resolves when a vector has come late. */
  readonly late: Promise<void>;
}

const AT_ONCE = { atOnce: true };

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
    assert.equal(await queryVectors.of('parse header', AT_ONCE), undefined);
    assert.equal(await queryVectors.of('parse header', AT_ONCE), undefined);
    assert.equal(asked.length, 1);
    release();
    await late;
    assert.equal((await queryVectors.of('parse header', AT_ONCE))?.length, 384);
    assert.equal(asked.length, 1);
  });

  it('are there at once from a process that is ready', async () => {
    const { queryVectors, release, late } = openBed();
    await queryVectors.of('parse header', AT_ONCE);
    release();
    await late;
    assert.equal((await queryVectors.of('another text', AT_ONCE))?.length, 384);
  });

  it('are waited for by whoever has the time, as long as nobody stops it', async () => {
    const { queryVectors, release } = openBed();
    const stopping = new AbortController();
    const stopped = queryVectors.of('parse header', { signal: stopping.signal });
    const waited = queryVectors.of('parse header');
    stopping.abort();
    await assert.rejects(stopped, { name: 'AbortError' });
    release();
    assert.equal((await waited)?.length, 384);
  });

  it('are left out where embedding fails', async () => {
    const { queryVectors, release } = openBed(true);
    const waited = queryVectors.of('one');
    release();
    assert.equal(await waited, undefined);
  });

  it('are asked for by nobody where no pattern has one', async () => {
    const embedder = createHashEmbedder();
    const queryVectors = createQueryVectors({
      embedder,
      vectors: { size: 0 },
      onLate: () => undefined,
    });
    assert.equal(await queryVectors.of('parse header', AT_ONCE), undefined);
    assert.equal(embedder.runtime, 'none');
  });
});
