import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { openPostgres } from './postgres.ts';
import type { Database } from './database.ts';
import type { FromEmbedded, ToEmbedded } from './embeddedProtocol.ts';
import { lockFolder } from '../../core/platform/folderLock.ts';

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
  let receive: ((message: FromEmbedded) => void) | undefined;
  const waiting: FromEmbedded[] = [];
  thread.on('message', (message: FromEmbedded) => {
    if (receive === undefined) waiting.push(message);
    else receive(message);
  });
  const next = (): Promise<FromEmbedded> =>
    new Promise((resolve, reject) => {
      const first = waiting.shift();
      if (first !== undefined) {
        resolve(first);
        return;
      }
      thread.once('error', reject);
      receive = (message) => {
        receive = undefined;
        thread.off('error', reject);
        resolve(message);
      };
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
