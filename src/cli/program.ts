import { Command, CommanderError, Option } from 'commander';
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
  /** What the words before the last one of a command are about. */
  readonly groups: Readonly<Record<string, string>>;
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
    .helpCommand('help [command]', 'show what a command does, with examples')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, helpWidth: columns })
    .configureOutput({
      writeOut: (text) => (printed += text),
      // Help of a group without its second word; errors are thrown.
      writeErr: (text) => (printed += text),
      outputError: () => undefined,
    })
    .addHelpText('after', formatExamples(spec.name, spec.examples));
  for (const option of spec.options) program.option(option.flags, option.summary);
  for (const command of spec.commands) {
    addCommand(program, spec, command).action((...called: unknown[]) => {
      const given = (called.at(-1) as Command).optsWithGlobals();
      const options = underNewNames(given, command.options);
      request = { command, input: { operands: called.slice(0, -2).map(toOperand), options } };
    });
  }
  try {
    program.parse(withoutHelpCommand(spec, argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 && error.code !== 'commander.help') {
      throw bad(`${toMessage(error.message)}${hintOf(error, program.name())}`);
    }
  }
  return request ?? { help: printed };
}

/** `help list` is `list --help`, so that a command that does not exist is said not to. */
function withoutHelpCommand({ commands }: ProgramSpec, argv: readonly string[]): readonly string[] {
  const at = argv.findIndex((word) => !word.startsWith('-'));
  if (argv[at] !== 'help') return argv;
  const before = argv.slice(0, at);
  const [name, ...rest] = argv.slice(at + 1);
  const isKnown =
    name === undefined || commands.some((command) => command.name.split(' ')[0] === name);
  if (!isKnown) return [...before, name];
  return [...before, ...(name === undefined ? [] : [name]), ...rest, '--help'];
}

/** Text that begins like an option is the commonest reason for one that is not known. */
function hintOf({ code }: CommanderError, name: string): string {
  if (code !== 'commander.unknownOption') return '';
  return `; what begins with - and is no option goes behind --, as in ${name} search -- -1`;
}

function addCommand(program: Command, { groups }: ProgramSpec, spec: CommandSpec): Command {
  const words = spec.name.split(' ');
  const command = groupOf(program, words, groups)
    .command(words.at(-1) ?? '')
    .summary(spec.summary)
    .description(sentence(spec.summary))
    .addHelpText('after', formatExamples(program.name(), spec.examples));
  for (const operand of spec.operands ?? []) {
    command.argument(operand.name, operand.summary);
  }
  for (const option of spec.options) {
    const repeated = /\.\.\.[>\]]$/.test(option.flags) && option.takesMany !== true;
    const flags = repeated ? option.flags.replace('...', '') : option.flags;
    if (repeated) command.option(flags, option.summary, collect);
    else command.option(flags, option.summary);
    if (option.former !== undefined) {
      command.addOption(new Option(option.former, option.summary).hideHelp());
    }
  }
  return command.allowExcessArguments(false);
}

/** What is given under a former name of an option counts as given under its name. */
function underNewNames(
  options: Readonly<Record<string, unknown>>,
  specs: CommandSpec['options'],
): Input['options'] {
  const attributeOf = (flags: string): string => new Option(flags).attributeName();
  const renamed = specs.flatMap(({ flags, former }) => {
    const value = former === undefined ? undefined : options[attributeOf(former)];
    return value === undefined ? [] : [[attributeOf(flags), value] as const];
  });
  return { ...Object.fromEntries(renamed), ...options };
}

/** Where a command belongs: the group that its words before the last one name, if it has several. */
function groupOf(
  program: Command,
  words: readonly string[],
  groups: ProgramSpec['groups'],
): Command {
  let group = program;
  for (const [at, word] of words.slice(0, -1).entries()) {
    const known = group.commands.find((command) => command.name() === word);
    const summary = groups[words.slice(0, at + 1).join(' ')] ?? '';
    group = known ?? group.command(word).summary(summary).description(sentence(summary));
  }
  return group;
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
