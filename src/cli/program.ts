import { Command, CommanderError } from 'commander';
import type { CommandSpec } from './command.ts';
import type { Input } from './input.ts';
import { bad } from './input.ts';
import { padEnd } from './text/width.ts';

/** Options of every command, and what stands before the list of commands. */
export interface ProgramSpec {
  readonly name: string;
  readonly summary: string;
  readonly version: string;
  readonly options: readonly { readonly flags: string; readonly summary: string }[];
  readonly commands: readonly CommandSpec[];
  readonly examples: CommandSpec['examples'];
}

/** What the arguments ask for: a command to run, or text (help, version) to print. */
export type Request =
  { readonly command: CommandSpec; readonly input: Input } | { readonly help: string };

/** @throws AppError `bad-argument` */
export function parseArguments(
  spec: ProgramSpec,
  argv: readonly string[],
  columns: number,
): Request {
  let request: Request | undefined;
  let printed = '';
  const program = new Command(spec.name);
  program
    .description(spec.summary)
    .version(spec.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show what a command does, with examples')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, helpWidth: columns })
    .configureOutput({ writeOut: (text) => (printed += text), writeErr: () => undefined })
    .addHelpText('after', formatExamples(spec.name, spec.examples));
  for (const option of spec.options) program.option(option.flags, option.summary);
  for (const command of spec.commands) {
    addCommand(program, command).action((...called: unknown[]) => {
      const options = (called.at(-1) as Command).optsWithGlobals();
      request = { command, input: { operands: called.slice(0, -2).map(toOperand), options } };
    });
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 && error.code !== 'commander.help') {
      throw bad(toMessage(error.message));
    }
  }
  if (request === undefined && printed === '') program.outputHelp();
  return request ?? { help: printed };
}

function addCommand(program: Command, spec: CommandSpec): Command {
  const command = program
    .command(spec.name)
    .summary(spec.summary)
    .description(sentence(spec.summary))
    .addHelpText('after', formatExamples(program.name(), spec.examples));
  for (const operand of spec.operands ?? []) {
    command.argument(operand.name, operand.summary);
  }
  for (const option of spec.options) {
    const repeated = /\.\.\.[>\]]$/.test(option.flags);
    const flags = option.flags.replace('...', '');
    if (repeated) command.option(flags, option.summary, collect);
    else command.option(flags, option.summary);
  }
  return command.allowExcessArguments(false);
}

/** Times an option was given add up. */
function collect(value: string, former: readonly string[] | undefined): readonly string[] {
  return [...(former ?? []), value];
}

function toOperand(value: unknown): string | readonly string[] | undefined {
  return Array.isArray(value) ? value.map(String) : (value as string | undefined);
}

function formatExamples(name: string, examples: CommandSpec['examples']): string {
  const lines = examples.map(([line]) => `${name} ${line}`.trimEnd());
  const width = Math.max(0, ...lines.map((line) => line.length));
  const rows = examples.map(([, meaning], at) => {
    const line = lines[at] ?? '';
    return width > 46 ? `  ${line}\n      ${meaning}` : `  ${padEnd(line, width)}  ${meaning}`;
  });
  return `\nExamples:\n${rows.join('\n')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** `error: unknown option '--foo'\n(Did you mean --for?)` */
function toMessage(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\?\)$/, ' (did you mean $1?)')
    .replace(/\.$/, '');
}
