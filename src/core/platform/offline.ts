import type { TestCommand } from '../model/trial/trial.ts';

/** In a network of its own that reaches nothing, a program may still speak with itself. */
const WITHOUT_NETWORK = ['--map-root-user', '--net', '--', 'sh', '-c'];
const WITH_ITSELF = 'ip link set lo up && exec "$@"';

/**
 * The same program by the same user, cut off from the network, for systems that can. Where it cannot
 * be started, what is started in its place ends as `isNotStarted` tells.
 */
export function offline({ program, args }: TestCommand): TestCommand {
  const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  // Who makes a network must be its root for a moment; tests of permissions must not run as one.
  const asBefore = ['unshare', `--map-user=${user}`, `--map-group=${group}`, '--'];
  return {
    program: 'unshare',
    args: [...WITHOUT_NETWORK, WITH_ITSELF, 'sh', ...asBefore, program, ...args],
  };
}

/** @param output of what ended with a number other than 0 */
export function isNotStarted(output: string): boolean {
  return output.startsWith('unshare: ');
}
