import { availableParallelism } from 'node:os';
import { startChildProcess, type ChildProcess } from '../../../platform/childProcess.ts';
import type { FileReader, FileReading, FileRequest } from './fileReader.ts';
import type { ReadingReply, ReadingSettings } from './protocol.ts';

/** Starting the processes takes as long as reading so many files. */
const FEW_FILES = 500;
/** More would take memory and, beside the process that records, find no core. */
const PROCESSES = 2;
/** Files a process has been asked for at a time: it need not wait for the next. */
const ASKED = 2;
/** Files asked for ahead: how far the others get while one takes long, and what is held meanwhile. */
const AT_ONCE = 16;
/** Times a file is read by a process that dies. */
const MOST_DEATHS = 2;
/** Of the heap of a process; the memory of the parser, bounded by itself, is beside it. */
const HEAP_MB = 512;

export interface ReaderPoolOptions extends ReadingSettings {
  /** The bundled entry of the reading process. */
  readonly entry: string;
  /** Reads in this process: few files, and where no other process starts. */
  readonly here: FileReader;
}

interface Task {
  readonly request: FileRequest;
  readonly resolve: (reading: FileReading | PromiseLike<FileReading>) => void;
  deaths: number;
}

interface Reading {
  readonly child: ChildProcess<FileRequest>;
  /** In the order they were asked for; the first is being read. */
  readonly asked: Task[];
  isReady: boolean;
}

/** A reader for so many files, in one process or in several. */
export function openReader(due: number, options: ReaderPoolOptions): FileReader {
  const isWorthIt = due > FEW_FILES && availableParallelism() > 1;
  return isWorthIt ? openReaderPool(options) : options.here;
}

/**
 * Reads in processes of their own, which is faster where files are many. A process that dies is
 * replaced, and the file it was at is given up as lost when it costs a second one its life.
 */
export function openReaderPool({ entry, here, ...settings }: ReaderPoolOptions): FileReader {
  const readings = new Set<Reading>();
  const waiting: Task[] = [];
  let readHere: Promise<unknown> = Promise.resolve();
  let isUnable = false;
  let isClosed = false;

  function start(): void {
    const asked: Task[] = [];
    const child = startChildProcess<FileRequest, ReadingReply>(entry, {
      args: [JSON.stringify(settings)],
      env: { ...process.env, NODE_OPTIONS: undefined },
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      onMessage: (reply) => {
        onReply(reading, reply);
      },
      onExit: () => {
        onExit(reading);
      },
    });
    const reading: Reading = { child, asked, isReady: false };
    readings.add(reading);
  }

  function onReply(reading: Reading, reply: ReadingReply): void {
    if (reply.type === 'ready') reading.isReady = true;
    const task = reply.type === 'ready' ? undefined : reading.asked.shift();
    if (reply.type === 'failed' && task !== undefined) takeHere(task);
    if (reply.type === 'read') task?.resolve(reply.reading);
    hand();
  }

  function onExit(reading: Reading): void {
    readings.delete(reading);
    const [at, ...others] = reading.asked;
    waiting.unshift(...others);
    if (at !== undefined) {
      at.deaths += 1;
      if (at.deaths < MOST_DEATHS) waiting.unshift(at);
      else at.resolve({ isLost: true, timings: {} });
    }
    // It would do so again.
    if (at === undefined) isUnable = true;
    hand();
  }

  /** One after the other. */
  function takeHere({ request, resolve }: Task): void {
    const reading = readHere.then(() => here.read(request));
    readHere = reading.catch(() => undefined);
    resolve(reading);
  }

  /** Hands what waits to the processes that are least busy. */
  function hand(): void {
    if (isClosed) return;
    if (isUnable && readings.size === 0) {
      waiting.splice(0).forEach(takeHere);
      return;
    }
    while (!isUnable && readings.size < PROCESSES) start();
    for (let task = waiting[0]; task !== undefined; task = waiting[0]) {
      const ready = [...readings].filter(({ isReady, asked }) => isReady && asked.length < ASKED);
      const [idlest] = ready.sort((a, b) => a.asked.length - b.asked.length);
      if (idlest === undefined) return;
      waiting.shift();
      idlest.asked.push(task);
      idlest.child.send(task.request);
    }
  }

  return {
    atOnce: AT_ONCE,
    read: (request: FileRequest) =>
      new Promise((resolve) => {
        waiting.push({ request, resolve, deaths: 0 });
        hand();
      }),
    async close() {
      isClosed = true;
      await Promise.all([...readings].map(({ child }) => child.stop()));
      readings.clear();
    },
  };
}
