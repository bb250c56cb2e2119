import { basename, join } from 'node:path';

import { replaceDerivedFile } from '../../platform/disk.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
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
  let damaged = 0;
  for (const row of eachPlace(db)) if (!texts.isSound(row)) damaged++;
  return damaged;
}

interface FileRow {
  readonly name: string;
  readonly first: number;
  readonly bytes: number;
}

function isMostlyUnused({ db, texts: { files, pending } }: RowsAndTexts): boolean {
  const held = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, pending.end - pending.first);
  let needed = 0;
  for (const table of TABLES) {
    const sum = db.prepare<[], [number]>(
      `SELECT total(code_bytes + ifnull(before_bytes, 0) + template_bytes + ifnull(holes_bytes, 0))
       FROM ${table}`,
    );
    needed += sum.get()?.[0] ?? 0;
  }
  return held * (1 - MOST_UNUSED) > needed;
}

function append(view: RowsAndTexts, path: string): boolean {
  const { files, pending } = view.texts;
  const { first, end, blocks } = pending;
  if (end === first) return true;
  if (!replaceDerivedFile(path, blocks)) return false;
  return moveTo(view, { path, first, sizeBytes: end - first }, { kept: files, moved: [] });
}

/** Tables of the view whose rows have a long text each. */
const TABLES = ['texts', 'versions'] as const;

interface PlaceRow extends TextPlace {
  readonly holder: (typeof TABLES)[number];
  readonly id: number;
}

/** The places of all texts, in their order. */
function eachPlace(db: Sqlite): Iterable<PlaceRow> {
  const selects = TABLES.map(
    (table) => `SELECT '${table}' AS holder, t.rowid AS id, ${TEXT_PLACE} FROM ${table} t`,
  );
  return db.query<[], PlaceRow>(`${selects.join(' UNION ALL ')} ORDER BY textAt`).each();
}

type Move = readonly [row: PlaceRow, to: number];

function writeAnew(view: RowsAndTexts, path: string): boolean {
  const first = view.texts.pending.end;
  const moved: Move[] = [];
  let end = first;
  const toBytes = (row: PlaceRow): Uint8Array => {
    moved.push([row, end]);
    end += aligned(textBytes(row));
    return view.texts.bytesOf(row);
  };
  if (!replaceDerivedFile(path, inBlocks(eachPlace(view.db), toBytes))) return false;
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
    for (const [{ holder, id }, to] of moved) {
      const sql = `UPDATE ${holder} SET text_at = ? WHERE rowid = ?`;
      db.prepare<[number, number]>(sql).run(to, id);
    }
    db.prepare('DELETE FROM text_files').run();
    const insert = db.prepare<[string, number, number]>(
      'INSERT INTO text_files (name, first, bytes) VALUES (?, ?, ?)',
    );
    for (const { path, first, sizeBytes } of files) insert.run(basename(path), first, sizeBytes);
  });
  texts.moveTo(files);
  return true;
}
