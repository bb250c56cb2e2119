import type { IdiomsEvent, RecordedIdiom } from '../../../model/event.ts';
import { dumpOfRecords, putRecord } from '../../view/records.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact } from '../kind.ts';
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
      }),
    ),
  },
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
  },
  dump: dumpOfRecords('idioms'),
});

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
