import { isatty } from 'node:tty';
import { INTERRUPTED, type Interruption, type Io, type Output } from './io.ts';
import { SHOW_CURSOR } from './progress.ts';

/** A key press reaches a program twice where npm stands between: by the terminal and by npm. */
const SAME_KEY_PRESS_MS = 500;

/**
 * The running process as `Io`. Where standard output is full or closed, which includes a reader that
 * has left, one line says so and the process ends; nobody listening to progress stops nothing.
 */
export function createProcessIo(parts: Pick<Io, 'version' | 'assetsDir' | 'openEngine'>): Io {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code ?? error.message;
    const code = reason === 'ENOSPC' ? ' (disk-full)' : '';
    process.stderr.write(`error: standard output cannot be written: ${reason}${code}\n`, () => {
      process.exit(2);
    });
  });
  process.stderr.on('error', () => undefined);
  return {
    ...parts,
    stdin: process.stdin,
    stdout: toOutput(process.stdout),
    stderr: toOutput(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    clockMs: () => performance.now(),
    onInterrupt,
  };
}

function toOutput(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  return {
    isTTY: isatty(stream.fd),
    columns: () => stream.columns,
    write: (text) =>
      new Promise((resolve) => {
        stream.write(text, () => {
          resolve();
        });
      }),
  };
}

/** The first interruption asks, a later one ends the process. */
function onInterrupt(listener: (signal: Interruption) => void): () => void {
  let firstMs: number | undefined;
  const interrupted = (signal: Interruption): void => {
    const nowMs = performance.now();
    if (firstMs === undefined) {
      firstMs = nowMs;
      listener(signal);
    } else if (nowMs - firstMs > SAME_KEY_PRESS_MS) {
      if (process.stderr.isTTY) process.stderr.write(SHOW_CURSOR);
      process.exit(INTERRUPTED[signal]);
    }
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  return () => {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
  };
}
