import type { TestCommand } from '../model/trial/trial.ts';

/**
 * The command that runs one file of tests where the runner of a command is known to take one; the
 * command itself otherwise.
 */
export function focused(command: TestCommand, path: string): TestCommand {
  const words = [command.program, ...command.args];
  const isRunner = (name: string): boolean =>
    words.some((word) => word === name || word.endsWith(`/${name}`));
  // A path that begins like an option would be one.
  const file = path.startsWith('-') ? `./${path}` : path;
  if (['pytest', 'jest', 'vitest', 'mocha', 'rspec', 'phpunit'].some(isRunner)) {
    return { ...command, args: [...command.args, file] };
  }
  return command;
}
