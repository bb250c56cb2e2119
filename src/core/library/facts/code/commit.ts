import type { CommitEvent, RecordedChange } from '../../../model/event.ts';
import { dumpOfRecords, putRecord } from '../../view/records.ts';
import { eachRecord } from '../../view/recordRows.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact } from '../kind.ts';
import type { Purged } from '../purge.ts';
import { range, recordedText } from '../textFields.ts';
import { contains } from './ranges.ts';

export const commit = defineFact<CommitEvent>({
  type: 'commit',
  fields: {
    project: f.projectKey,
    commit: f.hash,
    author: f.text,
    dateSeconds: f.seconds,
    message: f.text,
    testsChanged: f.flag,
    issues: f.list(f.text),
    changes: f.list(
      f.object<RecordedChange>({
        ...recordedText,
        path: f.text,
        qualifiedName: f.text,
        range,
        confidence: f.number,
      }),
    ),
  },
  // The last one replaces what was recorded of the commit before.
  cells: (event) => cell(event.type, event.project, event.commit),
  withoutPurged: (body, purged) =>
    purged.projects.has(body.project) ? undefined : withoutChanges(body, purged),
  apply(event, tables) {
    putRecord(tables, event, {
      type: 'commit',
      project: tables.projects.idOf(event.project),
      subject: event.commit,
      columns: event,
      texts: event.changes.map((change) => ({
        text: change,
        origin: 'history',
        kept: true,
        confidence: change.confidence,
        path: change.path,
        qualifiedName: change.qualifiedName,
        range: change.range,
      })),
    });
  },
  dump: dumpOfRecords('commit'),
  *recall(view) {
    for (const { project, subject, id, rev, at, texts, ...said } of eachRecord(view, 'commit')) {
      yield {
        body: {
          ...{ type: 'commit', project: project ?? '', commit: subject },
          ...{ author: said.author ?? '', dateSeconds: said.dateSeconds },
          ...{ message: said.message ?? '', testsChanged: said.testsChanged === 1 },
          issues: JSON.parse(said.issues ?? '[]') as CommitEvent['issues'],
          changes: texts.map(({ text, path, qualifiedName, range: placed, confidence }) => ({
            ...text,
            ...{ path, qualifiedName, range: placed, confidence: confidence ?? 0 },
          })),
        },
        order: { id, rev, at },
      };
    }
  },
});

function withoutChanges(body: CommitEvent, { patterns }: Purged): CommitEvent {
  const purgedChanges = body.changes.filter(({ id }) => patterns.has(id));
  if (purgedChanges.length === 0) return body;
  // The text before has no range of its own, so pairs around a purged one cannot be masked.
  const changes = body.changes.filter(
    (change) => !purgedChanges.some((one) => overlap(one, change)),
  );
  if (changes.length > 0) return { ...body, changes };
  return { ...body, changes, message: '', issues: [] };
}

function overlap(a: RecordedChange, b: RecordedChange): boolean {
  return a.path === b.path && (contains(a.range, b.range) || contains(b.range, a.range));
}
