import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodePointer, Signals } from '../../../../../src/core/model/resolution/codePointer.ts';
import { type Instance, named } from '../../../../../src/core/model/resolution/instance.ts';
import type { Localization, Parameters } from '../../../../../src/core/model/resolution/stages.ts';
import { withKeptPlaces } from '../../../../../src/core/jobs/resolve/localizers/keptPlaces.ts';
import { collect } from '../../../../../src/core/resolution/feed.ts';
import { createSecretGate } from '../../../../../src/core/secrets/gate.ts';
import { loadConfig } from '../../../../../src/core/sources/config/config.ts';
import { ASSETS } from '../../../../support/assets.ts';
import { createRepository, type TestRepository } from '../../../../support/projects/repository.ts';
import {
  createTemporaryFolder,
  type TemporaryFolder,
} from '../../../../support/temporaryFolder.ts';

function placeOf(path: string, signals: Signals): CodePointer {
  return { kind: 'file', path, symbol: null, range: null, score: 1, signals, why: [] };
}

describe('a localizer whose answers are kept', () => {
  let repository: TestRepository;
  let library: TemporaryFolder;
  /** How often the localizer behind was asked. */
  let asked: number;
  let signals: Signals;
  let whileAsked: () => void;

  beforeEach(() => {
    repository = createRepository();
    repository.commit([{ message: 'first', files: { 'a.py': 'a = 1\n', 'b.py': 'b = 1\n' } }]);
    repository.git('reset', '--hard', 'main');
    library = createTemporaryFolder();
    asked = 0;
    signals = { model: 1 };
    whileAsked = () => undefined;
  });
  afterEach(() => {
    repository.remove();
    library.remove();
  });

  const locate = async (changes: Partial<Instance> = {}, parameters: Parameters = {}) => {
    const behind: Localization = {
      name: 'counted',
      parameters,
      async *locate() {
        asked += 1;
        whileAsked();
        yield await Promise.resolve(placeOf('a.py', signals));
        yield placeOf('b.py', {});
      },
    };
    const parts = {
      ...{ libraryFolder: library.path, assetsDir: ASSETS, gate: createSecretGate() },
      ...{ settings: (folder: string) => loadConfig(folder, {}).config, now: () => 1 },
    };
    const instance = { ...named({ text: 'a is wrong', folder: repository.folder }), ...changes };
    const places = await collect(withKeptPlaces(behind, parts, 'model').locate(instance));
    return places.map(({ path }) => path);
  };

  it('is asked once about the same issue of the same code', async () => {
    const first = await locate();
    assert.deepEqual(await locate(), first);
    // The very same code, as git has it.
    assert.deepEqual(await locate({ revision: 'HEAD', id: 'other' }), first);
    assert.equal(asked, 1);
  });

  it('is asked again about another issue, by other parameters and when the code changed', async () => {
    await locate();
    await locate({ text: 'b is wrong' });
    assert.equal(asked, 2);
    await locate({}, { model: 'larger' });
    assert.equal(asked, 3);
    writeFileSync(join(repository.folder, 'b.py'), 'b = 2\n');
    await locate();
    assert.equal(asked, 4);
    writeFileSync(join(repository.folder, 'b.py'), 'b = 1\n');
    await locate();
    assert.equal(asked, 4);
  });

  it('is asked again where its model had not answered', async () => {
    signals = { body: 1 };
    await locate();
    await locate();
    assert.equal(asked, 2);
  });

  it('is asked again where a file changed while it was read', async () => {
    whileAsked = () => {
      writeFileSync(join(repository.folder, 'a.py'), `a = 'changed ${asked}'\n`);
    };
    await locate();
    await locate();
    assert.equal(asked, 2);
  });

  it('is asked again where what was kept is damaged or of another form', async () => {
    await locate();
    const folder = join(library.path, 'derived', 'located-1');
    for (const content of ['', '{}', '0\n[{"path":"../../etc"}]']) {
      for (const name of readdirSync(folder)) writeFileSync(join(folder, name), content);
      assert.deepEqual(await locate(), ['a.py', 'b.py']);
    }
    assert.equal(asked, 4);
  });

  it('answers where nothing can be kept', async () => {
    mkdirSync(join(library.path, 'derived'));
    writeFileSync(join(library.path, 'derived', 'located-1'), 'no folder');
    assert.deepEqual(await locate(), ['a.py', 'b.py']);
  });
});
