import type { SecretStorage } from 'vscode';

type Secrets = Pick<SecretStorage, 'get' | 'store' | 'delete'>;

/** Each server has a secret of its own, so that no other one is ever shown it. */
function secretOf(address: string): string {
  return `patternFoundry.team.key ${address}`;
}

/** The key that was given in VS Code for this very address. */
export async function readKeyFor(secrets: Secrets, address: string): Promise<string | undefined> {
  return secrets.get(secretOf(address));
}

/** @param before the address of the team that this one takes the place of, whose key goes */
export async function storeKeyFor(
  secrets: Secrets,
  address: string,
  key: string,
  before: string | undefined,
): Promise<void> {
  if (before !== undefined && before !== address) await forgetKeyFor(secrets, before);
  await secrets.store(secretOf(address), key);
}

export async function forgetKeyFor(secrets: Secrets, address: string): Promise<void> {
  await secrets.delete(secretOf(address));
}
