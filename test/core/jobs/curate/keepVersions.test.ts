import assert from 'node:assert/strict';

import { recordKeepingVersions } from '../../../../src/core/jobs/curate/keepVersions.ts';
import type { EventBody } from '../../../../src/core/model/event.ts';
import type { Library } from '../../../../src/core/model/ports/library.ts';
import {
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../../support/library/library.ts';
import { fileOf, fragmentOf, idOf } from '../../../support/library/libraryEvents.ts';

const P = 'git:1';
const ID = idOf('alpha');

/** A process that is killed as soon as it has written once. */
function killedAfterOneWrite(library: Library): Pick<Library, 'record' | 'versions'> {
  let writes = 0;
  return {
    versions: library.versions,
    record: (bodies) => {
      writes += 1;
      return writes === 1 ? library.record(bodies) : Promise.reject(new Error('killed'));
    },
  };
}

const codes = (library: Library): readonly string[] =>
  library.versions.of(ID).map(({ code }) => /'(.*)'/.exec(code)?.[1] ?? '');

describe('former versions', () => {
  afterEach(removeLibraries);

  const CHANGES: readonly (readonly [what: string, events: readonly EventBody[]])[] = [
    ['a changed file', [fileOf(P, 'a.ts', [fragmentOf('alpha', 0, true, 'second')])]],
    [
      'a function that became another one',
      [
        fileOf(P, 'a.ts', [fragmentOf('beta', 0, true, 'second')]),
        { type: 'succession', from: ID, to: idOf('beta') },
      ],
    ],
    ['an edit', [{ type: 'edit', pattern: ID, name: 'omega' }]],
  ];
  for (const [what, events] of CHANGES) {
    it(`are kept by a process that is killed right after it recorded ${what}`, async () => {
      const library = await openTestLibrary(newLibraryFolder());
      await library.record([fileOf(P, 'a.ts', [fragmentOf('alpha', 0, true, 'first')])]);
      await recordKeepingVersions(killedAfterOneWrite(library), [ID], events).catch(
        () => undefined,
      );
      const former = [...library.versions.recorded()];
      assert.deepEqual(
        former.map(({ pattern, name }) => [pattern, name]),
        [[ID, 'alpha']],
      );
    });
  }

  it('are none where the same is recorded again', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    const file = fileOf(P, 'a.ts', [fragmentOf('alpha', 0, true, 'first')]);
    await library.record([file]);
    await recordKeepingVersions(library, [ID], [{ ...file, contentHash: 'f'.repeat(64) }]);
    assert.deepEqual([[...library.versions.recorded()], codes(library)], [[], ['first']]);
  });

  it('are kept where the place that was shown is gone and another one is shown', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    for (const [path, note] of [
      ['a.ts', 'first'],
      ['b.ts', 'second'],
    ] as const) {
      await library.record([fileOf(P, path, [fragmentOf('alpha', 0, true, note)])]);
    }
    const [shown = ''] = codes(library);
    await recordKeepingVersions(
      library,
      [ID],
      [fileOf(P, shown === 'first' ? 'a.ts' : 'b.ts', undefined)],
    );
    assert.deepEqual(codes(library), [shown === 'first' ? 'second' : 'first', shown]);
  });
});
