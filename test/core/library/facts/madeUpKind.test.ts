import assert from 'node:assert/strict';

import type { LibraryEvent, Recorded } from '../../../../src/core/model/event.ts';
import { createFacts } from '../../../../src/core/library/facts/facts.ts';
import * as f from '../../../../src/core/library/facts/fields.ts';
import { cell } from '../../../../src/core/library/facts/fold.ts';
import {
  defineFact,
  dropWithProject,
  WHERE_NEWER,
} from '../../../../src/core/library/facts/kind.ts';
import { createDirty } from '../../../../src/core/library/view/dirty.ts';
import { createProjects } from '../../../../src/core/library/view/projects.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';
import { loadViews, viewOf } from '../../../support/library/view.ts';

/** Somebody saw a bird: a kind of fact that no library has. */
interface Sighting {
  readonly type: 'sighting';
  readonly project: string;
  readonly bird: 'heron' | 'wren';
  readonly note: string;
  readonly seenSeconds: number | null;
}

const sighting = defineFact<Sighting>({
  type: 'sighting',
  fields: {
    project: f.projectKey,
    bird: f.oneOf(['heron', 'wren']),
    note: f.text,
    seenSeconds: f.seconds,
  },
  tables:
    'CREATE TABLE sightings (project INTEGER, bird TEXT, note TEXT, rev, event, UNIQUE (project, bird));',
  cells: ({ type, project, bird }) => cell(type, project, bird),
  withoutPurged: dropWithProject,
  apply({ project, bird, note, rev, id }, { db, projects }) {
    db.prepare<[number, string, string, number, string]>(
      `INSERT INTO sightings (project, bird, note, rev, event) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET note = excluded.note, rev = excluded.rev, event = excluded.event
       ${WHERE_NEWER}`,
    ).run(projects.idOf(project), bird, note, rev, id);
  },
  dump: ['SELECT bird, note, rev, event FROM sightings'],
  *recall({ db }) {
    type Row = Pick<Sighting, 'project' | 'bird' | 'note'> & { id: string; rev: number };
    const rows = db.query<[], Row>(
      `SELECT p.key AS project, s.bird, s.note, s.rev, s.event AS id
       FROM sightings s JOIN projects p ON p.id = s.project`,
    );
    for (const { id, rev, ...said } of rows.each()) {
      yield { body: { type: 'sighting', ...said, seenSeconds: null }, order: { id, rev } };
    }
  },
});

const FACTS = createFacts([sighting]);
const PROJECT = 'dir:/marsh';
const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

const seen = (rev: number, note: string, more: object = {}): Recorded<Sighting> => ({
  ...{ type: 'sighting', project: PROJECT, bird: 'heron', note, seenSeconds: 60 },
  ...{ id: `w.${rev}`, rev, at: 0 },
  ...more,
});

/** The library is closed over its own kinds; what it does with one it does with any. */
const asEvent = (event: Recorded<Sighting>): LibraryEvent => event as unknown as LibraryEvent;
const admit = (event: Recorded<Sighting>): Promise<unknown> =>
  FACTS.admit(createSecretGate(), asEvent(event));

describe('a kind of fact, declared in one place', () => {
  before(loadViews);

  it('is understood when all its fields are as declared', () => {
    assert.deepEqual(FACTS.read(seen(1, 'grey')), seen(1, 'grey'));
    assert.equal(FACTS.read(seen(1, 'grey', { bird: 'dragon' })), undefined);
    assert.equal(FACTS.read(seen(1, 'grey', { note: 7 })), undefined);
    assert.equal(FACTS.read({ ...seen(1, 'grey'), type: 'dream' }), undefined);
  });

  it('is shown without a value that cannot be shown, and is as it was without one', () => {
    const far = seen(1, 'grey', { seenSeconds: 99_999_999_999_999, at: 1e300 });
    assert.deepEqual(FACTS.read(far), seen(1, 'grey', { seenSeconds: null, at: 0 }));
    const near = seen(1, 'grey');
    assert.equal(FACTS.read(near), near);
  });

  it('is not understood with a revision after which there is no next', () => {
    const last = { ...seen(1, 'grey'), rev: Number.MAX_SAFE_INTEGER };
    assert.equal(FACTS.read(last), undefined);
  });

  it('is recorded without secrets and without what cannot be shown, or not at all', async () => {
    const admitted = await admit(seen(1, `token = "${TOKEN}"`, { seenSeconds: 1e99 }));
    const { note, ...rest } = admitted as Recorded<Sighting>;
    assert.match(note, /^token = "<secret:github-token/);
    assert.deepEqual({ ...rest, note: 'grey' }, seen(1, 'grey', { seenSeconds: null }));
    const elsewhere = JSON.stringify(await admit(seen(1, 'grey', { project: TOKEN, more: TOKEN })));
    assert.ok(!elsewhere.includes(TOKEN), elsewhere);
    await assert.rejects(admit(seen(1, 'grey', { bird: TOKEN })), { code: 'bad-argument' });
  });

  it('goes with a purged project and stays without', () => {
    const none = new Set<string>();
    const purged = { patterns: none, projectNames: none, keptPatterns: none };
    const event = asEvent(seen(1, 'grey'));
    const gone = { ...purged, projects: new Set([PROJECT]) };
    assert.equal(FACTS.eventWithoutPurged(event, gone), undefined);
    assert.equal(FACTS.eventWithoutPurged(event, { ...purged, projects: none }), event);
  });

  it('is kept by compaction where it is the last about its subject', () => {
    const fold = FACTS.createFold();
    const wren = seen(2, 'small', { bird: 'wren' });
    [seen(1, 'grey'), seen(3, 'white'), wren].forEach((event, line) => {
      fold.add(asEvent(event), line);
    });
    assert.deepEqual([...fold.winners()].sort(), [1, 2]);
  });

  it('is in the view, and in what a view tells of itself, in any order', () => {
    const view = viewOf();
    view.db.script(FACTS.tables);
    const dirty = createDirty(view.db);
    const { db, texts } = view;
    const tables = { db, texts, dirty, projects: createProjects(db, dirty) };
    for (const event of [seen(3, 'white'), seen(1, 'grey'), seen(3, 'white')]) {
      FACTS.apply(asEvent(event), tables);
    }
    const rows = FACTS.dump.flatMap((sql) => view.db.prepare<[], [string, string]>(sql).all());
    assert.deepEqual(rows, [['heron', 'white', 3, 'w.3']]);
    view.db.close();
  });
});
