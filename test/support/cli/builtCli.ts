import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** The command line as `npm run build` makes it. */
export const BUILT_CLI = resolve(import.meta.dirname, '../../../dist/cli.js');

export interface CliRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliPlace {
  readonly library: string;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the built command line as a process of its own over one library. */
export function startCli(
  { library, cwd, env }: CliPlace,
  argv: readonly string[],
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [BUILT_CLI, ...argv], {
    cwd,
    env: { ...process.env, PATTERN_FOUNDRY_LIBRARY: library, ...env },
  });
}

export async function ended(child: ChildProcessWithoutNullStreams): Promise<CliRun> {
  const run = { code: null as number | null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (run.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (run.err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  run.code = code;
  return run;
}

export function runCli(place: CliPlace, argv: readonly string[], input = ''): Promise<CliRun> {
  const child = startCli(place, argv);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return ended(child);
}

/** The document a command prints with `--json`, which must be all there is on standard output. */
export async function cliJson<T>(
  place: CliPlace,
  argv: readonly string[],
  { input = '', code = 0 }: { readonly input?: string; readonly code?: number } = {},
): Promise<T> {
  const run = await runCli(place, [...argv, '--json'], input);
  assert.equal(run.code, code, `${argv.join(' ')}: ${run.err}${run.out.slice(0, 300)}`);
  return JSON.parse(run.out) as T;
}
