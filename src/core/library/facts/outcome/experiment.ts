import type { ExperimentEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole, WHERE_NEWER, type Order } from '../kind.ts';

const arm = f.object<ExperimentEvent['a']>({
  pattern: f.patternId,
  version: f.nullable(f.digest),
});

export const experiment = defineFact<ExperimentEvent>({
  type: 'experiment',
  fields: { experiment: f.digest, a: arm, b: arm, ended: f.flag },
  tables: `
    -- Of two patterns or versions one is drawn for each task.
    CREATE TABLE experiments (
      experiment TEXT PRIMARY KEY,
      a TEXT NOT NULL,
      a_version TEXT,
      b TEXT NOT NULL,
      b_version TEXT,
      ended INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL
    );`,
  cells: (event) => cell(event.type, event.experiment),
  withoutPurged: keepWhole,
  apply({ experiment: named, a, b, ended, rev, id }, { db }) {
    db.prepare<(string | number | null)[]>(
      `INSERT INTO experiments VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (experiment) DO UPDATE SET a = excluded.a, a_version = excluded.a_version,
         b = excluded.b, b_version = excluded.b_version, ended = excluded.ended,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(named, a.pattern, a.version, b.pattern, b.version, Number(ended), rev, id);
  },
  dump: ['SELECT * FROM experiments'],
  *recall({ db }) {
    type Row = Order & {
      readonly experiment: string;
      readonly a: string;
      readonly aVersion: string | null;
      readonly b: string;
      readonly bVersion: string | null;
      readonly isEnded: number;
    };
    const rows = db.query<[], Row>(
      `SELECT experiment, a, a_version AS aVersion, b, b_version AS bVersion, ended AS isEnded,
         rev, event AS id FROM experiments`,
    );
    for (const { experiment: named, a, aVersion, b, bVersion, isEnded, ...order } of rows.each()) {
      const arms = {
        a: { pattern: a, version: aVersion },
        b: { pattern: b, version: bVersion },
      };
      yield {
        body: { type: 'experiment', experiment: named, ...arms, ended: isEnded === 1 },
        order,
      };
    }
  },
});
