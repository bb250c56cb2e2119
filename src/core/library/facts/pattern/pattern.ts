import type { PatternEvent } from '../../../model/event.ts';
import { dumpOfRecords, putRecord } from '../../view/records.ts';
import { eachRecord, type HeldRecord } from '../../view/recordRows.ts';
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
  *recall(view) {
    for (const { id, rev, at, texts, ...said } of eachRecord(view, 'pattern')) {
      const [held] = texts;
      if (held === undefined) continue;
      const change = said.message === null ? {} : { change: changeOf(said, held.confidence) };
      yield {
        body: {
          type: 'pattern',
          origin: held.origin as PatternEvent['origin'],
          ...(said.pack === null ? {} : { pack: said.pack }),
          text: held.text,
          provenance: JSON.parse(said.provenance ?? '[]') as PatternEvent['provenance'],
          ...change,
        },
        order: { id, rev, at },
      };
    }
  },
});

function projectsOf(body: PatternEvent): readonly string[] {
  return body.provenance.map(({ project }) => project ?? '');
}

function changeOf(
  said: Pick<HeldRecord, 'message' | 'testsChanged' | 'reverted' | 'issues'>,
  confidence: number | null,
): NonNullable<PatternEvent['change']> {
  return {
    message: said.message ?? '',
    confidence: confidence ?? 0,
    testsChanged: said.testsChanged === 1,
    ...(said.reverted === 1 ? { reverted: true } : {}),
    issues: JSON.parse(said.issues ?? '[]') as readonly string[],
  };
}
