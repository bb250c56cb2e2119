import Config from '@npmcli/config';
import { definitions, flatten, shorthands } from '@npmcli/config/lib/definitions/index.js';

/** Registries, scopes, proxies and access rights as npm itself reads them here. */
export async function npmSettings(): Promise<Readonly<Record<string, unknown>>> {
  const config = new Config({
    ...{ definitions, flatten, shorthands, npmPath: process.cwd() },
    ...{ argv: [], env: process.env },
  });
  await config.load();
  return config.flat;
}
