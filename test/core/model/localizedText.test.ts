import assert from 'node:assert/strict';
import { BadLine } from '../../../src/core/exchange/fields.ts';
import type { ExtractionSummary, ImportSummary } from '../../../src/core/model/api/jobs.ts';
import { AppError } from '../../../src/core/model/errors.ts';
import type { DoctorFinding } from '../../../src/core/model/ports/libraryUpkeep.ts';
import { joined, localized, translated, verbatim } from '../../../src/core/model/localizedText.ts';
import { EngineStopped } from '../../../src/extension/engine/engineErrors.ts';

describe('what is told to people', () => {
  it('is a text and the template and values it is made of', () => {
    assert.deepEqual(localized`there is no pattern ${'ab12'} in ${3} projects`, {
      text: 'there is no pattern ab12 in 3 projects',
      template: 'there is no pattern {0} in {1} projects',
      values: ['ab12', 3],
    });
    assert.deepEqual(localized`it is not a folder`, {
      text: 'it is not a folder',
      template: 'it is not a folder',
      values: [],
    });
  });

  it('may hold what is told itself, which is translated as well', () => {
    const message = localized`${'/a'} cannot be read: ${localized`it is not a folder`}`;
    assert.equal(message.text, '/a cannot be read: it is not a folder');
    assert.equal(translated(message, loudly), '/a CANNOT BE READ: IT IS NOT A FOLDER');
  });

  it('may be several, each translated by itself', () => {
    const all = joined([localized`${'a'} is wrong`, localized`${'b'} is gone`], '; ');
    assert.equal(all.text, 'a is wrong; b is gone');
    assert.equal(translated(all, loudly), 'a IS WRONG; b IS GONE');
  });

  it('leaves the words of other programs as they are, braces and all', () => {
    const message = localized`git ${'log'}: ${verbatim('bad revision {1} {0}')}`;
    assert.equal(message.text, 'git log: bad revision {1} {0}');
    assert.equal(translated(message, loudly), 'GIT log: bad revision {1} {0}');
  });

  it('is the message of an error', () => {
    const message = localized`there is no folder ${'/a'}`;
    for (const error of [
      new AppError('folder-not-found', message),
      new BadLine(message),
      new EngineStopped(message),
    ]) {
      assert.deepEqual([error.message, error.localizedMessage], [message.text, message]);
    }
  });

  it('crosses processes unharmed', () => {
    const message = localized`${'/a'} cannot be read: ${joined([localized`it is not a folder`], '; ')}`;
    assert.deepEqual(structuredClone(message), message);
  });

  it('is the only thing that errors, notes, reasons and findings take', () => {
    // Where plain text would do, this does not compile.
    const refusals: readonly [
      RefusesText<ConstructorParameters<typeof AppError>[1]>,
      RefusesText<ConstructorParameters<typeof BadLine>[0]>,
      RefusesText<ConstructorParameters<typeof EngineStopped>[0]>,
      RefusesText<ExtractionSummary['notes'][number]>,
      RefusesText<ImportSummary['bad'][number]['reason']>,
      RefusesText<DoctorFinding['message']>,
    ] = [true, true, true, true, true, true];
    assert.equal(refusals.length, 6);
  });
});

type RefusesText<Taken> = string extends Taken ? false : true;

/** A language in which every word is in capitals. */
function loudly(template: string, ...values: readonly (string | number)[]): string {
  return template
    .toUpperCase()
    .replaceAll(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));
}
