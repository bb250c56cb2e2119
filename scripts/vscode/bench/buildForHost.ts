import { build } from 'esbuild';
import { join } from 'node:path';

/** Bundles what runs inside the extension host; gives the file, which is in `place`. */
export async function buildForHost(name: string, place: string): Promise<string> {
  const outfile = join(place, `${name}.js`);
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}
