import { build } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Folders whose `index.js` VS Code calls inside the extension host. */
export interface BundledTests {
  readonly tests: string;
  /** Measures a host that has nothing of ours in it. */
  readonly baseline: string;
}

/** Makes CommonJS of `test/host`, one file a test file; mocha is found in the packages of the project. */
export async function bundleTests(): Promise<BundledTests> {
  const place = join(ROOT, '.cache/host-tests');
  rmSync(place, { recursive: true, force: true });
  await build({
    entryPoints: [
      { in: 'test/host/index.ts', out: 'tests/index' },
      { in: 'test/host/baseline.ts', out: 'baseline/index' },
      ...testFiles().map((path) => ({
        in: join('test/host', path),
        // Flat, beside the file that looks for them.
        out: join('tests', path.replace(/\.ts$/, '').replaceAll(/[\\/]/g, '.')),
      })),
    ],
    absWorkingDir: ROOT,
    outdir: place,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return { tests: join(place, 'tests/index.js'), baseline: join(place, 'baseline/index.js') };
}

function testFiles(): readonly string[] {
  const paths = readdirSync(join(ROOT, 'test/host'), { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => path.endsWith('.test.ts'));
}
