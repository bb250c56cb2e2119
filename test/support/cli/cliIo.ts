import { Readable } from 'node:stream';
import type { Io, LibraryChoice, Output } from '../../../src/cli/io.ts';
import { main } from '../../../src/cli/main.ts';
import type { Engine } from '../../../src/core/model/engine.ts';
import { ASSETS } from '../assets.ts';
import { createMemoryEngine } from './cliEngine.ts';

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** How the engine was opened, each time it was. */
  readonly opened: readonly Omit<LibraryChoice, 'onTrouble'>[];
}

export interface CliSurroundings {
  readonly engine?: Engine;
  readonly open?: (choice: LibraryChoice) => Promise<Engine>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Width of the terminal that both outputs are; none when absent. */
  readonly columns?: number;
  readonly clockMs?: () => number;
  readonly onInterrupt?: Io['onInterrupt'];
}

/** Runs one command line in this process and keeps what it prints. */
export async function runCli(
  argv: readonly string[],
  around: CliSurroundings = {},
): Promise<CliRun> {
  const out: string[] = [];
  const err: string[] = [];
  const opened: Omit<LibraryChoice, 'onTrouble'>[] = [];
  const engine = around.engine ?? createMemoryEngine();
  const code = await main(argv, {
    stdin: Readable.from(around.stdin === undefined ? [] : [around.stdin]),
    stdout: createOutput(out, around.columns),
    stderr: createOutput(err, around.columns),
    env: around.env ?? {},
    cwd: around.cwd ?? process.cwd(),
    version: '1.2.3',
    assetsDir: ASSETS,
    clockMs: around.clockMs ?? (() => 0),
    openEngine: (choice) => {
      const { library, configFlags } = choice;
      opened.push({ library, configFlags });
      return around.open?.(choice) ?? Promise.resolve(engine);
    },
    onInterrupt: around.onInterrupt ?? (() => () => undefined),
  });
  return { code, out: out.join(''), err: err.join(''), opened };
}

/** An output that keeps what is written to it; a terminal where it has columns. */
export function createOutput(written: string[], columns: number | undefined): Output {
  return {
    isTTY: columns !== undefined,
    columns: () => columns,
    write(text) {
      written.push(text);
      return Promise.resolve();
    },
  };
}
