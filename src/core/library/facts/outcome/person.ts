import type { PersonEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole, WHERE_NEWER, type Order } from '../kind.ts';
import { distinctName } from '../textFields.ts';

export const person = defineFact<PersonEvent>({
  type: 'person',
  fields: {
    person: f.randomId,
    name: f.text,
    formerName: f.nullable(distinctName),
    writers: f.list(f.randomId),
  },
  tables: `
    CREATE TABLE persons (
      person TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL
    );
    -- Who is meant by a bare name in the events of a writer.
    CREATE TABLE former_names (
      writer TEXT NOT NULL,
      name TEXT NOT NULL,
      person TEXT NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (writer, name)
    );`,
  // Each distinct one stays, because what they say of former names is a union.
  cells: ({ type, person: id, name, formerName, writers }) =>
    cell(type, id, name, formerName, ...[...writers].sort()),
  withoutPurged: keepWhole,
  apply({ person: id, name, formerName, writers, rev, id: event }, { db, dirty }) {
    db.prepare<[string, string, number, string]>(
      `INSERT INTO persons (person, name, rev, event) VALUES (?, ?, ?, ?)
       ON CONFLICT (person) DO UPDATE SET name = excluded.name,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(id, name, rev, event);
    if (formerName === null) return;
    const put = db.prepare<[string, string, string, number, string]>(
      `INSERT INTO former_names (writer, name, person, rev, event) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (writer, name) DO UPDATE SET person = excluded.person,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    );
    for (const writer of writers) put.run(writer, formerName, id, rev, event);
    const rated = db.prepare<[string], [string]>(
      'SELECT DISTINCT pattern FROM ratings WHERE rated_by = ?',
    );
    for (const [pattern] of rated.each(formerName)) dirty.add(pattern);
  },
  dump: ['SELECT * FROM persons', 'SELECT * FROM former_names'],
  *recall({ db }) {
    type Row = Pick<PersonEvent, 'person' | 'name'> & Order & { former: string | null; in: string };
    // An older event of a person is all there is of a name that only it says.
    const said = db.query<[], Row>(
      `SELECT p.person, p.name, e.former, e."in", e.id, e.rev FROM persons p JOIN
         (SELECT person, name AS former, json_group_array(writer) AS "in", event AS id, rev
          FROM former_names GROUP BY person, name, event
          UNION ALL SELECT person, NULL, '[]', event, rev FROM persons
          WHERE event NOT IN (SELECT event FROM former_names)) e ON e.person = p.person`,
    );
    for (const { person: id, name, former: formerName, in: json, ...order } of said.each()) {
      const writers = JSON.parse(json) as PersonEvent['writers'];
      yield { body: { type: 'person', person: id, name, formerName, writers }, order };
    }
  },
});
