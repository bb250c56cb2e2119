import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import type { CommitEvent, EventBody, RecordedChange } from '../../../../src/core/model/event.ts';
import { nodeFileSystem } from '../../../../src/core/platform/fileSystem.ts';
import { encodeLine } from '../../../../src/core/library/journal/line.ts';
import { FACTS } from '../../../../src/core/library/facts/all.ts';
import type { Purged } from '../../../../src/core/library/facts/purge.ts';
import { textRemains } from '../../../../src/core/library/journal/compact/purgeScan.ts';
import { scanJournal } from '../../../../src/core/library/journal/scan.ts';
import {
  compact,
  fileOf,
  fragment,
  newJournalFolder,
  openTestJournal,
  rating,
  readAll,
  removeLibraries,
  winnersOf,
  withFaults,
} from '../../../support/library/journal.ts';
import { errnoError } from '../../../support/memoryFileSystem.ts';
import { NOWHERE } from '../../../../src/core/model/pattern.ts';

const SECRET = 'nobody-may-read-this';

const forget = (pattern: string, purge = true): EventBody => ({
  type: 'forget',
  subject: { pattern },
  purge,
});
const forgetProject = (project: string): EventBody => ({
  type: 'forget',
  subject: { project },
  purge: true,
});
const restore = (pattern: string): EventBody => ({ type: 'restore', subject: { pattern } });

function secretFragment(id: string): ReturnType<typeof fragment> {
  return fragment(id, { code: SECRET, name: SECRET, description: SECRET, signature: SECRET });
}

function change(id: string, options: Partial<RecordedChange> = {}): RecordedChange {
  const { kept, ...text } = fragment(id);
  assert.ok(kept);
  return { ...text, kind: 'fix', before: `old ${id}`, path: 'a.py', confidence: 1, ...options };
}

function commitOf(...changes: readonly RecordedChange[]): CommitEvent {
  return {
    type: 'commit',
    project: 'git:root',
    commit: 'c1',
    author: 'a@example.org',
    dateSeconds: 0,
    message: `message ${SECRET}`,
    testsChanged: false,
    issues: ['#1'],
    changes,
  };
}

function patternOf(id: string): EventBody {
  const { kept, qualifiedName, range, ...text } = secretFragment(id);
  assert.ok(kept && qualifiedName && range);
  return { type: 'pattern', origin: 'added', text, provenance: [] };
}

/** Whether any file in the folder holds the secret, temporary ones included. */
function holdsSecret(folder: string): boolean {
  return fs
    .readdirSync(folder)
    .some((name) => fs.readFileSync(join(folder, name)).includes(SECRET));
}

/** Appends in a process of its own that has read everything before. */
function record(folder: string, ...bodies: readonly EventBody[]): void {
  const journal = openTestJournal(folder);
  journal.scan(new Map(), () => undefined);
  journal.append(bodies);
}

const patterns = (...ids: string[]): Purged => ({
  patterns: new Set(ids),
  projects: new Set(),
  projectNames: new Set(),
  keptPatterns: new Set(),
});

describe('forgetting for good', () => {
  afterEach(removeLibraries);

  it('[rule 23] takes the text out of every kind of event, live files included', () => {
    const folder = newJournalFolder();
    const living = openTestJournal(folder);
    living.append([
      fileOf('a.py', [secretFragment('gone'), fragment('stays', rangeOf(10, 15))]),
      commitOf(change('gone', { code: SECRET, before: SECRET })),
      patternOf('gone'),
      { type: 'edit', pattern: 'gone', description: SECRET },
      rating('gone'),
    ]);
    openTestJournal(folder).append([fileOf('b.py', [secretFragment('gone')])]);
    fs.writeFileSync(join(folder, 'left.tmp'), SECRET);
    living.append([forget('gone')]);
    assert.equal(textRemains({ folder, fileSystem: nodeFileSystem }, undefined), true);

    assert.equal(compact(folder, { purge: true }).purgePending, false);
    assert.equal(holdsSecret(folder), false);
    assert.equal(textRemains({ folder, fileSystem: nodeFileSystem }, undefined), false);
    const events = readAll(folder);
    assert.deepEqual(events.map(({ type }) => type).sort(), [
      'commit',
      'file',
      'file',
      'forget',
      'rating',
    ]);
    const kept = events.flatMap((event) => (event.type === 'file' ? event.fragments : []));
    assert.deepEqual(kept, [fragment('stays', rangeOf(10, 15))]);
    living.append([rating('other')]);
    assert.equal(readAll(folder).length, 6);
  });

  it('[rule 23] keeps a tombstone that holds nothing but the id', () => {
    const folder = newJournalFolder();
    openTestJournal(folder).append([patternOf('gone'), forget('gone')]);
    compact(folder, { purge: true });
    const [tombstone, ...others] = readAll(folder);
    assert.deepEqual(others, []);
    assert.deepEqual(Object.keys(tombstone ?? {}).sort(), [
      'at',
      'id',
      'purge',
      'rev',
      'subject',
      'type',
    ]);
  });

  it('[rule 23] takes the text out of copies that come back later', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    const [file] = journal.append([fileOf('a.py', [secretFragment('gone')])]);
    const backup = fs.readFileSync(join(folder, fs.readdirSync(folder)[0] ?? ''));
    journal.append([forget('gone')]);
    compact(folder, { purge: true });
    fs.writeFileSync(join(folder, 'backup.sealed'), backup);
    const winner = [...winnersOf(readAll(folder)).values()].find(({ type }) => type === 'file');
    assert.equal(winner?.id, `${file?.id}~`);
    assert.equal(compact(folder).purgePending, false);
    assert.equal(holdsSecret(folder), false);
  });

  it('[rule 23] is pending while a file of another host holds the text', () => {
    const folder = newJournalFolder();
    const theirs = openTestJournal(folder, { machine: { host: 'x', boot: 'y' } });
    theirs.append([fileOf('a.py', [secretFragment('gone')])]);
    openTestJournal(folder).append([forget('gone')]);
    assert.equal(compact(folder, { purge: true }).purgePending, true);
    assert.equal(compact(folder).purgePending, true);
    theirs.close();
    assert.equal(compact(folder, { purge: true }).purgePending, false);
    assert.equal(holdsSecret(folder), false);
  });

  it('[rule 23] honours a tombstone in a file that it may not seal', () => {
    const folder = newJournalFolder();
    openTestJournal(folder).append([fileOf('a.py', [secretFragment('gone')])]);
    openTestJournal(folder, { machine: { host: 'x', boot: 'y' } }).append([forget('gone')]);
    assert.equal(compact(folder, { purge: true }).purgePending, false);
    assert.equal(holdsSecret(folder), false);
  });

  it('[rule 23] is pending while a file cannot be deleted or read', () => {
    const folder = newJournalFolder();
    openTestJournal(folder).append([patternOf('gone'), forget('gone')]);
    const refuse = (): never => {
      throw errnoError('EPERM');
    };
    const stuck = compact(folder, { purge: true, fileSystem: withFaults({ remove: refuse }) });
    assert.equal(stuck.purgePending, true);
    assert.equal(compact(folder, { purge: true }).purgePending, false);
    fs.mkdirSync(join(folder, 'unreadable.sealed'));
    assert.equal(compact(folder, { purge: true }).purgePending, true);
  });

  it('[rule 23] is pending while an event of a later version names the pattern', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    journal.append([forget('gone')]);
    const line = encodeLine({ type: 'dream', about: 'gone', text: SECRET });
    fs.appendFileSync(join(folder, fs.readdirSync(folder)[0] ?? ''), line);
    assert.equal(compact(folder, { purge: true }).purgePending, true);
  });

  it('[rule 23] beats a compactor that began before with the text in its hands', () => {
    const folder = newJournalFolder();
    record(folder, fileOf('a.py', [secretFragment('gone')]));
    let isArmed = true;
    const purge = (): void => {
      if (!isArmed) return;
      isArmed = false;
      record(folder, forget('gone'));
      assert.equal(compact(folder, { purge: true }).purgePending, false);
    };
    const atRename = withFaults({
      rename: (from, to) => {
        if (to.endsWith('.base')) purge();
        nodeFileSystem.rename(from, to);
      },
    });
    compact(folder, { fileSystem: atRename });
    assert.equal(holdsSecret(folder), false);

    record(folder, restore('gone'));
    record(folder, fileOf('a.py', [secretFragment('gone')]));
    isArmed = true;
    const atCreate = withFaults({
      create: (path) => {
        purge();
        return nodeFileSystem.create(path);
      },
    });
    compact(folder, { fileSystem: atCreate });
    assert.equal(holdsSecret(folder), false);
  });

  it('lets those who know the inputs read a base whose text was purged', () => {
    const folder = newJournalFolder();
    openTestJournal(folder).append([fileOf('a.py', [secretFragment('gone')]), forget('gone')]);
    const journal = { folder, fileSystem: nodeFileSystem };
    const { offsets } = scanJournal(journal, new Map(), () => undefined);
    compact(folder, { purge: true });
    assert.equal(scanJournal(journal, offsets, () => undefined).events, 2);
  });

  it('purges a project under each of its keys, but not its name', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    journal.append([
      { type: 'project', project: 'git:root', name: 'shop', aliases: ['dir:x'] },
      fileOf('a.py', [secretFragment('a')]),
      commitOf(change('b', { code: SECRET })),
      { type: 'history', project: 'git:root', heads: ['h'], sinceSeconds: null, version: 1 },
      { ...fileOf('other.py', [fragment('c')]), project: 'git:other' },
      forgetProject('dir:x'),
    ]);
    assert.equal(compact(folder, { purge: true }).purgePending, false);
    assert.equal(holdsSecret(folder), false);
    const left = readAll(folder).map((event) => event.type);
    assert.deepEqual(left.sort(), ['file', 'forget', 'project']);
  });
});

describe('what is purged', () => {
  afterEach(removeLibraries);

  const inForce = (...bodies: readonly EventBody[]): ReturnType<typeof reasonsOf> =>
    reasonsOf(bodies);

  it('needs a purge that no restore took back, whatever the order of reading', () => {
    assert.deepEqual(inForce(forget('p')).patterns, ['p']);
    assert.deepEqual(inForce(forget('p', false)).patterns, []);
    assert.deepEqual(inForce(forget('p'), restore('p')).patterns, []);
    assert.deepEqual(inForce(forget('p'), restore('p'), forget('p')).patterns, ['p']);
    assert.deepEqual(inForce(forget('p'), forget('p', false)).patterns, ['p']);
    assert.deepEqual(inForce(forget('p'), restore('p'), forget('p', false)).patterns, []);
  });

  it('joins the keys of a project over any number of steps', () => {
    const alias = (project: string, ...aliases: string[]): EventBody => ({
      type: 'project',
      project,
      name: 'n',
      aliases,
    });
    const names = [alias('a', 'b'), alias('c', 'd'), alias('b', 'c'), alias('x', 'y')];
    assert.deepEqual(inForce(...names, forgetProject('d')).projects, ['a', 'b', 'c', 'd']);
    const back: EventBody = { type: 'restore', subject: { project: 'a' } };
    assert.deepEqual(inForce(...names, forgetProject('d'), back).projects, []);
  });

  it('takes what was kept from purged projects alone, and what was said of it', () => {
    const kept = (id: string, ...projects: readonly string[]): EventBody => ({
      type: 'pattern',
      origin: 'kept',
      text: secretFragment(id),
      provenance: projects.map((project) => ({ ...NOWHERE, project })),
    });
    const edit = (pattern: string): EventBody => ({ type: 'edit', pattern, description: SECRET });
    const named = (project: string, name: string): EventBody => ({
      type: 'project',
      project,
      name,
      aliases: [],
    });
    const folder = newJournalFolder();
    openTestJournal(folder).append([
      ...[named('git:a', 'shop'), named('git:b', 'bank'), named('git:c', 'bank')],
      ...[kept('p', 'shop'), kept('q', 'shop', 'bank'), kept('r', 'bank'), kept('s')],
      ...['p', 'q', 'r', 's'].map(edit),
      ...[forgetProject('git:a'), forgetProject('git:b')],
    ]);
    compact(folder, { purge: true });
    const left = readAll(folder).flatMap((event) =>
      event.type === 'pattern' ? [event.text.id] : event.type === 'edit' ? [event.pattern] : [],
    );
    assert.deepEqual(left.sort(), ['q', 'q', 'r', 'r', 's', 's']);
  });

  it('takes fragments inside a purged one along and marks its place in those around it', () => {
    const code = ['class A:', '  def f():', '    secret', '  def g():', '    fine'].join('\n');
    const body = fileOf('a.py', [
      fragment('outer', { ...rangeOf(10, 15), code }),
      fragment('gone', rangeOf(11, 13)),
      fragment('inner', rangeOf(12, 13)),
      fragment('beside', rangeOf(13, 15)),
    ]);
    const reduced = FACTS.withoutPurged(body, patterns('gone'));
    assert.ok(reduced?.type === 'file');
    assert.deepEqual(
      reduced.fragments.map((one) => [one.id, one.code]),
      [
        ['outer', ['class A:', '[purged]', '  def g():', '    fine'].join('\n')],
        ['beside', 'code of beside'],
      ],
    );
    assert.equal(reduced.contentHash, '');
    assert.equal(FACTS.withoutPurged(reduced, patterns('gone')), reduced);
  });

  it('keeps the message of a commit as long as one of its changes stays', () => {
    const body = commitOf(
      change('gone'),
      change('near', rangeOf(1, 2)),
      change('far', rangeOf(9, 12)),
    );
    const reduced = FACTS.withoutPurged(body, patterns('gone'));
    assert.ok(reduced?.type === 'commit');
    assert.deepEqual(
      reduced.changes.map(({ id }) => id),
      ['far'],
    );
    assert.equal(reduced.message, body.message);
    const empty = FACTS.withoutPurged(reduced, patterns('far'));
    assert.ok(empty?.type === 'commit');
    assert.deepEqual([empty.changes, empty.message, empty.issues], [[], '', []]);
  });

  it('gives what is left of an event an id that supersedes the former one, once', () => {
    const body = fileOf('a.py', [fragment('x'), fragment('y', rangeOf(9, 12))]);
    const event = { ...body, id: 'w.1', rev: 1, at: 0 };
    const once = FACTS.eventWithoutPurged(event, patterns('x'));
    assert.ok(once !== undefined);
    assert.equal(once.id, 'w.1~');
    assert.equal(FACTS.eventWithoutPurged(once, patterns('x')), once);
    assert.equal(FACTS.eventWithoutPurged(once, patterns('y'))?.id, 'w.1~');
  });
});

function rangeOf(first: number, end: number): Pick<ReturnType<typeof fragment>, 'range'> {
  return { range: { start: { line: first, character: 0 }, end: { line: end, character: 0 } } };
}

function reasonsOf(bodies: readonly EventBody[]): { patterns: string[]; projects: string[] } {
  const events = bodies.map((body, index) => ({
    ...body,
    id: `w.${index}`,
    rev: index + 1,
    at: 0,
  }));
  const forwards = FACTS.createPurgeRequests();
  for (const event of events) forwards.add(event);
  const backwards = FACTS.createPurgeRequests();
  for (const event of events.reverse()) backwards.add(event);
  const inForce = forwards.inForce();
  const { patterns: ids, projects } = inForce;
  assert.deepEqual(backwards.inForce(), inForce);
  return { patterns: [...ids].sort(), projects: [...projects].sort() };
}
