import type { ExperienceEvent } from '../../../model/event.ts';
import { dumpOfRecords, putRecord } from '../../view/records.ts';
import type { RowsAndTexts } from '../../texts/longTexts.ts';
import { eachRecord, type HeldRecord } from '../../view/recordRows.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact } from '../kind.ts';
import { distinctName, recordedText } from '../textFields.ts';

type Errors = ExperienceEvent['errors'][number];

/** What stands beside its texts: all that no table has a column for. */
type Rest = Omit<ExperienceEvent, 'type' | 'project' | 'session' | 'contentHash' | 'lessons'>;

export const experience = defineFact<ExperienceEvent>({
  type: 'experience',
  fields: {
    project: f.projectKey,
    session: distinctName,
    contentHash: f.hash,
    task: f.text,
    endedAt: f.nullable(f.number),
    steps: f.count,
    outcome: f.oneOf(['success', 'failure', 'unknown']),
    label: f.oneOf(['success', 'failure', null]),
    method: f.oneOf(['heuristic', 'simple', 'counterfactual', 'llm', 'matched-pairs']),
    deeds: f.list(
      f.object<ExperienceEvent['deeds'][number]>({ step: f.count, share: f.number, what: f.text }),
    ),
    errors: f.list(
      f.object<Errors>({
        step: f.count,
        at: f.nullable(f.number),
        line: f.text,
        mended: f.nullable(
          f.list(f.object<NonNullable<Errors['mended']>[number]>({ trait: f.text, seen: f.text })),
        ),
      }),
    ),
    code: f.list(f.object(recordedText)),
    lessons: f.list(f.object(recordedText)),
    reasons: f.list(f.text),
    pruned: f.nullable(f.text),
    kept: f.optional(f.flag),
  },
  // The last one replaces what was learned of the session before.
  cells: (event) => cell(event.type, event.project, event.session),
  withoutPurged(body, { patterns, projects }) {
    if (projects.has(body.project)) return undefined;
    const lessons = body.lessons.filter(({ id }) => !patterns.has(id));
    const code = body.code.filter(({ id }) => !patterns.has(id));
    if (lessons.length === body.lessons.length && code.length === body.code.length) return body;
    // What was purged was made of them.
    return { ...body, lessons, code, deeds: [], errors: [], task: '' };
  },
  apply(event, tables) {
    const { project, session: name, contentHash, lessons } = event;
    putRecord(tables, event, {
      type: 'experience',
      project: tables.projects.idOf(project),
      subject: name,
      columns: { contentHash, body: JSON.stringify(toRest(event)) },
      texts: lessons.map((text) => ({
        ...{ text, origin: 'session', kept: true, confidence: null, path: name, range: null },
        // Each counts by itself, and none is folded into a function.
        qualifiedName: text.id,
      })),
    });
  },
  dump: dumpOfRecords('experience'),
  *recall(view) {
    for (const held of eachRecord(view, 'experience')) {
      const { id, rev, at } = held;
      yield { body: toBody(held), order: { id, rev, at } };
    }
  },
});

/** What one row of `records` holds, as it was recorded. */
export function readExperience(view: RowsAndTexts, record: number): ExperienceEvent | undefined {
  const [held] = eachRecord(view, 'experience', record);
  return held && toBody(held);
}

function toBody({ project, subject, contentHash, body, texts }: HeldRecord): ExperienceEvent {
  return {
    ...{ type: 'experience', project: project ?? '', session: subject },
    ...{ contentHash: contentHash ?? '', lessons: texts.map(({ text }) => text) },
    ...(JSON.parse(body ?? '{}') as Rest),
  };
}

function toRest(event: ExperienceEvent): Rest {
  const { task, endedAt, steps, outcome, label, method, deeds, errors, code, reasons } = event;
  const { pruned, kept } = event;
  return {
    ...{ task, endedAt, steps, outcome, label, method, deeds, errors, code, reasons, pruned },
    ...(kept !== undefined && { kept }),
  };
}
