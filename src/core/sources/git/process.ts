import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { GitProcess } from './blobs.ts';
import { withoutCredentials } from './remotes.ts';
import { SAFE_CONFIG, safeEnvironment } from './safety.ts';

interface RunOptions {
  readonly input?: string;
  /** Exit codes that are answers. */
  readonly exits?: readonly number[];
}

/** The only place that starts git: one folder, any number of calls. */
export class Git {
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;

  constructor(folder: string, signal: AbortSignal | undefined) {
    this.#folder = folder;
    this.#signal = signal;
  }

  at(folder: string): Git {
    return new Git(folder, this.#signal);
  }

  async text(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return (await this.run(args, options)).stdout.toString();
  }

  async run(
    args: readonly string[],
    { input, exits = [0] }: RunOptions = {},
  ): Promise<{ readonly code: number; readonly stdout: Buffer; readonly stderr: string }> {
    const process = this.start(args);
    if (input !== undefined) process.stdin.write(input);
    process.stdin.end();
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdout) chunks.push(chunk as Buffer);
    const { code, stderr } = await process.ended;
    if (!exits.includes(code)) throw failure(args, stderr);
    return { code, stdout: Buffer.concat(chunks), stderr };
  }

  async *stream(
    args: readonly string[],
    { exits = [0] }: Pick<RunOptions, 'exits'> = {},
  ): AsyncGenerator<Buffer> {
    const process = this.start(args);
    process.stdin.end();
    try {
      for await (const chunk of process.stdout) yield chunk as Buffer;
      const { code, stderr } = await process.ended;
      if (!exits.includes(code)) throw failure(args, stderr);
    } finally {
      process.kill();
    }
  }

  start(args: readonly string[]): GitProcess {
    this.#signal?.throwIfAborted();
    const child = spawn(gitExecutable(), [...SAFE_CONFIG, '--no-pager', ...args], {
      cwd: this.#folder,
      env: safeEnvironment(process.env),
      stdio: 'pipe',
      windowsHide: true,
    });
    const stop = (): void => {
      child.kill();
    };
    this.#signal?.addEventListener('abort', stop, { once: true });
    const ended = this.#end(child).finally(() => this.#signal?.removeEventListener('abort', stop));
    // Whoever reads the output comes to `ended` later; until then a failure is not unhandled.
    ended.catch(() => undefined);
    return { stdin: child.stdin, stdout: child.stdout, ended, kill: stop };
  }

  async #end(child: ChildProcessWithoutNullStreams): Promise<{ code: number; stderr: string }> {
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 10_000) stderr += chunk.toString();
    });
    // A process that ends early closes its input; its exit code says what happened.
    child.stdin.on('error', () => undefined);
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      this.#signal?.throwIfAborted();
      return { code: code ?? -1, stderr };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        throw new AppError('git-missing', localized`git is not installed or not on the path`, {
          cause: error,
        });
      }
      throw error;
    }
  }
}

export function failure(args: readonly string[], stderr: string): AppError {
  const complaints = lines(stderr);
  const said = complaints.find((line) => /^(fatal|error):/.test(line)) ?? complaints[0];
  const command = args.find((argument) => !argument.startsWith('-')) ?? 'git';
  const reason =
    said === undefined
      ? localized`failed`
      : withoutCredentials(said.replace(/^(fatal|error): /, ''));
  return new AppError('git-failed', localized`git ${command}: ${reason}`);
}

/** Windows looks for programs in the current folder first, which may be the hostile one. */
function gitExecutable(): string {
  if (process.platform !== 'win32') return 'git';
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders.map((folder) => join(folder, 'git.exe')).find((file) => existsSync(file));
  if (found === undefined) throw new AppError('git-missing', localized`git is not on the path`);
  return found;
}

/** Without empty ones. */
export function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Those of ASCII that end in each chunk; the last line has to end, too. */
export async function* linesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const chunk of chunks) {
    const found = (rest + chunk.toString('latin1')).split('\n');
    rest = found.pop() ?? '';
    yield found;
  }
}
