import { userInfo } from 'node:os';
import { UNNAMED } from '../model/event.ts';

/**
 * Name of the person at this machine, as the operating system has it; as the environment has it
 * where the system knows no such user, as in many containers. Somebody who is called what ratings
 * call nobody in particular is told apart by a capital letter.
 */
export function personName(
  env: Readonly<Record<string, string | undefined>>,
  askSystem: () => string = () => userInfo().username,
): string {
  const name =
    systemName(askSystem) ??
    [env['USER'], env['LOGNAME'], env['USERNAME']].find(Boolean) ??
    'nobody';
  return name === UNNAMED ? 'User' : name;
}

function systemName(askSystem: () => string): string | undefined {
  try {
    const username = askSystem();
    return username === '' ? undefined : username;
  } catch {
    return undefined;
  }
}
