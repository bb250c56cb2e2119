import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import {
  NATIVE_TARGETS,
  isNativeTarget,
  missingFiles,
  nativeFiles,
  ownTarget,
} from '../../scripts/vscode/nativeRuntime.ts';
import { packForTests } from '../../scripts/vscode/pack.ts';
import { readZip } from '../support/zip.ts';
import { embedUnpacked } from './embedUnpacked.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MOST_BYTES = 45 * 1024 * 1024;

describe('the packages for one platform', function () {
  this.timeout(180_000);

  for (const target of NATIVE_TARGETS) {
    it(`have all that ${target} runs natively`, () => {
      assert.deepEqual(missingFiles(ROOT, target), []);
      const [system = '', processor = ''] = target.split('-');
      const binaries = nativeFiles(target).filter((path) => path.includes('/bin/'));
      assert.ok(binaries.every((path) => path.includes(`/${system}/${processor}/`)));
      const [binding, library] = binaries.map((path) => join(ROOT, 'node_modules', path));
      assert.ok(statSync(binding ?? '').size > 100_000);
      assert.ok(statSync(library ?? '').size > 10_000_000);
    });
  }

  it('leave other platforms to the package for all', () => {
    for (const other of ['darwin-x64', 'alpine-x64', 'linux-armhf', 'web', 'toString']) {
      assert.equal(isNativeTarget(other), false, other);
    }
  });

  const own = ownTarget();
  if (own === undefined) return;

  it('hold the package for all platforms and the native runtime', () => {
    const paths = (vsix: string) => readZip(vsix).map(({ path }) => path);
    const native = paths(packForTests(own));
    assert.deepEqual(
      native.filter((path) => !path.startsWith('extension/dist/node_modules/')).sort(),
      paths(packForTests()).sort(),
    );
    assert.deepEqual(
      native.filter(
        (path) =>
          path.startsWith('extension/dist/node_modules/') &&
          !/\.(js|json|node|dll|dylib|1)$/.test(path),
      ),
      [],
    );
    assert.ok(statSync(packForTests(own)).size <= MOST_BYTES);
    const marketplace = readZip(packForTests(own)).find(({ path }) =>
      path.endsWith('vsixmanifest'),
    );
    assert.match(marketplace?.read().toString('utf8') ?? '', new RegExp(`TargetPlatform="${own}"`));
  });

  it('embed natively where no packages are installed', async () => {
    assert.equal(await embedUnpacked(packForTests(own)), 'native');
  });
});
