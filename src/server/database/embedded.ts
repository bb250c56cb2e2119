import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { openPostgres } from './postgres.ts';
import type { Database } from './database.ts';
import type { FromEmbedded, ToEmbedded } from './embeddedProtocol.ts';
import { lockFolder } from '../../core/platform/folderLock.ts';

interface Receiver {
  readonly resolve: (message: FromEmbedded) => void;
  readonly reject: (error: Error) => void;
}

/**
 * PostgreSQL compiled to WebAssembly over a folder, in a thread of its own so that it holds up no
 * request. It has one session, so there is one connection.
 *
 * @param entry bundle of `embeddedThread.ts`
 * @throws AppError `team-data-in-use`
 */
export async function openEmbedded(entry: string, folder: string): Promise<Database> {
  const lock = lockFolder(folder, Date.now());
  const thread = new Worker(entry, { workerData: { folder }, execArgv: [] });
  const send = (message: ToEmbedded): void => {
    thread.postMessage(message);
  };
  // Answers come in the order of what was sent; a connection that ends and the next one may both wait.
  const receivers: Receiver[] = [];
  let failure: Error | undefined;
  thread.on('message', (message: FromEmbedded) => receivers.shift()?.resolve(message));
  thread.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of receivers.splice(0)) reject(failure);
  });
  const next = (): Promise<FromEmbedded> =>
    new Promise((resolve, reject) => {
      if (failure === undefined) receivers.push({ resolve, reject });
      else reject(failure);
    });
  try {
    await next();
  } catch (error) {
    lock.release();
    throw error;
  }
  const database = openPostgres({ stream: () => createStream(send, next), connections: 1 });
  return {
    ...database,
    close: async () => {
      await database.close();
      send({ end: true });
      await new Promise((resolve) => thread.once('exit', resolve));
      lock.release();
    },
  };
}

/** What the driver takes for a socket: each write is answered before the next one goes out. */
function createStream(
  send: (message: ToEmbedded) => void,
  next: () => Promise<FromEmbedded>,
): Duplex {
  const exchange = async (stream: Duplex, bytes: Buffer): Promise<void> => {
    send({ bytes: new Uint8Array(bytes) });
    const reply = await next();
    if (reply.bytes.length > 0) stream.push(Buffer.from(reply.bytes));
  };
  const stream = new Duplex({
    read: () => undefined,
    writev(chunks, done) {
      const bytes = Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer));
      exchange(this, bytes).then(() => {
        done();
      }, done);
    },
    final(done) {
      this.push(null);
      done();
    },
  });
  const self = (): Duplex => stream;
  const connect = (): Duplex => {
    setImmediate(() => stream.emit('connect'));
    return stream;
  };
  return Object.assign(stream, {
    connect,
    setNoDelay: self,
    setKeepAlive: self,
    setTimeout: self,
    ref: self,
    unref: self,
  });
}
