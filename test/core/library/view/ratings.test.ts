import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { RatingRecord } from '../../../../src/core/model/patternRow.ts';
import type { EventBody, LibraryEvent } from '../../../../src/core/model/event.ts';
import type { View } from '../../../../src/core/library/view/view.ts';
import { ratingRecords } from '../../../../src/core/library/read/rows.ts';
import {
  fileOf,
  forgetOf,
  idOf,
  patternOf,
  ratingOf,
  restoreOf,
  toEvents,
} from '../../../support/library/libraryEvents.ts';
import { loadViews, shown, viewOf } from '../../../support/library/view.ts';

const P = 'git:1';
const ALPHA = fileOf(P, 'a.ts', ['alpha']);

type Told = Pick<RatingRecord, 'by' | 'rating' | 'standing'>;

/** Who said what, as `ada 5 replaced`, latest first. */
function pastOf(view: View, word: string): readonly string[] {
  const tell = ({ by, rating, standing }: Told): string => `${by} ${String(rating)} ${standing}`;
  return ratingRecords(view.db, idOf(word), 'zoe').map(tell);
}

const past = (...bodies: readonly EventBody[]): readonly string[] =>
  pastOf(shown(ALPHA, ...bodies).view, 'alpha');

describe('the history of ratings', () => {
  before(loadViews);

  it('tells each rating with its person, session, task and time, latest first', () => {
    const { view } = shown(
      ALPHA,
      ratingOf('alpha', 1, null, 'ada'),
      { type: 'rating', pattern: idOf('alpha'), rating: 2, session: 's', task: 't', by: 'bob' },
      ratingOf('alpha', 5, null, 'ada'),
      ratingOf('alpha', null, null, 'ada'),
    );
    const nowhere = { session: null, task: null };
    assert.deepEqual(ratingRecords(view.db, idOf('alpha'), 'zoe'), [
      {
        rating: 5,
        standing: 'withdrawal',
        by: 'ada',
        ...nowhere,
        date: '1970-01-01T00:00:00.004Z',
      },
      { rating: 5, standing: 'takenBack', by: 'ada', ...nowhere, date: '1970-01-01T00:00:00.003Z' },
      {
        ...{ rating: 2, standing: 'inForce', by: 'bob', session: 's', task: 't' },
        date: '1970-01-01T00:00:00.002Z',
      },
      { rating: 1, standing: 'replaced', by: 'ada', ...nowhere, date: '1970-01-01T00:00:00.001Z' },
    ]);
  });

  it('is empty for what nobody rated, in a library where other patterns are rated', () => {
    const { view } = shown(fileOf(P, 'a.ts', ['alpha', 'beta']), ratingOf('beta', 5));
    assert.deepEqual(pastOf(view, 'alpha'), []);
  });

  it('begins anew after a rating was taken back', () => {
    assert.deepEqual(past(ratingOf('alpha', 5), ratingOf('alpha', null), ratingOf('alpha', 4)), [
      'test 4 inForce',
      'test 5 withdrawal',
      'test 5 takenBack',
    ]);
  });

  it('does not say what was taken back when nothing was', () => {
    assert.deepEqual(past(ratingOf('alpha', null)), ['test null withdrawal']);
    assert.deepEqual(past(ratingOf('alpha', 2), ratingOf('alpha', null), ratingOf('alpha', null)), [
      'test null withdrawal',
      'test 2 withdrawal',
      'test 2 takenBack',
    ]);
  });

  it('keeps people and sessions apart', () => {
    assert.deepEqual(
      past(
        ratingOf('alpha', 5, null, 'ada'),
        ratingOf('alpha', 5, null, 'bob'),
        ratingOf('alpha', 4, 's', 'ada'),
        ratingOf('alpha', null, null, 'bob'),
        ratingOf('alpha', 1, null, 'ada'),
      ),
      ['ada 1 inForce', 'bob 5 withdrawal', 'ada 4 inForce', 'bob 5 takenBack', 'ada 5 replaced'],
    );
  });

  it('takes somebody unnamed for whoever rated there under a name', () => {
    const unnamed = ratingOf('alpha', 5, null, 'user');
    assert.deepEqual(past(unnamed, ratingOf('alpha', 4, 's', 'ada')), [
      'ada 4 inForce',
      'user 5 inForce',
    ]);
    assert.deepEqual(past(unnamed, ratingOf('alpha', 4, null, 'ada')), [
      'ada 4 inForce',
      'user 5 replaced',
    ]);
    assert.deepEqual(past(ratingOf('alpha', 4, null, 'ada'), unnamed), [
      'user 5 replaced',
      'ada 4 inForce',
    ]);
    assert.deepEqual(past(unnamed, ratingOf('alpha', null, null, 'ada')), [
      'ada 5 withdrawal',
      'user 5 takenBack',
    ]);
  });

  it('goes along to what code was edited into and to what a near duplicate joined', () => {
    const { view } = shown(
      ALPHA,
      ratingOf('alpha', 5),
      fileOf(P, 'a.ts', ['beta']),
      { type: 'succession', from: idOf('alpha'), to: idOf('beta') },
      ratingOf('beta', 1),
      fileOf(P, 'b.ts', ['gamma']),
      ratingOf('gamma', 4, 's'),
      { type: 'variant', pattern: idOf('gamma'), of: idOf('beta'), cosine: 0.95, overlap: 0.9 },
    );
    assert.deepEqual(pastOf(view, 'beta'), ['test 4 inForce', 'test 1 inForce', 'test 5 replaced']);
  });

  it('outlives forgetting, also for good', () => {
    const rated = [ratingOf('alpha', 5), ratingOf('alpha', 2)];
    const expected = ['test 2 inForce', 'test 5 replaced'];
    assert.deepEqual(past(...rated, forgetOf('alpha'), restoreOf('alpha')), expected);
    const again = [restoreOf('alpha'), patternOf('added', 'alpha')];
    assert.deepEqual(past(...rated, forgetOf('alpha', true), ...again), expected);
  });

  it('[rule 17] goes by revision, then id, never by time', () => {
    const rated = (id: string, rev: number, rating: 1 | 5, at: number): LibraryEvent => ({
      ...ratingOf('alpha', rating),
      ...{ id, rev, at },
    });
    const late = viewOf([rated('w.1', 3, 5, 10), rated('w.2', 2, 1, 99)]);
    const tied = viewOf([rated('w.2', 2, 5, 10), rated('w.1', 2, 1, 99)]);
    for (const view of [late, tied]) {
      assert.deepEqual(pastOf(view, 'alpha'), ['test 5 inForce', 'test 1 replaced']);
    }
  });

  it('[rule 17] is the same in any order and repetition, and counts what the view counts', () => {
    const said = fc
      .tuple(
        fc.constantFrom(1, 4, 5, null),
        fc.constantFrom(null, 's'),
        fc.constantFrom('ada', 'bob', 'user'),
      )
      .map((one) => ratingOf('alpha', ...one));
    const heard = fc.array(said, { minLength: 1, maxLength: 8 }).chain((bodies) => {
      const events = toEvents([ALPHA, ...bodies]);
      const repeated = fc.shuffledSubarray([...events, ...events], {
        minLength: events.length * 2,
      });
      return fc.tuple(fc.constant(events), repeated);
    });
    fc.assert(
      fc.property(heard, ([events, repeated]) => {
        const [view, other] = [viewOf(events), viewOf(repeated)];
        const records = ratingRecords(view.db, idOf('alpha'), 'zoe');
        assert.deepEqual(ratingRecords(other.db, idOf('alpha'), 'zoe'), records);
        assert.equal(records.length, events.length - 1);
        const counted = view.db
          .prepare<[], [number]>('SELECT rating FROM pattern_usage ORDER BY id DESC')
          .all();
        const inForce = records.filter(({ standing }) => standing === 'inForce');
        assert.deepEqual(
          counted,
          inForce.map(({ rating }) => [rating]),
        );
        view.db.close();
        other.db.close();
      }),
      { numRuns: 50 },
    );
  }).timeout(60_000);
});
