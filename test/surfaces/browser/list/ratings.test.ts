import assert from 'node:assert/strict';
import type { PatternDetail } from '../../../../src/core/model/api/patterns.ts';
import type { PatternRow, RatingRecord } from '../../../../src/core/model/patternRow.ts';
import type { Pattern } from '../../../../src/core/model/pattern.ts';
import { drawRatings } from '../../../../webview-ui/detail/ratingsView.ts';
import { createFormat } from '../../../../webview-ui/text/format.ts';
import { drawnText } from '../drawnText.ts';

const NOW_MS = Date.parse('2026-06-15T12:00:00Z');
const DAY_MS = 86_400_000;

const given = (told: Partial<RatingRecord>): RatingRecord => ({
  rating: 5,
  standing: 'inForce',
  by: 'ada',
  session: null,
  task: null,
  date: new Date(NOW_MS - DAY_MS).toISOString(),
  ...told,
});

function drawn(...ratings: readonly RatingRecord[]): string {
  const ratingCount = ratings.filter(({ standing }) => standing === 'inForce').length;
  const successRate = { mean: 0.7, low: 0.26, high: 0.98, weight: 0 };
  const pattern = { ratingCount, successRate } as Pattern;
  const row = { thumbs: { up: 0, down: 0, own: null } } as PatternRow;
  const detail: PatternDetail = {
    pattern,
    row,
    ratings,
    impressions: 0,
    uses: 0,
    variants: [],
    changes: [],
    siblings: [],
    tests: [],
    deviations: [],
  };
  return drawnText(drawRatings({ format: createFormat('en', NOW_MS) }, detail));
}

/** The lines of the history, each from its icon to its place. */
function lines(...ratings: readonly RatingRecord[]): readonly string[] {
  return drawn(...ratings)
    .split('<li class="rating">')
    .slice(1)
    .map((line) => line.replace(/<\/li>.*/, ''));
}

describe('the ratings on the page of a pattern', () => {
  it('say who rated it how, when, for which task and in which session', () => {
    const [line, ...others] = lines(given({ task: 'fix-12', session: 's1' }));
    assert.deepEqual(others, []);
    assert.equal(
      line,
      '<span class="codicon codicon-thumbsup-filled" aria-hidden="true"></span>' +
        '<div class="rating-line"><span class="rating-said"><span>5 of 5</span></span>' +
        '<span class="rating-source"><span>ada</span>' +
        '<time datetime=2026-06-14T12:00:00.000Z title=June 14, 2026> yesterday </time>' +
        '</span></div>' +
        '<span class="rating-place">Task fix-12, session s1</span>',
    );
    assert.match(lines(given({ task: 'fix-12' }))[0] ?? '', />Task fix-12</);
    assert.match(lines(given({ session: 's1' }))[0] ?? '', />Session s1</);
  });

  it('strike through what no longer counts and say so in words', () => {
    const [replaced = '', takenBack = '', counting = ''] = lines(
      given({ rating: 1, standing: 'replaced' }),
      given({ rating: 4, standing: 'takenBack' }),
      given({ rating: 3 }),
    );
    assert.match(replaced, /-thumbsdown".*<s>1 of 5<\/s><span class="faint">replaced</);
    assert.match(takenBack, /-thumbsup".*<s>4 of 5<\/s><span class="faint">taken back</);
    assert.match(counting, /-circle-filled".*<span>3 of 5<\/span>/);
    assert.doesNotMatch(counting, /<s>|faint/);
  });

  it('name what was taken back, or that it is not known', () => {
    const [known = '', unknown = ''] = lines(
      given({ rating: 2, standing: 'withdrawal' }),
      given({ rating: null, standing: 'withdrawal' }),
    );
    assert.match(known, /-discard".*>Removed 2 of 5</);
    assert.match(unknown, /-discard".*>Removed a rating that is not on record</);
  });

  it('do not call a pattern never rated whose ratings were all taken back', () => {
    const past = [given({ standing: 'withdrawal' }), given({ standing: 'takenBack' })];
    assert.match(drawn(...past), /No current ratings/);
    assert.doesNotMatch(drawn(...past), /Not rated yet/);
    assert.match(drawn(), /Not rated yet/);
    assert.doesNotMatch(drawn(), /<ul/);
  });

  it('fold away all but the latest five', () => {
    const past = Array.from({ length: 12 }, (_, age) => given({ by: `person ${age}` }));
    const [latest = '', earlier = ''] = drawn(...past).split('<details class="rest">');
    assert.deepEqual(
      latest.match(/person \d+/g),
      [0, 1, 2, 3, 4].map((age) => `person ${age}`),
    );
    assert.match(earlier, /<summary>7 earlier<\/summary>/);
    assert.equal(earlier.match(/person \d+/g)?.length, 7);
    assert.doesNotMatch(drawn(...past.slice(0, 5)), /class="rest"/);
  });
});
