import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runServer } from 'verdaccio';

/** A private registry of npm on this machine alone, which knows no other. */
export interface TestRegistry {
  /** Ends in a slash, as npm writes it. */
  readonly url: string;
  /** By `npm publish`, as people do it. */
  publish(folder: string): Promise<void>;
  close(): Promise<void>;
}

/** @param folder for what is published */
export async function openVerdaccio(folder: string): Promise<TestRegistry> {
  const anybody = { access: '$all', publish: '$all' };
  const settings = {
    ...{ storage: join(folder, 'storage'), configPath: join(folder, 'config.yaml') },
    ...{ self_path: folder, uplinks: {}, packages: { '**': anybody }, web: { enable: false } },
    ...{ auth: { htpasswd: { file: join(folder, 'htpasswd') } }, max_body_size: '50mb' },
    log: { type: 'stdout', format: 'json', level: 'fatal' },
  };
  const server = (await runServer(settings)) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url: `http://${place}`,
    async publish(pack) {
      // npm sends nothing without a token; this registry takes any.
      const access = [`--registry=http://${place}`, `--//${place}:_authToken=any`];
      const npm = spawn('npm', ['publish', pack, ...access, '--access=public', '--silent'], {
        stdio: 'ignore',
        shell: process.platform === 'win32',
      });
      const [code] = (await once(npm, 'exit')) as [number | null];
      if (code !== 0) throw new Error(`npm publish ended with ${code}`);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
