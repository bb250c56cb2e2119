import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromEmbedded, ToEmbedded } from './embeddedProtocol.ts';

/** The thread that `openEmbedded` starts. */
async function serve(folder: string): Promise<void> {
  const database = await PGlite.create({ dataDir: folder, extensions: { vector } });
  const reply = (bytes: Uint8Array): void => {
    parentPort?.postMessage({ bytes } satisfies FromEmbedded);
  };
  parentPort?.on('message', (message: ToEmbedded) => {
    if ('end' in message) {
      void database.close().then(() => parentPort?.close());
      return;
    }
    void database.execProtocolRaw(message.bytes).then((bytes) => {
      reply(new Uint8Array(bytes));
    });
  });
  reply(new Uint8Array());
}

void serve((workerData as { readonly folder: string }).folder);
