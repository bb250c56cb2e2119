import { userInfo } from 'node:os';

/**
 * Name of the person at this machine, as the operating system has it; as the environment has it
 * where the system knows no such user, as in many containers.
 */
export function personName(
  env: Readonly<Record<string, string | undefined>>,
  askSystem: () => string = () => userInfo().username,
): string {
  return (
    systemName(askSystem) ??
    [env['USER'], env['LOGNAME'], env['USERNAME']].find(Boolean) ??
    'nobody'
  );
}

function systemName(askSystem: () => string): string | undefined {
  try {
    const username = askSystem();
    return username === '' ? undefined : username;
  } catch {
    return undefined;
  }
}
