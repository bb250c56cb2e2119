import assert from 'node:assert/strict';

import { createTokenizer } from '../../../../src/core/platform/text/words.ts';
import { toFileRecord } from '../../../../src/core/resolution/localization/fileRecord.ts';
import { fileSignals } from '../../../../src/core/resolution/localization/fileSignals.ts';
import { readIssue } from '../../../../src/core/resolution/localization/issue.ts';
import { toPlaces } from '../../../../src/core/resolution/localization/places.ts';
import { HYBRID, rankFiles } from '../../../../src/core/resolution/localization/rankFiles.ts';

const tokenizer = createTokenizer();

/** Why each file is a place of an issue, by its path, best first. */
function reasonsFor(
  written: string,
  texts: Readonly<Record<string, string>>,
  most = Infinity,
): Readonly<Record<string, readonly string[]>> {
  const issue = readIssue(written);
  const candidates = Object.entries(texts).map(([path, text]) => ({
    path,
    record: toFileRecord(text, undefined, tokenizer),
  }));
  const ranked = rankFiles(candidates, fileSignals(issue, candidates, tokenizer), HYBRID);
  return Object.fromEntries(
    toPlaces({ issue, candidates, tokenizer }, ranked.slice(0, most), []).map(({ path, why }) => [
      path,
      why.map(({ text }) => text),
    ]),
  );
}

describe('reasons of places', () => {
  it('name each word of the title once, and none that says nothing', () => {
    const told = reasonsFor("CookieJar shouldn't get lost after all", {
      'jar.py': 'class CookieJar: pass  # get after all, shouldn t',
      'other.py': 'x = 1',
      'third.py': 'y = 2',
      'last.py': 'z = lost',
    });
    const [reason = ''] = told['jar.py']?.filter((one) => one.includes('from the title')) ?? [];
    assert.deepEqual(reason.match(/\b(?:CookieJar|get|after|all|shouldn|t)\b/g)?.sort(), [
      'CookieJar',
    ]);
  });

  it('name the word that the best files have in common, where other files do not', () => {
    const others = Array.from({ length: 12 }, (_, at) => [`other${at}.py`, `x = ${at}`] as const);
    const told = reasonsFor(
      'Nested Piecewise drops a condition',
      {
        'piecewise.py': 'Piecewise = nested',
        'fold.py': 'fold(Piecewise, nested)',
        'solve.py': 'Piecewise + 1',
        ...Object.fromEntries(others),
      },
      3,
    );
    assert.equal(Object.keys(told).length, 3);
    for (const why of Object.values(told)) assert.match(why.join(), /Piecewise/);
  });

  it('name a verb that is written as code is', () => {
    const told = reasonsFor('Calling `handle` twice adds a parcel', {
      'handle/desk.py': 'x = 2',
      'second.py': 'x = 1',
      'third.py': 'parcel = adds',
    });
    assert.match(told['handle/desk.py']?.join() ?? '', /its path contains handle/);
    assert.doesNotMatch(told['third.py']?.join() ?? '', /adds/);
  });

  it('are never missing, also where all files have the words', () => {
    const told = reasonsFor('The parcel is late', {
      'first.py': 'parcel = late',
      'second.py': 'late = parcel',
      'third.py': 'parcel(late)',
    });
    for (const why of Object.values(told)) assert.equal(why.length, 1);
  });

  it('put the file first in which a traceback ends within the project', () => {
    const told = reasonsFor(
      [
        'parse of the request fails in the app',
        'File "/x/shop/request.py", line 8, in load_request',
        'File "/x/shop/parser.py", line 9, in read',
        'File "/lib/other/request.py", line 7, in feed',
      ].join('\n'),
      {
        'shop/request.py': 'def load_request(request, app): parse(request, app)',
        'shop/app.py': 'def app(request): return load_request(request, parse)',
        'shop/parser.py': 'def read(request): feed(parse)',
      },
    );
    assert.equal(Object.keys(told)[0], 'shop/parser.py');
  });
});
