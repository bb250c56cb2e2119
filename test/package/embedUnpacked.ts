import assert from 'node:assert/strict';
import { join } from 'node:path';

import { openEmbedder } from '../../src/core/retrieval/embedder/embedder.ts';
import type { Embedder } from '../../src/core/model/ports/embedder.ts';
import { toCosine } from '../support/library/cosine.ts';
import { createTemporaryFolder } from '../support/temporaryFolder.ts';
import { unpackZip } from '../support/zip.ts';

/** Embeds with what a `.vsix` holds and nothing else; says which runtime did it. */
export async function embedUnpacked(vsix: string): Promise<Embedder['runtime']> {
  const folder = createTemporaryFolder();
  unpackZip(vsix, folder.path);
  const dist = join(folder.path, 'extension/dist');
  const embedder = openEmbedder({
    assetsDir: join(dist, 'assets'),
    entry: join(dist, 'embedder.js'),
  });
  try {
    const [read, load, paint] = await embedder.embed([
      'read a file from disk',
      'load a document from storage',
      'paint a circle on the canvas',
    ]);
    assert.ok(read !== undefined && load !== undefined && paint !== undefined);
    assert.ok(toCosine(read, load) > toCosine(read, paint));
    return embedder.runtime;
  } finally {
    await embedder.close();
    folder.remove();
  }
}
