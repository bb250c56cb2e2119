import { basename, join } from 'node:path';

import { replaceDerivedFile } from '../../platform/disk.ts';
import { TEXT_PLACE, textBytes, type RowsAndTexts, type TextPlace } from './longTexts.ts';
import { aligned } from './pendingTexts.ts';
import { openTextFile, type TextFile, type TextFilePlace } from './textFile.ts';

/** With more, opening takes longer than with one. */
const MOST_FILES = 16;
/** Share of all bytes that no row needs any more. */
const MOST_UNUSED = 0.5;
const BLOCK_BYTES = 1 << 20;

/**
 * Puts the texts of a view that are only in memory into a file; all there are, where many files or
 * much that nobody needs would be left, or where somebody deleted a file. Not inside a transaction.
 *
 * @param path of the file, where none is yet
 * @returns false where the disk does not take it; nothing has changed then
 * @throws where a text is damaged; see `isDamagedText`
 */
export function saveTexts(view: RowsAndTexts, path: string): boolean {
  const { files } = view.texts;
  const areThere = files.map((file) => file.touch()).every(Boolean);
  const isAppended = areThere && files.length < MOST_FILES && !isMostlyUnused(view);
  return isAppended ? append(view, path) : writeAnew(view, path);
}

/** Opens the files that the rows of a snapshot refer to; `undefined` where one is not whole. */
export function openTextFiles(
  db: RowsAndTexts['db'],
  folder: string,
): readonly TextFile[] | undefined {
  const rows = db.query<[], FileRow>('SELECT name, first, bytes FROM text_files ORDER BY first');
  const opened = [...rows.each()].map(({ name, first, bytes }) =>
    openTextFile({ path: join(folder, name), first, sizeBytes: bytes }),
  );
  const whole = opened.filter((file) => file !== undefined);
  if (whole.length === opened.length) return whole;
  for (const file of whole) file.close();
  return undefined;
}

/** How many texts are not as they were written. */
export function countDamaged({ db, texts }: RowsAndTexts): number {
  const rows = db.query<[], TextPlace>(`SELECT ${TEXT_PLACE} FROM texts t ORDER BY t.text_at`);
  let damaged = 0;
  for (const row of rows.each()) if (!texts.isSound(row)) damaged++;
  return damaged;
}

interface FileRow {
  readonly name: string;
  readonly first: number;
  readonly bytes: number;
}

function isMostlyUnused({ db, texts: { files, pending } }: RowsAndTexts): boolean {
  const held = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, pending.end - pending.first);
  const needed = db
    .prepare<[], [number]>(
      `SELECT total(code_bytes + ifnull(before_bytes, 0) + template_bytes + ifnull(holes_bytes, 0))
       FROM texts`,
    )
    .get();
  return held * (1 - MOST_UNUSED) > (needed?.[0] ?? 0);
}

function append(view: RowsAndTexts, path: string): boolean {
  const { files, pending } = view.texts;
  const { first, end, blocks } = pending;
  if (end === first) return true;
  if (!replaceDerivedFile(path, blocks)) return false;
  return moveTo(view, { path, first, sizeBytes: end - first }, { kept: files, moved: [] });
}

type PlaceRow = TextPlace & { readonly id: number };
type Move = readonly [id: number, to: number];

function writeAnew(view: RowsAndTexts, path: string): boolean {
  const first = view.texts.pending.end;
  const rows = view.db.query<[], PlaceRow>(
    `SELECT t.id, ${TEXT_PLACE} FROM texts t ORDER BY t.text_at`,
  );
  const moved: Move[] = [];
  let end = first;
  const toBytes = (row: PlaceRow): Uint8Array => {
    moved.push([row.id, end]);
    end += aligned(textBytes(row));
    return view.texts.bytesOf(row);
  };
  if (!replaceDerivedFile(path, inBlocks(rows.each(), toBytes))) return false;
  return moveTo(view, { path, first, sizeBytes: end - first }, { kept: [], moved });
}

/** Bytes of texts, each filled up with zeros to where the next one begins. */
function* inBlocks<Row>(
  rows: Iterable<Row>,
  toBytes: (row: Row) => Uint8Array,
): Generator<Uint8Array> {
  let block = Buffer.alloc(BLOCK_BYTES);
  let used = 0;
  for (const row of rows) {
    const bytes = toBytes(row);
    if (used + aligned(bytes.length) > block.length) {
      yield block.subarray(0, used);
      block = Buffer.alloc(Math.max(BLOCK_BYTES, aligned(bytes.length)));
      used = 0;
    }
    block.set(bytes, used);
    used += aligned(bytes.length);
  }
  yield block.subarray(0, used);
}

/** Has the rows refer to a file that was just written. */
function moveTo(
  { db, texts }: RowsAndTexts,
  place: TextFilePlace,
  { kept, moved }: { readonly kept: readonly TextFile[]; readonly moved: readonly Move[] },
): boolean {
  const file = openTextFile(place);
  if (file === undefined) return false;
  const files = [...kept, file];
  db.transaction(() => {
    const move = db.prepare<[number, number]>('UPDATE texts SET text_at = ? WHERE id = ?');
    for (const [id, to] of moved) move.run(to, id);
    db.prepare('DELETE FROM text_files').run();
    const insert = db.prepare<[string, number, number]>(
      'INSERT INTO text_files (name, first, bytes) VALUES (?, ?, ?)',
    );
    for (const { path, first, sizeBytes } of files) insert.run(basename(path), first, sizeBytes);
  });
  texts.moveTo(files);
  return true;
}
