import type { PatternEvent } from '../../../model/event.ts';
import { dumpOfRecords, putRecord } from '../../view/records.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact } from '../kind.ts';
import { areAllPurged } from '../purge.ts';
import { provenance, recordedText } from '../textFields.ts';

export const pattern = defineFact<PatternEvent>({
  type: 'pattern',
  fields: {
    origin: f.oneOf(['kept', 'added', 'imported']),
    pack: f.optional(f.text),
    text: f.object(recordedText),
    provenance: f.list(provenance),
    change: f.optional(
      f.object<NonNullable<PatternEvent['change']>>({
        message: f.text,
        confidence: f.number,
        testsChanged: f.flag,
        reverted: f.optional(f.flag),
        issues: f.list(f.text),
      }),
    ),
  },
  // The last one of a pattern from one origin and pack.
  cells: (event) => cell(event.type, event.text.id, event.origin, event.pack ?? null),
  withoutPurged(body, purged) {
    const isPurged =
      purged.patterns.has(body.text.id) ||
      (body.origin === 'kept' && areAllPurged(projectsOf(body), purged));
    return isPurged ? undefined : body;
  },
  notePurge(event, notes) {
    if (event.origin === 'kept') notes.keptFrom(event.text.id, projectsOf(event));
  },
  apply(event, tables) {
    const { text, origin, pack, provenance: places, change } = event;
    putRecord(tables, event, {
      type: 'pattern',
      project: 0,
      subject: [text.id, origin, pack ?? ''].join(' '),
      columns: { ...change, ...(pack === undefined ? {} : { pack }), provenance: places },
      texts: [
        {
          text,
          origin,
          kept: true,
          confidence: change?.confidence ?? null,
          path: null,
          qualifiedName: null,
          range: null,
        },
      ],
    });
  },
  dump: dumpOfRecords('pattern'),
});

function projectsOf(body: PatternEvent): readonly string[] {
  return body.provenance.map(({ project }) => project ?? '');
}
