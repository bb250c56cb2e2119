import type { Engine } from '../core/model/engine.ts';
import type { LibraryTrouble } from '../core/model/ports/libraryUpkeep.ts';
import type { CommandSpec, Context, Outcome, Terminal } from './command.ts';
import { COMMANDS, GROUPS } from './commands.ts';
import type { Failure } from './failure.ts';
import { toDocument, toFailure } from './failure.ts';
import { bad, flag, text } from './input.ts';
import type { Input } from './input.ts';
import { INTERRUPTED, type Interruption, type Io, type Output } from './io.ts';
import { parseArguments } from './program.ts';
import { watchWork } from './watch.ts';
import { clean } from './text/clean.ts';
import { createStyle, wantsColour } from './text/style.ts';

/** 0 found or done, 1 nothing found, 2 could not, 130 and 143 stopped by a signal. */
export type ExitCode = 0 | 1 | 2 | (typeof INTERRUPTED)[Interruption];

const SUMMARY =
  'Learns reusable patterns from your code and git history, keeps them in a local library and finds them again. Nothing leaves this machine unless you share it.';

const GLOBAL_OPTIONS = [
  {
    flags: '--library <dir>',
    summary: 'folder of the library, else $PATTERN_FOUNDRY_LIBRARY, else your own',
  },
  { flags: '--json', summary: 'print one JSON document instead of text' },
  { flags: '--no-color', summary: 'print without colours' },
];

/** Where sentences are broken when the output is no terminal. */
const PIPE_COLUMNS = 120;
const HELP_COLUMNS = 100;

/** Runs one command line. Only a bug in here rejects. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const json = argv.includes('--json');
  const refused = argv.includes('--no-color');
  let stoppedBy: Interruption | undefined;
  const toExitCode = (exitCode: ExitCode): ExitCode =>
    stoppedBy === undefined ? exitCode : INTERRUPTED[stoppedBy];
  try {
    const request = parseArguments(
      {
        name: 'pattern-foundry',
        summary: SUMMARY,
        version: io.version,
        options: GLOBAL_OPTIONS,
        commands: COMMANDS,
        groups: GROUPS,
        examples: [
          ['extract', 'learn from the current folder and its git history'],
          ['search "retry with backoff"', 'find patterns by words, identifiers or meaning'],
          ['<command> --help', 'what a command does, with examples'],
        ],
      },
      argv,
      Math.min(io.stdout.columns() ?? HELP_COLUMNS, HELP_COLUMNS),
    );
    if ('help' in request) {
      await io.stdout.write(request.help);
      return 0;
    }
    const outcome = await runCommand(request, io, {
      onStop: (signal) => (stoppedBy = signal),
      isStopped: () => stoppedBy !== undefined,
    });
    await print(outcome, { io, json, refused });
    return toExitCode(outcome.exitCode);
  } catch (error) {
    await printFailure(toFailure(error), { io, json, refused });
    return toExitCode(2);
  }
}

interface Printing {
  readonly io: Io;
  readonly json: boolean;
  readonly refused: boolean;
}

interface Stopping {
  readonly onStop: (signal: Interruption) => void;
  readonly isStopped: () => boolean;
}

async function runCommand(
  { command, input }: { readonly command: CommandSpec; readonly input: Input },
  io: Io,
  { onStop, isStopped }: Stopping,
): Promise<Outcome> {
  const library = text(input, 'library');
  if (library === '') throw bad('--library is empty');
  const configFlags = command.configFlags?.(input) ?? {};
  const { style } = toTerminal(io, io.stderr, input.options['color'] === false);
  const onTrouble = ({ message }: LibraryTrouble): void => {
    void io.stderr.write(`${style.warning('warning:')} ${clean(message.text)}\n`);
  };
  let opened: Promise<Engine> | undefined;
  const ctx: Context = {
    io,
    json: flag(input, 'json'),
    engine: () => (opened ??= io.openEngine({ library, configFlags, onTrouble })),
    watched: (work) => watchWork(io, work, onStop),
  };
  try {
    return await command.run(input, ctx);
  } finally {
    // A library that could not be opened was reported by the command's own call.
    const engine = await opened?.catch(() => undefined);
    await engine?.close({ hurried: isStopped() });
  }
}

async function print(outcome: Outcome, { io, json, refused }: Printing): Promise<void> {
  const written = json ? outcome.json() : await outcome.text(toTerminal(io, io.stdout, refused));
  if (written !== undefined) await io.stdout.write(`${written}\n`);
}

async function printFailure(failure: Failure, { io, json, refused }: Printing): Promise<void> {
  if (json) {
    await io.stdout.write(`${JSON.stringify(toDocument(failure))}\n`);
    return;
  }
  const { style } = toTerminal(io, io.stderr, refused);
  const lines = [
    `${style.bad('error:')} ${clean(failure.message)}`,
    ...(failure.stack === undefined ? [] : [style.faint(clean(failure.stack))]),
    style.faint(`${failure.hint} (${failure.code})`),
  ];
  await io.stderr.write(`${lines.join('\n')}\n`);
}

function toTerminal(io: Io, output: Output, refused: boolean): Terminal {
  const style = createStyle(wantsColour({ env: io.env, isTTY: output.isTTY, refused }));
  if (!output.isTTY) return { style, columns: PIPE_COLUMNS, tableColumns: Infinity };
  const columns = Math.max(40, output.columns() ?? 80);
  return { style, columns, tableColumns: columns };
}
