import type { SecretGate } from '../../model/ports/secretGate.ts';

/** Names of what lets whoever has it act for the person, or leads git elsewhere. */
const SECRET =
  /TOKEN|SECRET|PASS|PWD|CRED|KEY|PRIVATE|AUTH|COOKIE|WEBHOOK|DSN|CONN(?:ECTION)?_?STR|(?:^|_)(?:SK|PAT|PW|PIN|OTP|JWT|SAS|SEED|MNEMONIC)(?:_|$)|^GIT_|^NODE_OPTIONS$|^ELECTRON_/i;

/** An address that says who logs in. */
const HAS_ACCOUNT = /:\/\/[^\s/?#]*@/;

/** Paths hold hashes that look drawn by a machine, and no program starts without some of them. */
const PATH = /^(?:[/~.]|[A-Za-z]:[\\/])/;

/** What tests are given: the environment without what they could misuse, and told not to wait. */
export async function testEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  gate: SecretGate,
): Promise<Readonly<Record<string, string | undefined>>> {
  const kept: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || SECRET.test(name) || HAS_ACCOUNT.test(value)) continue;
    const isSecret =
      !PATH.test(value) && (await gate.redact(`${name}="${value}"`)).found.length > 0;
    if (!isSecret) kept[name] = value;
  }
  return { ...kept, CI: '1' };
}
