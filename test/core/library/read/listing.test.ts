import assert from 'node:assert/strict';
import fc from 'fast-check';

import { createListing } from '../../../../src/core/library/read/listing.ts';
import type { View } from '../../../../src/core/library/view/view.ts';
import { patternRows, ratingRecords, thumbsOf } from '../../../../src/core/library/read/rows.ts';
import { FIND_ORDERS } from '../../../../src/core/model/api/find.ts';
import type { EventBody } from '../../../../src/core/model/event.ts';
import type { Listing } from '../../../../src/core/model/ports/listing.ts';
import { anyEvents } from '../../../support/library/anyEvents.ts';
import {
  changeOf,
  commitOf,
  fileOf,
  forgetOf,
  fragmentOf,
  idOf,
  patternOf,
  ratingOf,
  toEvents,
} from '../../../support/library/libraryEvents.ts';
import { addTo, loadViews, shown, viewOf } from '../../../support/library/view.ts';

const P = 'git:1';
const Q = 'git:2';

const everything = (listing: Listing): unknown =>
  (['live', 'quarantined'] as const).map((state) =>
    FIND_ORDERS.map((order) => listing.rows(state, order)),
  );

const names = (listing: Listing, order: (typeof FIND_ORDERS)[number]): readonly string[] =>
  listing.rows('live', order).map(({ tags }) => tags.find((tag) => tag !== 'sample') ?? '');

function projectNamed(project: string, name: string): EventBody {
  return { type: 'project', project, name, aliases: [] };
}

function usesOf(view: View): ReadonlyMap<string, number> {
  return new Map(
    view.db.prepare<[], [string, number]>('SELECT uid, usage_count FROM patterns').all(),
  );
}

describe('the listing', () => {
  before(loadViews);

  it('knows the code of a change that is too simple to be a pattern', () => {
    const change = { ...changeOf('a fix'), qualifiedName: 'alpha' };
    const events = toEvents([
      fileOf(P, 'a.ts', [fragmentOf('alpha', 0, false)]),
      commitOf(P, 'c'.repeat(40), [change]),
      fileOf(P, 'a.ts', ['beta']),
    ]);
    const view = viewOf(events.slice(0, 2));
    const listing = createListing({ view }, () => 'me');
    assert.equal(listing.symbols().isGone(change.id), false);
    addTo(view, events.slice(2));
    assert.equal(listing.symbols().isGone(change.id), true);
    view.close();
  });

  it('that follows a view is the one made anew from it', () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 1, max: 8 }), (all, size) => {
        const view = viewOf();
        const listing = createListing({ view }, () => 'me');
        for (let start = 0; start < all.length; start += size) {
          addTo(view, all.slice(start, start + size));
          assert.deepEqual(everything(listing), everything(createListing({ view }, () => 'me')));
        }
        view.db.close();
      }),
      { numRuns: 60 },
    );
  });

  it('has the ratings that the view counts', () => {
    fc.assert(
      fc.property(anyEvents, (all) => {
        const view = viewOf(all);
        const uses = usesOf(view);
        const ids = view.db.prepare<[], [string]>('SELECT uid FROM patterns').all();
        for (const row of patternRows(
          { db: view.db, listing: createListing({ view }, () => 'me') },
          ids.map(([id]) => id),
          'ada',
        )) {
          // A pattern that leads elsewhere has no ratings of its own in the exported table.
          const isTarget = view.db
            .prepare<[string], [number]>('SELECT target = uid FROM standings WHERE uid = ?')
            .get(row.id);
          if (isTarget?.[0] !== 1) continue;
          assert.equal(row.ratingCount, uses.get(row.id) ?? 0);
          const counting = ratingRecords(view.db, row.id, 'zoe').filter(
            ({ standing }) => standing === 'inForce',
          );
          assert.equal(counting.length, row.ratingCount);
        }
        view.db.close();
      }),
      { numRuns: 60 },
    );
  });

  it('is in descending order of what was asked for, ties by value', () => {
    const { view } = shown(
      projectNamed(P, 'shop'),
      fileOf(P, 'a.ts', ['alpha', 'beta']),
      fileOf(P, 'b.ts', ['beta']),
      fileOf(P, 'c.ts', ['gamma']),
      commitOf(P, 'c1', [{ ...changeOf('delta'), tags: ['delta'] }]),
      ratingOf('alpha', 1),
      ratingOf('gamma', 5),
      {
        type: 'lastChange',
        project: P,
        path: 'c.ts',
        commit: 'c2',
        author: 'a@example.org',
        dateSeconds: 1_800_000_000,
      },
    );
    const listing = createListing({ view }, () => 'me');
    assert.deepEqual(names(listing, 'support').slice(0, 1), ['beta']);
    assert.deepEqual(names(listing, 'success').slice(0, 1), ['gamma']);
    assert.deepEqual(names(listing, 'success').slice(-1), ['alpha']);
    assert.deepEqual(names(listing, 'newest').slice(0, 2), ['gamma', 'delta']);
    const values = listing.rows('live', 'value').map(({ value }) => value);
    assert.deepEqual(
      values,
      values.toSorted((a, b) => b - a),
    );
    assert.deepEqual(listing.rows('live', 'relevance'), listing.rows('live', 'value'));
  });

  it('keeps what is quarantined apart, and leaves out what is forgotten', () => {
    const { view } = shown(
      fileOf(P, 'a.ts', ['alpha', 'beta']),
      patternOf('imported', 'gamma', 'theirs'),
      forgetOf('beta'),
    );
    const listing = createListing({ view }, () => 'me');
    assert.deepEqual(names(listing, 'value'), ['alpha']);
    const [imported, ...more] = listing.rows('quarantined', 'value');
    assert.deepEqual([imported?.id, imported?.projects, more], [idOf('gamma'), ['theirs'], []]);
  });

  it('names the projects of a pattern and of its variants, forgotten ones left out', () => {
    const view = viewOf(
      toEvents([
        projectNamed(P, 'shop'),
        projectNamed(Q, 'bank'),
        fileOf(P, 'a.ts', ['alpha']),
        fileOf(Q, 'b.ts', ['beta']),
        { type: 'variant', pattern: idOf('beta'), of: idOf('alpha'), cosine: 1, overlap: 1 },
      ]),
    );
    const listing = createListing({ view }, () => 'me');
    const projects = (): readonly (readonly string[])[] =>
      listing
        .rows('live', 'value')
        .map((row) => row.projects.map((key) => listing.projectTitle(key)).toSorted());
    assert.deepEqual(projects(), [['bank', 'shop']]);
    const later = (body: EventBody, rev: number): void => {
      addTo(view, [{ ...body, id: `x.${rev}`, rev, at: rev }]);
    };
    later(projectNamed(Q, 'vault'), 20);
    assert.deepEqual(projects(), [['shop', 'vault']]);
    later({ type: 'forget', subject: { project: Q }, purge: false }, 21);
    assert.deepEqual(projects(), [['shop']]);
  });

  it('says that there is no such project and which ones are near, but passes a stale key', () => {
    const view = viewOf(
      toEvents([
        projectNamed(P, 'shop'),
        projectNamed('git:3', 'webshop'),
        projectNamed(Q, 'bank'),
        fileOf(P, 'a.ts', ['alpha']),
        { type: 'forget', subject: { project: Q }, purge: false },
      ]),
    );
    const listing = createListing({ view }, () => 'me');
    const asking =
      (...any: string[]) =>
      (): unknown =>
        listing.resolve({ project: { any } });
    assert.throws(asking('shp'), {
      code: 'project-not-found',
      message: 'there is no project shp; did you mean shop?',
    });
    assert.throws(asking('hop'), /did you mean shop, webshop\?$/);
    assert.throws(() => listing.resolve({ project: { not: ['nosuch'] } }), {
      code: 'project-not-found',
      message: 'there is no project nosuch',
    });
    assert.throws(asking('shop', 'bank'), {
      code: 'project-forgotten',
      message: 'the project bank was forgotten',
    });
    assert.deepEqual(asking('shop', 'git:gone')(), { project: { any: [P, 'git:gone'] } });
  });

  it('leaves out tags that more than a tenth of a project has, and takes them back', () => {
    const view = viewOf();
    const listing = createListing({ view }, () => 'me');
    const put = (path: string, count: number, tags: readonly string[], rev: number): void => {
      const words = Array.from({ length: count }, (_, at) => `${path}${at}`);
      const fragments = words.map((word) => ({ ...fragmentOf(word), tags }));
      addTo(view, [{ ...fileOf(P, path, words), fragments, id: `x.${rev}`, rev, at: rev }]);
    };
    const held = (tag: string): number =>
      listing.rows('live', 'value').filter(({ tags }) => tags.includes(tag)).length;
    put('a.ts', 20, ['loop', 'typescript'], 1);
    put('b.ts', 3, ['retry'], 2);
    assert.deepEqual([held('loop'), held('retry'), held('typescript')], [0, 0, 20]);
    put('c.ts', 10, [], 3);
    assert.deepEqual([held('loop'), held('retry')], [0, 3]);
    const anew = createListing({ view }, () => 'me');
    assert.deepEqual(everything(listing), everything(anew));
    const filter = { tag: { any: ['retry'] } };
    assert.equal(listing.matching(listing.rows('live', 'value'), filter).length, 3);
    put('b.ts', 4, ['retry'], 4);
    assert.deepEqual([held('retry'), listing.tagsOf(idOf('b.ts0'))], [0, []]);
  });

  it('keeps tags that somebody gave, however many have them', () => {
    const { view } = shown(...['alpha', 'beta', 'gamma'].map((word) => patternOf('added', word)));
    const listing = createListing({ view }, () => 'me');
    const tagged = listing.rows('live', 'value').filter(({ tags }) => tags.includes('sample'));
    assert.equal(tagged.length, 3);
  });
});

describe('rows of a list', () => {
  before(loadViews);

  it('tell thumbs up and down, and the own one of no session and task', () => {
    const { view } = shown(
      fileOf(P, 'a.ts', ['alpha']),
      ratingOf('alpha', 4, null, 'ada'),
      ratingOf('alpha', 1, 's', 'ada'),
      ratingOf('alpha', 2, null, 'bob'),
      ratingOf('alpha', 3, null, 'eve'),
    );
    const thumbs = (person: string): unknown => thumbsOf(view.db, idOf('alpha'), person);
    assert.deepEqual(thumbs('ada'), { up: 1, down: 2, own: 4 });
    assert.deepEqual(thumbs('bob'), { up: 1, down: 2, own: 2 });
    assert.deepEqual(thumbs('zoe'), { up: 1, down: 2, own: null });
  });

  it('take a rating without a name for one’s own until somebody rates under a name', () => {
    const unnamed = [fileOf(P, 'a.ts', ['alpha']), ratingOf('alpha', 5, null, 'user')];
    const own = (...bodies: EventBody[]): unknown =>
      thumbsOf(shown(...unnamed, ...bodies).view.db, idOf('alpha'), 'ada');
    assert.deepEqual(own(), { up: 1, down: 0, own: 5 });
    assert.deepEqual(own(ratingOf('alpha', 1, null, 'ada')), { up: 0, down: 1, own: 1 });
    assert.deepEqual(own(ratingOf('alpha', null, null, 'ada')), { up: 0, down: 0, own: null });
  });

  it('have the date of the file, of the commit, or of the day they were added', () => {
    const { view } = shown(
      fileOf(P, 'a.ts', ['alpha', fragmentOf('beta', 20)]),
      fileOf(P, 'b.ts', ['gamma']),
      commitOf(P, 'c1', [changeOf('delta')]),
      patternOf('added', 'epsilon'),
      {
        type: 'lastChange',
        project: P,
        path: 'a.ts',
        commit: 'c2',
        author: 'a@example.org',
        dateSeconds: 1_600_000_000,
      },
    );
    const dates = patternRows(
      { db: view.db, listing: createListing({ view }, () => 'me') },
      ['alpha', 'beta', 'gamma', 'delta', 'epsilon'].map(idOf),
      'ada',
    ).map(({ name, date }) => [name, date]);
    assert.deepEqual(dates, [
      ['alpha', '2020-09-13T12:26:40.000Z'],
      ['beta', '2020-09-13T12:26:40.000Z'],
      ['gamma', null],
      ['delta', '2023-11-14T22:13:20.000Z'],
      ['epsilon', '1970-01-01T00:00:00.000Z'],
    ]);
  });
});
