import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';

/** A running git; `ended` must be awaited or its rejection handled. */
export interface GitProcess {
  readonly stdin: NodeJS.WritableStream;
  readonly stdout: NodeJS.ReadableStream;
  readonly ended: Promise<{ readonly code: number; readonly stderr: string }>;
  kill(): void;
}

/** What git holds under one id. */
export type Blob = Buffer | 'absent' | 'damaged' | 'oversized';

/** One `git cat-file --batch` process; answers come in the order of the questions. */
export interface BlobReader {
  /** @throws AppError `git-failed` when git does not run or the reader is closed */
  read(id: string): Promise<Blob>;
  close(): Promise<void>;
}

interface Question {
  readonly id: string;
  readonly answer: (blob: Blob) => void;
  readonly fail: (error: Error) => void;
}

/** Of processes that end without one answer; more say that git does not run at all. */
const MOST_IDLE_PROCESSES = 10;

/**
 * Git ends at an object that is damaged; the questions behind it go to another process.
 *
 * @param start starts `git cat-file --batch`
 */
export function createBlobReader(start: () => GitProcess, limitBytes: number): BlobReader {
  const questions: Question[] = [];
  let failed: Error | undefined;
  let closed = false;
  let idleProcesses = 0;
  const fail = (error: Error): void => {
    failed ??= error;
    for (const question of questions.splice(0)) question.fail(failed);
  };
  let git = open();
  // Questions of one turn travel together: each write is a system call.
  let asked = '';
  const ask = (ids: string): void => {
    if (asked === '') {
      queueMicrotask(() => {
        git.process.stdin.write(asked);
        asked = '';
      });
    }
    asked += ids;
  };

  function open(): { readonly process: GitProcess; readonly ended: Promise<void> } {
    const process = start();
    const answers = new BatchAnswers(limitBytes, (blob) => {
      idleProcesses = 0;
      questions.shift()?.answer(blob);
    });
    process.stdout.on('data', (chunk: Buffer) => {
      answers.take(chunk);
    });
    return {
      process,
      ended: process.ended
        .then(({ stderr }) => {
          end(stderr);
        })
        .catch(fail),
    };
  }

  function end(stderr: string): void {
    idleProcesses += 1;
    if (closed || idleProcesses > MOST_IDLE_PROCESSES) {
      fail(
        new AppError('git-failed', localized`git cat-file ended: ${stderr.split('\n')[0] ?? ''}`),
      );
      return;
    }
    questions.shift()?.answer('damaged');
    git = open();
    asked = '';
    if (questions.length > 0) ask(questions.map(({ id }) => `${id}\n`).join(''));
  }

  return {
    read: (id) =>
      new Promise((answer, reject) => {
        if (failed !== undefined) {
          reject(failed);
          return;
        }
        questions.push({ id, answer, fail: reject });
        ask(`${id}\n`);
      }),
    close: async () => {
      closed = true;
      git.process.stdin.end();
      git.process.kill();
      await git.ended;
    },
  };
}

/** Reads `<id> <type> <size>\n<content>\n` and `<id> missing\n`. */
class BatchAnswers {
  readonly #limitBytes: number;
  readonly #onBlob: (blob: Blob) => void;
  #line = '';
  /** Bytes of the content and its line feed still to come; `undefined` within a header. */
  #remaining: number | undefined;
  #kept: Buffer[] | undefined;

  constructor(limitBytes: number, onBlob: (blob: Blob) => void) {
    this.#limitBytes = limitBytes;
    this.#onBlob = onBlob;
  }

  take(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      at = this.#remaining === undefined ? this.#header(chunk, at) : this.#content(chunk, at);
    }
  }

  #header(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(10, at);
    if (end === -1) {
      this.#line += chunk.toString('latin1', at);
      return chunk.length;
    }
    const [, type, size] = (this.#line + chunk.toString('latin1', at, end)).split(' ');
    this.#line = '';
    if (size === undefined) {
      this.#onBlob('absent');
    } else {
      this.#kept = type === 'blob' && Number(size) <= this.#limitBytes ? [] : undefined;
      this.#remaining = Number(size) + 1;
    }
    return end + 1;
  }

  #content(chunk: Buffer, at: number): number {
    const remaining = this.#remaining ?? 0;
    const end = Math.min(chunk.length, at + remaining);
    this.#kept?.push(chunk.subarray(at, end));
    this.#remaining = remaining - (end - at);
    if (this.#remaining === 0) {
      const kept = this.#kept;
      this.#remaining = undefined;
      this.#kept = undefined;
      this.#onBlob(kept === undefined ? 'oversized' : Buffer.concat(kept).subarray(0, -1));
    }
    return end;
  }
}
