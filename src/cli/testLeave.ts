import type { TestLeave } from '../core/model/api/resolution.ts';
import type { OptionSpec } from './command.ts';
import { bad, flag, isGiven, text, wholeNumber } from './input.ts';
import type { Input } from './input.ts';

/** How tests run, for commands that have `--test`. */
export const TEST_OPTIONS: readonly OptionSpec[] = [
  { flags: '--test-command <line>', summary: 'how they run, else as configured or detected' },
  { flags: '--timeout <seconds>', summary: 'of each run of the tests (default: 600)' },
  {
    flags: '--network',
    summary: 'let the tests use the network (default: not, where the system can prevent it)',
  },
  { flags: '--trust', summary: 'run the tests without asking' },
];

/** Leave to run tests, as far as it was asked for. */
export function toLeave(input: Input): Omit<TestLeave, 'isTrusted'> | undefined {
  const command = text(input, 'testCommand');
  const timeoutSeconds = wholeNumber(input, 'timeout', { min: 1, max: 86_400 });
  if (!flag(input, 'test')) {
    const about = ['testCommand', 'timeout', 'network', 'trust'];
    if (!about.some((name) => isGiven(input.options[name]))) return undefined;
    throw bad('--test runs the tests');
  }
  return {
    ...(command !== undefined && { command }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    usesNetwork: flag(input, 'network'),
  };
}
