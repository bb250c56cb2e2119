import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import type { Library } from '../../../src/core/model/ports/library.ts';
import {
  closeLibrary,
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../support/library/library.ts';
import { fileOf, forgetOf, idOf, ratingOf } from '../../support/library/libraryEvents.ts';

const P = 'git:1';

/** A library whose snapshot holds two sealed files: `alpha`, and a rating of it with `beta`. */
async function ratedLibrary(): Promise<{ readonly folder: string; readonly second: string }> {
  const folder = newLibraryFolder();
  const journal = join(folder, 'journal');
  const first = await openTestLibrary(folder);
  await first.record([fileOf(P, 'a.ts', ['alpha'])]);
  closeLibrary(first);
  const before = new Set(fs.readdirSync(journal));
  const writer = await openTestLibrary(folder);
  await writer.record([ratingOf('alpha', 5, 'spring'), fileOf(P, 'b.ts', ['beta'])]);
  writer.upkeep.rebuild();
  closeLibrary(writer);
  const second = fs.readdirSync(journal).find((name) => !before.has(name)) ?? '';
  return { folder, second: join(journal, second) };
}

/** What a library says of `alpha` and which patterns it has. */
function saidBy(library: Library): unknown {
  const { patterns } = library.patterns.list({}, Infinity);
  const ratings = library.patterns.ratings(idOf('alpha')).map(({ rating, date }) => [rating, date]);
  return { names: patterns.map(({ name }) => name).sort(), ratings };
}

function findings(library: Library, check: string): readonly string[] {
  const all = library.upkeep.check().findings;
  return all.flatMap((one) => (one.check === check ? [`${one.level}: ${one.message.text}`] : []));
}

/** What may happen to a sealed file without its name being told. */
const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  'lost its end': (path) => {
    fs.truncateSync(path, fs.statSync(path).size - 20);
  },
  'is empty': (path) => {
    fs.truncateSync(path, 0);
  },
  'is gone': (path) => {
    fs.rmSync(path);
  },
  'was altered': (path) => {
    const bytes = fs.readFileSync(path);
    bytes.fill('x', bytes.indexOf('"spring"'), bytes.length - 1);
    fs.writeFileSync(path, bytes);
  },
};

describe('facts of a damaged journal file that the snapshot still holds', () => {
  afterEach(removeLibraries);

  for (const [damage, inflict] of Object.entries(DAMAGES)) {
    it(`are offered and written back where the file ${damage}`, async () => {
      const { folder, second } = await ratedLibrary();
      const whole = await openTestLibrary(folder);
      const wanted = saidBy(whole);
      closeLibrary(whole);
      inflict(second);
      const library = await openTestLibrary(folder);
      assert.deepEqual(saidBy(library), wanted);
      const [offer = ''] = findings(library, 'journal-recoverable');
      assert.match(offer, /^error: \d facts .* pattern-foundry doctor --recover/);
      assert.throws(
        () => {
          library.upkeep.rebuild();
        },
        { code: 'library-incomplete' },
      );
      assert.ok(library.upkeep.recover() > 0);
      assert.deepEqual(findings(library, 'journal-recoverable'), []);
      assert.deepEqual(findings(library, 'journal-lost'), ['ok: sealed files are unchanged']);
      assert.deepEqual(findings(library, 'view'), ['ok: the view matches the journals']);
      library.upkeep.rebuild();
      closeLibrary(library);
      fs.rmSync(join(folder, 'derived'), { recursive: true });
      assert.deepEqual(saidBy(await openTestLibrary(folder)), wanted);
    });
  }

  it('are one with the lost file when that comes back', async () => {
    const { folder, second } = await ratedLibrary();
    const aside = join(folder, 'aside');
    fs.renameSync(second, aside);
    const library = await openTestLibrary(folder);
    library.upkeep.recover();
    fs.renameSync(aside, second);
    library.refresh();
    assert.equal(library.patterns.ratings(idOf('alpha')).length, 1);
  });

  it('are written back before a compaction folds what is left of the file', async () => {
    const { folder, second } = await ratedLibrary();
    DAMAGES['lost its end']?.(second);
    const library = await openTestLibrary(folder);
    const wanted = saidBy(library);
    library.upkeep.compact();
    library.upkeep.rebuild();
    assert.deepEqual(saidBy(library), wanted);
  });

  it('come back without text that is purged', async () => {
    const { folder, second } = await ratedLibrary();
    fs.rmSync(second);
    const library = await openTestLibrary(folder);
    await library.record([forgetOf('beta', true)]);
    library.upkeep.recover();
    const kept = fs
      .readdirSync(join(folder, 'journal'))
      .map((name) => fs.readFileSync(join(folder, 'journal', name), 'utf8'));
    assert.ok(kept.some((text) => text.includes('"spring"')));
    assert.ok(!kept.some((text) => text.includes('function beta')));
  });

  it('are none in a library that is whole', async () => {
    const { folder } = await ratedLibrary();
    const library = await openTestLibrary(folder);
    assert.equal(library.upkeep.recover(), 0);
    assert.deepEqual(findings(library, 'view'), ['ok: the view matches the journals']);
  });
});
