import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { EventBody, LibraryEvent } from '../../../../src/core/model/event.ts';
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
  restoreOf,
  useOf,
} from '../../../support/library/libraryEvents.ts';
import { addTo, dumpOf, loadViews, shown, viewOf } from '../../../support/library/view.ts';

const P = 'git:1';
const Q = 'git:2';

describe('the view', () => {
  before(loadViews);

  it('[rule 17] is the same for any order, any batches and any repetition of its events', () => {
    fc.assert(
      fc.property(
        anyEvents.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
            fc.integer({ min: 1, max: 8 }),
          ),
        ),
        ([all, shuffled, size]) => {
          const once = viewOf(all);
          const other = viewOf();
          for (let start = 0; start < shuffled.length; start += size) {
            addTo(other, shuffled.slice(start, start + size));
          }
          assert.equal(dumpOf(other), dumpOf(once));
          once.db.close();
          other.db.close();
        },
      ),
      { numRuns: 200 },
    );
  }).timeout(60_000);

  it('[rule 17] orders edits, ratings and forgetting by revision, then id, never by time', () => {
    const rated = (id: string, rev: number, rating: 1 | 5, at: number): LibraryEvent => ({
      ...ratingOf('alpha', rating),
      id,
      rev,
      at,
    });
    const file: LibraryEvent = { ...fileOf(P, 'a.ts', ['alpha']), id: 'w.0', rev: 1, at: 0 };
    const late = viewOf([file, rated('w.1', 3, 5, 10), rated('w.2', 2, 1, 99)]);
    const tied = viewOf([file, rated('w.1', 2, 1, 99), rated('w.2', 2, 5, 10)]);
    for (const view of [late, tied]) {
      const mean = view.db.prepare<[], [number]>('SELECT avg_rating FROM standings').get();
      assert.deepEqual(mean, [5]);
    }
  });
});

describe('the life of a pattern', () => {
  before(loadViews);

  it('counts distinct places over files and projects as support', () => {
    const { pattern } = shown(
      fileOf(P, 'a.ts', [fragmentOf('alpha', 0), fragmentOf('alpha', 20)]),
      fileOf(P, 'b.ts', ['alpha']),
      fileOf(Q, 'a.ts', ['alpha']),
    );
    assert.equal(pattern(idOf('alpha'))?.support, 4);
    assert.equal(pattern(idOf('alpha'))?.occurrences.length, 4);
  });

  it('counts two checkouts of one project once, whichever key came first', () => {
    const { pattern } = shown(
      fileOf('dir:/x', 'a.ts', ['alpha']),
      fileOf('git:1', 'a.ts', ['alpha']),
      { type: 'project', project: 'dir:/x', name: 'x', aliases: ['git:1'] },
    );
    assert.equal(pattern(idOf('alpha'))?.support, 1);
  });

  it('keeps a function that is too simple only while it has three places', () => {
    const simple = fragmentOf('alpha', 0, false);
    const two = [fileOf(P, 'a.ts', [simple]), fileOf(P, 'b.ts', [simple])];
    assert.deepEqual(shown(...two).live, []);
    assert.deepEqual(shown(...two, fileOf(P, 'c.ts', [simple])).live, ['alpha']);
    assert.deepEqual(
      shown(...two, fileOf(P, 'c.ts', [simple]), fileOf(P, 'a.ts', undefined)).live,
      [],
    );
  });

  it('retires the pattern of code that vanished until it returns', () => {
    const there = fileOf(P, 'a.ts', ['alpha']);
    const gone = shown(there, fileOf(P, 'a.ts', undefined));
    assert.deepEqual(gone.live, []);
    assert.equal(gone.pattern(idOf('alpha'))?.state, 'retired');
    assert.deepEqual(shown(there, fileOf(P, 'a.ts', undefined), there).live, ['alpha']);
  });

  it('retires an edited function in favour of the new one, which inherits ratings and edits', () => {
    const { live, pattern } = shown(
      fileOf(P, 'a.ts', ['alpha']),
      ratingOf('alpha', 5),
      { type: 'edit', pattern: idOf('alpha'), tags: ['mine'] },
      fileOf(P, 'a.ts', ['beta']),
      { type: 'succession', from: idOf('alpha'), to: idOf('beta') },
    );
    assert.deepEqual(live, ['beta']);
    const found = pattern(idOf('alpha'));
    assert.equal(found?.id, idOf('beta'));
    assert.equal(found.ratingCount, 1);
    assert.equal(found.successCount, 1);
    assert.deepEqual(found.tags, ['mine']);
  });

  it('makes one pattern of a file that is saved a hundred times', () => {
    const bodies: EventBody[] = [fileOf(P, 'a.ts', ['v0'])];
    for (let save = 1; save <= 100; save++) {
      bodies.push(fileOf(P, 'a.ts', [`v${save}`]));
      bodies.push({ type: 'succession', from: idOf(`v${save - 1}`), to: idOf(`v${save}`) });
    }
    const { live, pattern } = shown(...bodies, ratingOf('v0', 4));
    assert.deepEqual(live, ['v100']);
    assert.equal(pattern(idOf('v0'))?.id, idOf('v100'));
    assert.equal(pattern(idOf('v0'))?.ratingCount, 1);
  });

  it('lets a rating given to the successor replace the one of the same session', () => {
    const { pattern } = shown(
      fileOf(P, 'a.ts', ['beta']),
      { type: 'succession', from: idOf('alpha'), to: idOf('beta') },
      ratingOf('alpha', 5, 's'),
      ratingOf('beta', 1, 's'),
    );
    assert.equal(pattern(idOf('beta'))?.ratingCount, 1);
    assert.equal(pattern(idOf('beta'))?.avgRating, 1);
  });

  it('takes a rating back', () => {
    const { pattern } = shown(
      fileOf(P, 'a.ts', ['alpha']),
      ratingOf('alpha', 5),
      ratingOf('alpha', null),
    );
    assert.equal(pattern(idOf('alpha'))?.ratingCount, 0);
  });

  it('keeps what was rated, edited or shared when its code vanishes, unless a successor lives', () => {
    const kept = [fileOf(P, 'a.ts', ['alpha']), patternOf('kept', 'alpha')];
    assert.deepEqual(shown(...kept, fileOf(P, 'a.ts', undefined)).live, ['alpha']);
    const replaced = shown(...kept, fileOf(P, 'a.ts', ['beta']), {
      type: 'succession',
      from: idOf('alpha'),
      to: idOf('beta'),
    });
    assert.deepEqual(replaced.live, ['beta']);
    assert.equal(replaced.pattern(idOf('alpha'))?.name, 'beta');
  });

  it('ends cycles of successions', () => {
    const edited = (from: string, to: string): EventBody => ({
      type: 'succession',
      from: idOf(from),
      to: idOf(to),
    });
    const there = shown(edited('a', 'b'), edited('b', 'a'), fileOf(P, 'a.ts', ['a']));
    assert.equal(there.pattern(idOf('b'))?.name, 'a');
    const gone = shown(
      fileOf(P, 'a.ts', ['a']),
      fileOf(P, 'a.ts', ['b']),
      edited('a', 'b'),
      fileOf(P, 'a.ts', ['a']),
      edited('b', 'a'),
      fileOf(P, 'a.ts', undefined),
    );
    assert.equal(gone.pattern(idOf('b'))?.name, 'a');
  });

  it('joins a near duplicate to its leader while that lives', () => {
    const both = [fileOf(P, 'a.ts', ['alpha', 'beta']), ratingOf('beta', 5)];
    const joined: EventBody = {
      type: 'variant',
      pattern: idOf('beta'),
      of: idOf('alpha'),
      cosine: 0.95,
      overlap: 0.9,
    };
    const { live, pattern } = shown(...both, joined);
    assert.deepEqual(live, ['alpha']);
    const found = pattern(idOf('beta'));
    assert.equal(found?.name, 'alpha');
    assert.deepEqual(found.variants, [idOf('beta')]);
    assert.equal(found.support, 2);
    assert.equal(found.ratingCount, 1);
    assert.deepEqual(shown(...both, joined, fileOf(P, 'a.ts', ['beta'])).live, ['beta']);
  });

  it('lets the smallest id lead near duplicates that join each other', () => {
    const join = (one: string, of: string): EventBody => ({
      type: 'variant',
      pattern: idOf(one),
      of: idOf(of),
      cosine: 0.95,
      overlap: 0.9,
    });
    const { live, pattern } = shown(
      fileOf(P, 'a.ts', ['alpha', 'beta', 'gamma']),
      join('alpha', 'beta'),
      join('beta', 'alpha'),
      join('gamma', 'beta'),
    );
    const leader = [idOf('alpha'), idOf('beta')].sort()[0] ?? '';
    assert.equal(live.length, 1);
    for (const one of ['alpha', 'beta', 'gamma']) assert.equal(pattern(idOf(one))?.id, leader);
  });

  it('counts a rebased commit once', () => {
    const { pattern } = shown(
      commitOf(P, 'c1', [changeOf('alpha')]),
      commitOf(P, 'c2', [changeOf('alpha')]),
      commitOf(P, 'c3', [changeOf('alpha', 'other.ts')]),
    );
    const found = pattern(idOf('alpha'));
    assert.equal(found?.support, 2);
    assert.deepEqual(
      found.occurrences.map(({ commit }) => commit),
      ['c2', 'c3'],
    );
  });

  it('drops the changes of a commit that history no longer holds', () => {
    assert.deepEqual(shown(commitOf(P, 'c1', [changeOf('a')]), commitOf(P, 'c1', [])).live, []);
  });

  it('shows both texts and the commit of a fix', () => {
    const found = shown(commitOf(P, 'c1', [changeOf('alpha')])).pattern(idOf('alpha'));
    assert.ok(found !== undefined && 'after' in found);
    assert.equal(found.before, 'function alpha() {}');
    assert.match(found.after, /return/);
    assert.equal(found.message, 'Fix it in c1');
    assert.equal(found.confidence, 0.8);
    assert.equal(found.provenance.commit, 'c1');
    assert.equal(found.provenance.date, '2023-11-14T22:13:20.000Z');
    assert.equal(found.source, 'history');
  });

  it('quarantines what was imported until it is accepted or met in own code', () => {
    const imported = patternOf('imported', 'alpha');
    assert.equal(shown(imported).pattern(idOf('alpha'))?.state, 'quarantined');
    assert.equal(shown(imported).pattern(idOf('alpha'))?.pack, 'pack');
    assert.deepEqual(shown(imported, { type: 'accept', pattern: idOf('alpha') }).live, ['alpha']);
    assert.deepEqual(shown(imported, fileOf(P, 'a.ts', ['alpha'])).live, ['alpha']);
  });

  it('does not take code for old because another file has a date in the future', () => {
    const changed = (path: string, dateSeconds: number | null): EventBody => ({
      ...{ type: 'lastChange', project: P, path, commit: 'c1' },
      ...{ author: 'someone@example.org', dateSeconds },
    });
    const stability = (...dates: readonly (number | null)[]): number | undefined => {
      const files = dates.map((date, index) => changed(`${index}.ts`, date));
      const { pattern } = shown(fileOf(P, '0.ts', ['alpha']), ...files);
      return pattern(idOf('alpha'))?.valueSignals['stable'];
    };
    const year = 365 * 24 * 3600;
    assert.equal(stability(year, 250_000_000_000), 0);
    assert.equal(stability(null, year), 0);
    assert.equal(stability(250_000_000_000, year), 0);
    assert.equal(stability(-3 * year, 0), 1);
  });

  it('[rule 18] keeps what was forgotten forgotten when the code is met again', () => {
    const { live, pattern } = shown(
      fileOf(P, 'a.ts', ['alpha']),
      forgetOf('alpha'),
      fileOf(P, 'a.ts', undefined),
      fileOf(P, 'a.ts', ['alpha']),
      fileOf(Q, 'b.ts', ['alpha']),
      patternOf('added', 'alpha'),
    );
    assert.deepEqual(live, []);
    assert.equal(pattern(idOf('alpha'))?.state, 'forgotten');
    assert.deepEqual(
      shown(fileOf(P, 'a.ts', ['alpha']), forgetOf('alpha'), restoreOf('alpha')).live,
      ['alpha'],
    );
  });

  it('[rule 18] forgets all of a project that no other project has', () => {
    const bodies: EventBody[] = [
      { type: 'project', project: P, name: 'mine', aliases: ['dir:/p'] },
      fileOf(P, 'a.ts', ['alpha', 'beta']),
      fileOf(Q, 'a.ts', ['beta']),
      patternOf('kept', 'gamma', 'mine'),
      patternOf('added', 'delta'),
      { type: 'forget', subject: { project: 'dir:/p' }, purge: false },
    ];
    const { live, pattern } = shown(...bodies, fileOf(P, 'b.ts', ['alpha']));
    assert.deepEqual(live, ['beta', 'delta']);
    assert.equal(pattern(idOf('beta'))?.support, 1);
    assert.equal(pattern(idOf('alpha'))?.state, 'forgotten');
    assert.equal(pattern(idOf('gamma'))?.state, 'forgotten');
    const restored = shown(...bodies, { type: 'restore', subject: { project: P } });
    assert.deepEqual(restored.live, ['alpha', 'beta', 'delta', 'gamma']);
    assert.deepEqual(shown(...bodies, restoreOf('alpha')).live, ['alpha', 'beta', 'delta']);
  });

  it('[rule 19] counts impressions by their highest cell of each writer and day', () => {
    const seen = (writer: string, day: string, count: number): EventBody => ({
      type: 'impressions',
      writer,
      day,
      counts: { [idOf('alpha')]: count },
    });
    const { view } = shown(
      fileOf(P, 'a.ts', ['alpha']),
      seen('w', '2026-01-01', 3),
      seen('w', '2026-01-01', 7),
      seen('w', '2026-01-01', 5),
      seen('v', '2026-01-01', 2),
      seen('w', '2026-01-02', 1),
    );
    const count = view.db.prepare<[], [number]>('SELECT impressions FROM patterns').get();
    assert.deepEqual(count, [10]);
  });

  it('[rule 19] counts each use once, under the pattern that is in force', () => {
    const { view } = shown(
      fileOf(P, 'a.ts', ['alpha']),
      useOf('alpha'),
      useOf('alpha'),
      fileOf(P, 'a.ts', ['beta']),
      { type: 'succession', from: idOf('alpha'), to: idOf('beta') },
      useOf('beta', 'bob'),
    );
    const count = view.db
      .prepare<[string], [number]>('SELECT uses FROM patterns WHERE uid = ?')
      .get(idOf('beta'));
    assert.deepEqual(count, [3]);
  });

  it('keeps the ratings of two people apart, each replaced by their own alone', () => {
    const { pattern } = shown(
      fileOf(P, 'a.ts', ['alpha']),
      ratingOf('alpha', 5, null, 'ada'),
      ratingOf('alpha', 1, null, 'bob'),
      ratingOf('alpha', 4, null, 'ada'),
    );
    const found = pattern(idOf('alpha'));
    assert.deepEqual([found?.ratingCount, found?.successCount, found?.avgRating], [2, 1, 2.5]);
  });

  it('takes a rating without a name for that of whoever rated there under a name', () => {
    const unnamed = [fileOf(P, 'a.ts', ['alpha']), ratingOf('alpha', 5, null, 'user')];
    const other = ratingOf('alpha', 1, 's', 'user');
    const counts = (...bodies: EventBody[]): unknown => {
      const { view, pattern } = shown(...unnamed, other, ...bodies);
      const found = pattern(idOf('alpha'));
      const used = view.db.prepare<[], [number]>('SELECT count(*) FROM pattern_usage').get();
      assert.deepEqual(used, [found?.ratingCount]);
      return [found?.ratingCount, found?.avgRating];
    };
    assert.deepEqual(counts(), [2, 3]);
    assert.deepEqual(counts(ratingOf('alpha', 3, null, 'ada')), [2, 2]);
    assert.deepEqual(counts(ratingOf('alpha', null, null, 'ada')), [1, 1]);
  });

  it('stands for its pattern with own code before added and imported text', () => {
    const { pattern } = shown(
      fileOf(P, 'a.ts', [fragmentOf('alpha', 0, true, 'mine')]),
      patternOf('imported', 'alpha'),
      patternOf('kept', 'alpha'),
    );
    const found = pattern(idOf('alpha'));
    assert.ok(found !== undefined && 'code' in found);
    assert.match(found.code, /mine/);
    assert.equal(found.source, 'code');
    assert.equal(found.provenance.path, 'a.ts');
  });
});
