import { AppError } from '../../model/errors.ts';
import { told } from '../../model/told.ts';

/** A running git; `ended` must be awaited or its rejection handled. */
export interface GitProcess {
  readonly stdin: NodeJS.WritableStream;
  readonly stdout: NodeJS.ReadableStream;
  readonly ended: Promise<{ readonly code: number; readonly stderr: string }>;
  kill(): void;
}

/** What git holds under one id. */
export type Blob = Buffer | 'absent' | 'oversized';

/** One `git cat-file --batch` process; answers come in the order of the questions. */
export interface BlobReader {
  /** @throws AppError `git-failed` when the process ended, as it does at a blob it may not fetch */
  read(id: string): Promise<Blob>;
  close(): Promise<void>;
}

interface Question {
  readonly answer: (blob: Blob) => void;
  readonly fail: (error: Error) => void;
}

export function createBlobReader(git: GitProcess, limitBytes: number): BlobReader {
  const questions: Question[] = [];
  let failed: Error | undefined;
  const fail = (error: Error): void => {
    failed ??= error;
    for (const question of questions.splice(0)) question.fail(failed);
  };
  const answers = new BatchAnswers(limitBytes, (blob) => questions.shift()?.answer(blob));
  git.stdout.on('data', (chunk: Buffer) => {
    answers.take(chunk);
  });
  const ended = git.ended.then(({ stderr }) => {
    fail(new AppError('git-failed', told`git cat-file ended: ${stderr.split('\n')[0] ?? ''}`));
  }, fail);
  // Questions of one turn travel together: each write is a system call.
  let asked = '';
  const ask = (id: string): void => {
    if (asked === '') {
      queueMicrotask(() => {
        git.stdin.write(asked);
        asked = '';
      });
    }
    asked += `${id}\n`;
  };
  return {
    read: (id) =>
      new Promise((answer, reject) => {
        if (failed !== undefined) {
          reject(failed);
          return;
        }
        questions.push({ answer, fail: reject });
        ask(id);
      }),
    close: async () => {
      git.stdin.end();
      git.kill();
      await ended;
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
