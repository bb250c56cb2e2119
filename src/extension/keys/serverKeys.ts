import type { SecretStorage } from 'vscode';

type Secrets = Pick<SecretStorage, 'get' | 'store' | 'delete'>;

/** Keys for servers of one kind, each under the very address it was given for. */
export interface ServerKeys {
  read(address: string): Promise<string | undefined>;
  /** @param before the address that this one takes the place of, whose key goes */
  store(address: string, key: string, before: string | undefined): Promise<void>;
  forget(address: string): Promise<void>;
}

/** The keys that were given in VS Code, which keeps them: no server is shown the key of another. */
export function createServerKeys(secrets: Secrets, kind: 'team' | 'model'): ServerKeys {
  const nameOf = (address: string): string => `patternFoundry.${kind}.key ${address}`;
  return {
    read: async (address) => secrets.get(nameOf(address)),
    store: async (address, key, before) => {
      if (before !== undefined && before !== address) await secrets.delete(nameOf(before));
      await secrets.store(nameOf(address), key);
    },
    forget: async (address) => {
      await secrets.delete(nameOf(address));
    },
  };
}
