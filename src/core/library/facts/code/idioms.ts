import type { IdiomDeviation } from '../../../model/code.ts';
import type { IdiomsEvent, Recorded, RecordedIdiom } from '../../../model/event.ts';
import { recordedDeviations } from './deviations.ts';
import { dumpOfRecords, putRecord } from '../../view/records.ts';
import { eachRecord, type HeldText } from '../../view/recordRows.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, type FactTables } from '../kind.ts';
import { range, recordedText } from '../textFields.ts';
import type { PlacedText } from '../../view/texts.ts';

export const idioms = defineFact<IdiomsEvent>({
  type: 'idioms',
  fields: {
    project: f.projectKey,
    contentHash: f.hash,
    idioms: f.list(
      f.object<RecordedIdiom>({
        ...recordedText,
        strength: f.number,
        sources: f.list(f.patternId),
        places: f.list(f.object<RecordedIdiom['places'][number]>({ path: f.text, range })),
        deviations: f.optional(
          f.list(f.object<IdiomDeviation>({ path: f.text, range, mark: f.digest })),
        ),
      }),
    ),
  },
  tables: `
    CREATE TABLE deviations (
      -- The one that says so; what others said before counts no more.
      event TEXT NOT NULL,
      pattern TEXT NOT NULL,
      -- An array of \`IdiomDeviation\` as JSON.
      places TEXT NOT NULL,
      PRIMARY KEY (event, pattern)
    );`,
  // The last one replaces all that were found in the project before.
  cells: (event) => cell(event.type, event.project),
  withoutPurged(body, { patterns, projects }) {
    if (projects.has(body.project)) return undefined;
    const idioms = body.idioms.filter(
      ({ id, sources }) => !patterns.has(id) && !sources.some((source) => patterns.has(source)),
    );
    return idioms.length === body.idioms.length ? body : { ...body, contentHash: '', idioms };
  },
  apply(event, tables) {
    putRecord(tables, event, {
      type: 'idioms',
      project: tables.projects.idOf(event.project),
      subject: '',
      columns: { contentHash: event.contentHash },
      texts: event.idioms.flatMap(placesOf),
    });
    putDeviations(event, tables);
  },
  dump: [
    ...dumpOfRecords('idioms'),
    `SELECT r.event, d.pattern, d.places
     FROM deviations d JOIN records r ON r.event = d.event WHERE r.type = 'idioms'`,
  ],
  *recall(view) {
    const holders = view.db.query<[string, string, number, number], { pattern: string }>(
      `SELECT DISTINCT t.pattern FROM records r JOIN projects p ON p.id = r.project
       CROSS JOIN texts t ON t.record = r.id
       WHERE p.key = ? AND r.type = 'file' AND r.subject = ?
         AND t.start_line <= ? AND t.end_line >= ?`,
    );
    for (const { project, id, rev, at, texts } of eachRecord(view, 'idioms')) {
      const key = project ?? '';
      const idioms = [...placesById(texts).values()].flatMap((held): readonly RecordedIdiom[] => {
        const last = held.at(-1);
        if (last === undefined) return [];
        const places = held.map(({ path, range: placed }) => ({ path, range: placed }));
        const around = places.flatMap(({ path, range: { start, end } }) => [
          ...holders.each(key, path, start.line, end.line),
        ]);
        const sources = [...new Set(around.map(({ pattern }) => pattern))];
        const strength = last.confidence ?? 0;
        const deviations = recordedDeviations(view.db, id, last.text.id);
        const told = deviations.length > 0 && { deviations };
        return [{ ...last.text, strength, sources, places, ...told }];
      });
      // The view does not keep what they were mined from: the next run mines them anew.
      const body = { type: 'idioms', project: key, contentHash: '', idioms } as const;
      yield { body, order: { id, rev, at } };
    }
  },
});

/** Those of events in force alone; what stands nowhere is no idiom. */
function putDeviations(
  { id: event, idioms: found }: Recorded<IdiomsEvent>,
  { db }: Pick<FactTables, 'db'>,
): void {
  const insert = db.prepare<[string, string, string]>(
    'INSERT OR IGNORE INTO deviations (event, pattern, places) VALUES (?, ?, ?)',
  );
  for (const { id, places, deviations = [] } of found) {
    if (places.length > 0 && deviations.length > 0) {
      insert.run(event, id, JSON.stringify(deviations));
    }
  }
  db.prepare(
    `DELETE FROM deviations WHERE event NOT IN (SELECT event FROM records WHERE type = 'idioms')`,
  ).run();
}

/** One row a place, so that places count as they do of functions; the last one has the text. */
function placesOf(idiom: RecordedIdiom): readonly PlacedText[] {
  const { places, strength } = idiom;
  return places.map(({ path, range: placed }, at) => ({
    text: at === places.length - 1 ? idiom : { ...idiom, code: '', template: '', holes: [] },
    origin: 'code',
    kept: true,
    confidence: strength,
    path,
    // No function is called like that, so that no change of one is folded into an idiom.
    qualifiedName: idiom.id,
    range: placed,
  }));
}

/** The places of each idiom, in their order; the text stands with the last one. */
function placesById(texts: readonly HeldText[]): ReadonlyMap<string, readonly HeldText[]> {
  const byId = new Map<string, HeldText[]>();
  for (const held of texts) byId.set(held.text.id, [...(byId.get(held.text.id) ?? []), held]);
  return byId;
}
