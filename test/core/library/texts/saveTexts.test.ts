import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

import {
  createLongTexts,
  isDamagedText,
  TEXT_PLACE,
  type LongText,
  type TextPlace,
} from '../../../../src/core/library/texts/longTexts.ts';
import {
  countDamaged,
  openTextFiles,
  saveTexts,
} from '../../../../src/core/library/texts/saveTexts.ts';
import type { View } from '../../../../src/core/library/view/view.ts';
import { newLibraryFolder, removeLibraries } from '../../../support/library/library.ts';
import { fileOf, fragmentOf, toEvents } from '../../../support/library/libraryEvents.ts';
import { addTo, loadViews, viewOf } from '../../../support/library/view.ts';

const P = 'git:1';

/** What each text of the view reads as, by the number that stands in its code. */
function codes(view: View): readonly string[] {
  const rows = view.db.query<[], TextPlace>(
    `SELECT ${TEXT_PLACE} FROM texts t ORDER BY t.qualified_name`,
  );
  return [...rows.each()].map((place) => view.texts.read(place).code);
}

/** Takes in a file that holds this text, a version later than the last. */
function addFile(view: View, rev: number, path: string, text: string): void {
  const body = fileOf(P, path, [fragmentOf(path, 0, true, text)]);
  addTo(view, [{ ...body, id: `w.${rev}`, rev, at: 0 }]);
}

function sizes(folder: string): readonly number[] {
  return fs.readdirSync(folder).map((name) => fs.statSync(join(folder, name)).size);
}

describe('long texts', () => {
  before(loadViews);
  afterEach(removeLibraries);

  it('are read as they were added, whatever they hold', () => {
    const text = fc.record<LongText>(
      {
        code: fc.string({ unit: 'grapheme' }),
        before: fc.option(fc.string()),
        template: fc.string(),
        holes: fc.option(fc.string()),
      },
      { noNullPrototype: true },
    );
    const texts = createLongTexts();
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (added) => {
        const places = added.map((one) => texts.add(one));
        assert.deepEqual(
          places.map((place) => texts.read(place)),
          added,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('are the same in a file, read in order or not', () => {
    const folder = newLibraryFolder();
    const lengths = [3, 300_000, 0, 70_000, 5, 1_200_000, 41];
    const view = viewOf();
    lengths.forEach((length, at) => {
      addFile(view, at + 1, `${at}.ts`, '\u00e9\u4e2d'.repeat(length));
    });
    const held = codes(view);
    saveTexts(view, join(folder, 'first.bin'));
    assert.deepEqual(codes(view), held);
    const rows = view.db.query<[], TextPlace>(
      `SELECT ${TEXT_PLACE} FROM texts t ORDER BY t.qualified_name DESC`,
    );
    const backwards = [...rows.each()].map((place) => view.texts.read(place).code);
    assert.deepEqual(backwards, held.toReversed());
    view.close();
  });

  it('go into one more file with each snapshot, and together into one when they are many', () => {
    const folder = newLibraryFolder();
    const view = viewOf(toEvents([fileOf(P, 'a.ts', ['alpha', 'beta'])]));
    const held = codes(view);
    assert.equal(saveTexts(view, join(folder, 'first.bin')), true);
    const [first] = sizes(folder);
    assert.equal(saveTexts(view, join(folder, 'nothing-new.bin')), true);
    assert.deepEqual(sizes(folder), [first]);
    const words = Array.from({ length: 40 }, (_, at) => String(at + 100));
    let most = 0;
    words.forEach((word, at) => {
      addFile(view, at + 10, `${word}.ts`, word);
      assert.equal(saveTexts(view, join(folder, `${word}.bin`)), true);
      most = Math.max(most, view.texts.files.length);
    });
    assert.ok(most > 5 && most < 20, String(most));
    assert.deepEqual(
      codes(view).filter((code) => held.includes(code)),
      held,
    );
    assert.equal(codes(view).length, 42);
    const opened = openTextFiles(view.db, folder);
    assert.equal(opened?.length, view.texts.files.length);
    for (const file of opened) file.close();
    view.close();
  });

  it('are written anew where most of a file is of texts that are no longer there', () => {
    const folder = newLibraryFolder();
    const view = viewOf();
    const long = 'x'.repeat(5000);
    for (let rev = 1; rev < 8; rev++) {
      addFile(view, rev, 'a.ts', `${long}${rev}`);
      saveTexts(view, join(folder, `${rev}.bin`));
    }
    const held = view.texts.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    assert.ok(held < 3 * 5200, String(held));
    assert.match(codes(view).join(), /x7/);
    view.close();
  });

  it('stay readable when another process deletes the file, and are written anew then', () => {
    const folder = newLibraryFolder();
    const view = viewOf(toEvents([fileOf(P, 'a.ts', ['alpha', 'beta'])]));
    const held = codes(view);
    saveTexts(view, join(folder, 'first.bin'));
    fs.rmSync(join(folder, 'first.bin'));
    assert.deepEqual(codes(view), held);
    assert.equal(saveTexts(view, join(folder, 'second.bin')), true);
    assert.deepEqual(fs.readdirSync(folder), ['second.bin']);
    assert.deepEqual(codes(view), held);
    view.close();
  });

  it('stay in memory where the folder cannot be written', () => {
    const folder = newLibraryFolder();
    const view = viewOf(toEvents([fileOf(P, 'a.ts', ['alpha'])]));
    const held = codes(view);
    fs.writeFileSync(join(folder, 'no-folder'), '');
    assert.equal(saveTexts(view, join(folder, 'no-folder', 'first.bin')), false);
    assert.deepEqual(codes(view), held);
    assert.equal(saveTexts(view, join(folder, 'second.bin')), true);
    assert.deepEqual(codes(view), held);
    view.close();
  });

  it('that were altered are told from sound ones', () => {
    const folder = newLibraryFolder();
    const view = viewOf(toEvents([fileOf(P, 'a.ts', ['alpha', 'beta'])]));
    const path = join(folder, 'first.bin');
    saveTexts(view, path);
    const bytes = fs.readFileSync(path);
    bytes.fill('?', bytes.indexOf('alpha'), bytes.indexOf('alpha') + 1);
    fs.writeFileSync(path, bytes);
    assert.equal(countDamaged(view), 1);
    assert.throws(() => codes(view), isDamagedText);
    fs.truncateSync(path, 10);
    assert.equal(countDamaged(view), 2);
    assert.equal(openTextFiles(view.db, folder), undefined);
    view.close();
  });

  it('of no bytes need no file', () => {
    const texts = createLongTexts();
    const nothing = { code: '', before: '', template: '', holes: null };
    assert.deepEqual(texts.read(texts.add(nothing)), nothing);
    assert.equal(texts.pending.end, 0);
  });
});
