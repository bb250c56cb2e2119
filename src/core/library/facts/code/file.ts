import type { Range } from '../../../model/code.ts';
import type { FileEvent, RecordedFragment } from '../../../model/event.ts';
import { dumpOfRecords, putRecord } from '../../view/records.ts';
import { eachRecord } from '../../view/recordRows.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact } from '../kind.ts';
import type { Purged } from '../purge.ts';
import { range, recordedText } from '../textFields.ts';
import { contains } from './ranges.ts';

export const file = defineFact<FileEvent>({
  type: 'file',
  fields: {
    project: f.projectKey,
    path: f.text,
    contentHash: f.nullable(f.hash),
    language: f.nullable(f.language),
    fragments: f.list(
      f.object<RecordedFragment>({ ...recordedText, qualifiedName: f.text, range, kept: f.flag }),
    ),
  },
  // The last one replaces what was recorded of the file before.
  cells: (event) => cell(event.type, event.project, event.path),
  withoutPurged: (body, purged) =>
    purged.projects.has(body.project) ? undefined : withoutFragments(body, purged),
  apply(event, tables) {
    const { contentHash, path, fragments } = event;
    putRecord(tables, event, {
      type: 'file',
      project: tables.projects.idOf(event.project),
      subject: path,
      columns: { contentHash },
      texts: fragments.map((fragment) => ({
        text: fragment,
        origin: 'code',
        kept: fragment.kept,
        confidence: null,
        path: null,
        qualifiedName: fragment.qualifiedName,
        range: fragment.range,
      })),
    });
  },
  dump: dumpOfRecords('file'),
  *recall(view) {
    for (const { project, subject, id, rev, at, contentHash, texts } of eachRecord(view, 'file')) {
      const fragments = texts.map(({ text, qualifiedName, range: placed, kept }) => ({
        ...text,
        ...{ qualifiedName, range: placed, kept },
      }));
      const language = fragments[0]?.language ?? null;
      yield {
        body: {
          ...{ type: 'file', project: project ?? '', path: subject, contentHash },
          ...{ language, fragments },
        },
        order: { id, rev, at },
      };
    }
  },
});

const PURGED_MARK = '[purged]';

/**
 * Text goes wherever it is known to be: fragments inside a purged one go with it, and fragments
 * around it keep a mark in its place. The file gets an empty content hash, so that it is read again
 * and a restored pattern returns.
 */
function withoutFragments(body: FileEvent, { patterns }: Purged): FileEvent {
  const ranges = body.fragments.filter(({ id }) => patterns.has(id)).map((one) => one.range);
  if (ranges.length === 0) return body;
  const fragments = body.fragments
    .filter((fragment) => !ranges.some((purged) => contains(purged, fragment.range)))
    .map((fragment) => mask(fragment, ranges));
  return { ...body, contentHash: '', fragments };
}

function mask(fragment: RecordedFragment, ranges: readonly Range[]): RecordedFragment {
  const inside = ranges.filter((purged) => contains(fragment.range, purged));
  if (inside.length === 0) return fragment;
  const first = fragment.range.start.line;
  const code = fragment.code.split('\n').flatMap((text, index) => {
    const line = first + index;
    if (inside.some(({ start }) => start.line === line)) return [PURGED_MARK];
    return inside.some((purged) => coversLine(purged, line)) ? [] : [text];
  });
  return { ...fragment, code: code.join('\n') };
}

/** Whether part of a range lies on a line after its first. */
function coversLine({ start, end }: Range, line: number): boolean {
  return start.line < line && (line < end.line || (line === end.line && end.character > 0));
}
