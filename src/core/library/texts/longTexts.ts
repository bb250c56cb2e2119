import { checksum } from '../../model/checksum.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import { createPendingTexts, type PendingTexts } from './pendingTexts.ts';
import type { TextFile } from './textFile.ts';

/** What is long about a recorded text, and read only when it is shown, indexed or handed out. */
export interface LongText {
  readonly code: string;
  /** Of a change; `null` otherwise. */
  readonly before: string | null;
  readonly template: string;
  /** JSON array: of an idiom what its template leaves open; `null` otherwise. */
  readonly holes: string | null;
}

/**
 * Where a long text stands, as its row of the view holds it: its parts as UTF-8, one after the other
 * in the order of their sizes here.
 */
export interface TextPlace {
  /** Counts the bytes of all texts that a view ever held, over all files. */
  readonly textAt: number;
  readonly textSum: number;
  readonly codeBytes: number;
  readonly beforeBytes: number | null;
  readonly templateBytes: number;
  readonly holesBytes: number | null;
}

/** Columns of a `TextPlace` in rows of `texts` called `t`. */
export const TEXT_PLACE = `t.text_at AS textAt, t.text_sum AS textSum, t.code_bytes AS codeBytes,
  t.before_bytes AS beforeBytes, t.template_bytes AS templateBytes, t.holes_bytes AS holesBytes`;

/** Columns that are equal for equal texts, wherever they stand. */
export const TEXT_CONTENT =
  't.text_sum, t.code_bytes, t.before_bytes, t.template_bytes, t.holes_bytes';

/**
 * The long texts of one view: those of its snapshot in files, those that came since in memory until
 * the next snapshot.
 */
export interface LongTexts {
  /** In the order of their bytes. */
  readonly files: readonly TextFile[];
  /** What is in no file yet. */
  readonly pending: Pick<PendingTexts, 'first' | 'end' | 'blocks'>;
  add(text: LongText): TextPlace;
  /** @throws where the text is not as it was written; see `isDamagedText` */
  read(place: TextPlace): LongText;
  /**
   * The bytes of a text, to be used before the next one is read.
   *
   * @throws as `read`
   */
  bytesOf(place: TextPlace): Uint8Array;
  /** Whether a text is there as it was written. */
  isSound(place: TextPlace): boolean;
  /** From now on these files hold all texts there are; what they take the place of is closed. */
  moveTo(files: readonly TextFile[]): void;
  close(): void;
}

/** The rows of a view and the long texts that stand beside them. */
export interface RowsAndTexts {
  readonly db: Sqlite;
  readonly texts: LongTexts;
}

/** @param files all that the rows refer to, in order */
export function createLongTexts(files: readonly TextFile[] = []): LongTexts {
  let held = files;
  let pending = createPendingTexts(endOf(files));

  function find(place: TextPlace): Uint8Array | undefined {
    const { textAt, textSum } = place;
    const sizeBytes = textBytes(place);
    if (sizeBytes === 0) return new Uint8Array();
    if (textAt >= pending.first) return pending.bytes(textAt, sizeBytes);
    const file = held.findLast(({ first }) => first <= textAt);
    const bytes = file?.read(textAt, sizeBytes);
    return bytes !== undefined && checksum(bytes) === textSum ? bytes : undefined;
  }

  function bytesOf(place: TextPlace): Uint8Array {
    const bytes = find(place);
    if (bytes === undefined) throw damage();
    return bytes;
  }

  return {
    get files() {
      return held;
    },
    get pending() {
      return pending;
    },
    add({ code, before, template, holes }) {
      const textAt = pending.end;
      const sizes = pending.add([code, before ?? '', template, holes ?? '']);
      const [codeBytes = 0, beforeBytes = 0, templateBytes = 0, holesBytes = 0] = sizes;
      const place = {
        ...{ textAt, codeBytes, templateBytes },
        beforeBytes: before === null ? null : beforeBytes,
        holesBytes: holes === null ? null : holesBytes,
      };
      return { ...place, textSum: checksum(pending.bytes(textAt, textBytes(place))) };
    },
    read: (place) => partsOf(bytesOf(place), place),
    bytesOf,
    isSound: (place) => find(place) !== undefined,
    moveTo(next) {
      for (const file of held) if (!next.includes(file)) file.close();
      held = next;
      pending = createPendingTexts(endOf(next));
    },
    close() {
      for (const file of held) file.close();
    },
  };
}

/** Size of all parts of a text together. */
export function textBytes(place: Omit<TextPlace, 'textSum'>): number {
  const { codeBytes, beforeBytes, templateBytes, holesBytes } = place;
  return codeBytes + (beforeBytes ?? 0) + templateBytes + (holesBytes ?? 0);
}

const DAMAGE = 'DamagedText';

/** No failure with a code of the system: nothing that a disk does may be mistaken for it. */
function damage(): Error {
  const error = new Error('a text of the library is not as it was written');
  error.name = DAMAGE;
  return error;
}

/** Whether reading failed because a file of texts is damaged; the view must be made anew then. */
export function isDamagedText(error: unknown): boolean {
  return error instanceof Error && error.name === DAMAGE;
}

function partsOf(bytes: Uint8Array, place: TextPlace): LongText {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const next = (sizeBytes: number): string => text.toString('utf8', at, (at += sizeBytes));
  const { codeBytes, beforeBytes, templateBytes, holesBytes } = place;
  return {
    code: next(codeBytes),
    before: beforeBytes === null ? null : next(beforeBytes),
    template: next(templateBytes),
    holes: holesBytes === null ? null : next(holesBytes),
  };
}

function endOf(files: readonly TextFile[]): number {
  const last = files.at(-1);
  return last === undefined ? 0 : last.first + last.sizeBytes;
}
