import fc from 'fast-check';

import type { EventBody, LibraryEvent } from '../../../src/core/model/event.ts';
import {
  changeOf,
  commitOf,
  fileOf,
  forgetOf,
  idiomOf,
  idiomsOf,
  fragmentOf,
  idOf,
  patternOf,
  ratingOf,
  experienceOf,
  restoreOf,
  outcomeOf,
  sessionOf,
  shownOf,
  useOf,
} from './libraryEvents.ts';

const words = ['alpha', 'beta', 'gamma', 'delta'] as const;
const word = fc.constantFrom(...words);
const project = fc.constantFrom('git:1', 'git:2', 'dir:/x', 'remote:h/x');
const path = fc.constantFrom('a.ts', 'b.ts');

const fragment = fc
  .record({ word, line: fc.nat(3), kept: fc.boolean(), note: fc.constantFrom('', 'x', 'y') })
  .map((one) => fragmentOf(one.word, one.line * 10, one.kept, one.note));

const body: fc.Arbitrary<EventBody> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(project, path, fc.array(fragment, { maxLength: 3 }))
      .map((f) => fileOf(...f)),
  },
  fc.tuple(project, path).map(([p, file]) => fileOf(p, file, undefined)),
  fc
    .tuple(project, fc.array(word, { maxLength: 2 }), fc.subarray(['a.ts', 'b.ts', 'c.ts']))
    .map(([p, found, paths]) =>
      idiomsOf(
        p,
        [...new Set(found)].map((one) => idiomOf(one, paths)),
      ),
    ),
  fc
    .tuple(project, fc.constantFrom('c1', 'c2'), fc.array(word, { maxLength: 2 }))
    .map(([p, commit, changed]) =>
      commitOf(
        p,
        commit,
        changed.map((one) => changeOf(`fix ${one}`)),
      ),
    ),
  fc
    .tuple(project, fc.constantFrom('c1', 'c2', 'c3'), fc.subarray(['c1', 'c2']))
    .map(([p, commit, reverts]): EventBody => ({ type: 'revert', project: p, commit, reverts })),
  fc
    .tuple(project, fc.constantFrom('one', 'two'), fc.array(project, { maxLength: 1 }))
    .map(([key, name, aliases]): EventBody => ({ type: 'project', project: key, name, aliases })),
  fc
    .tuple(fc.constantFrom('kept', 'added', 'imported'), word, fc.constantFrom(null, 'one', 'two'))
    .map((one) => patternOf(...one)),
  fc
    .tuple(
      word,
      fc.constantFrom(1, 4, 5, null),
      fc.constantFrom(null, 's'),
      fc.constantFrom('ada', 'bob', 'user'),
    )
    .map((one) => ratingOf(...one)),
  word.map((one) => useOf(one)),
  fc
    .tuple(
      project,
      fc.constantFrom('codex 1', 'codex 2'),
      fc.subarray([...words]),
      fc.constantFrom('', 'x'),
    )
    .map((one) => experienceOf(...one)),
  fc
    .tuple(fc.subarray(['0011aabb', '2233ccdd']), fc.nat(3))
    .map(([sessions, patterns]): EventBody => ({ type: 'batch', sessions, patterns, pruned: 0 })),
  fc
    .tuple(
      fc.constantFrom('a'.repeat(24), 'b'.repeat(24)),
      fc.constantFrom('ada', 'bob'),
      fc.subarray(['w', 'x', 'writer']),
    )
    .map(([person, name, writers]): EventBody => ({
      ...{ type: 'person', person, name },
      ...{ formerName: name, writers },
    })),
  fc.tuple(word, fc.boolean()).map(([one, forget]) => (forget ? forgetOf(one) : restoreOf(one))),
  fc
    .tuple(project, fc.boolean())
    .map(([p, forget]): EventBody =>
      forget
        ? { type: 'forget', subject: { project: p }, purge: false }
        : { type: 'restore', subject: { project: p } },
    ),
  word.map((one): EventBody => ({ type: 'accept', pattern: idOf(one) })),
  word.map((one): EventBody => ({ type: 'dismiss', pattern: idOf(one), mark: '0a1b2c3d' })),
  fc.tuple(word, word).map(([one, of]): EventBody => ({
    type: 'variant',
    pattern: idOf(one),
    of: idOf(of),
    cosine: 0.95,
    overlap: 0.8,
  })),
  fc
    .tuple(word, word)
    .map(([one, to]): EventBody => ({ type: 'succession', from: idOf(one), to: idOf(to) })),
  fc
    .tuple(word, fc.constantFrom('0a0a0a0a', '1b1b1b1b'), project, fc.boolean())
    .map(([one, version, p, isChange]): EventBody => ({
      ...{ type: 'version', pattern: idOf(one), version, since: 5, projects: [p] },
      ...{ name: one, description: 'was so', tags: [one], code: `${one} code` },
      ...(isChange ? { before: `${one} before` } : { withdrawn: true }),
    })),
  fc
    .tuple(fc.constantFrom('2c2c2c2c', '3d3d3d3d'), word, word, fc.boolean())
    .map(([experiment, one, other, ended]): EventBody => ({
      ...{ type: 'experiment', experiment, ended },
      a: { pattern: idOf(one), version: null },
      b: { pattern: idOf(other), version: '0a0a0a0a' },
    })),
  fc.tuple(word, fc.constantFrom('w', 'v'), fc.nat(5)).map(([one, writer, count]): EventBody => ({
    type: 'impressions',
    writer,
    day: '2026-01-01',
    counts: { [idOf(one)]: count },
  })),
  fc
    .tuple(word, fc.constantFrom('w', 'v'), fc.nat(5), fc.boolean())
    .map(([one, writer, first, held]): EventBody => shownOf(one, { writer, first, held })),
  fc.tuple(word, fc.constantFrom('w', 'v'), fc.nat(5)).map(([one, writer, first]): EventBody => ({
    ...{ type: 'impressions', writer, day: '1970-01-01', counts: { [idOf(one)]: first + 1 } },
    folds: { first: 0, last: first },
  })),
  fc
    .tuple(word, fc.constantFrom('w.1', 'v.2'), fc.constantFrom('accepted', 'reverted', 'edited'))
    .map((one): EventBody => outcomeOf(...one)),
  fc
    .tuple(word, fc.constantFrom('name one', 'name two'), fc.boolean())
    .map(([one, name, tagged]): EventBody => ({
      type: 'edit',
      pattern: idOf(one),
      ...(tagged ? { tags: [name] } : { name }),
    })),
  fc.tuple(project, path, fc.nat(5)).map(([p, file, quarter]): EventBody => ({
    type: 'lastChange',
    project: p,
    path: file,
    commit: `c${quarter}`,
    author: 'a@example.org',
    dateSeconds: quarter * 90 * 24 * 3600,
  })),
  fc.tuple(project, word, fc.nat(3)).map(([p, one, uses]): EventBody => ({
    type: 'measure',
    project: p,
    pattern: idOf(one),
    uses,
    tests: 1,
  })),
  fc
    .tuple(fc.constantFrom('one', 'two'), fc.constantFrom('shop', 'mill'), fc.nat(3))
    .map((one): EventBody => sessionOf(...one)),
  fc.tuple(project, fc.nat(3)).map(([p, version]): EventBody => ({
    type: 'history',
    project: p,
    heads: ['h'],
    sinceSeconds: null,
    version,
  })),
);

/** Events of two writers whose revisions may tie, over four words and as many projects. */
export const anyEvents: fc.Arbitrary<readonly LibraryEvent[]> = fc
  .array(fc.tuple(body, fc.nat(12), fc.constantFrom('v', 'w')), { minLength: 2, maxLength: 25 })
  .map((all) =>
    all.map(([one, rev, writer], index): LibraryEvent => ({
      ...one,
      id: `${writer}.${index}`,
      rev,
      at: index,
    })),
  );
