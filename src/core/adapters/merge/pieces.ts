import type { Adapter } from '../adapter.ts';
import { elementsOf } from '../safetensors/header.ts';

/** Numbers that are held of one tensor at a time: half a MiB. */
const PIECE = 1 << 17;

/** The elements of a tensor, row by row, in pieces that are each gone with the next of its file. */
export function* piecesOf({ file }: Adapter, name: string): Generator<Float32Array> {
  const count = elementsOf(file.tensors.get(name)?.shape ?? []);
  for (let first = 0; first < count; first += PIECE) {
    yield file.piece(name, first, Math.min(PIECE, count - first));
  }
}

/**
 * Rows of several tensors beside one another, each multiplied by its factor; a piece is gone with the
 * next.
 *
 * @param room grows as it is needed, so that all tensors of a merge share it
 */
export function* besidePieces(
  tensors: readonly {
    readonly adapter: Adapter;
    readonly name: string;
    readonly columns: number;
    readonly factor: number;
  }[],
  rows: number,
  room: Room,
): Generator<Float32Array> {
  const width = tensors.reduce((sum, { columns }) => sum + columns, 0);
  const rowsAtOnce = Math.max(1, Math.min(rows, Math.floor(PIECE / width)));
  const size = rowsAtOnce * width;
  if (room.numbers.length < size) room.numbers = new Float32Array(size);
  const { numbers } = room;
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - row);
    let start = 0;
    for (const { adapter, name, columns, factor } of tensors) {
      const part = adapter.file.piece(name, row * columns, count * columns);
      place(part, { columns, factor }, numbers.subarray(start), width);
      start += columns;
    }
    yield numbers.subarray(0, count * width);
  }
}

/** Outside the generator, whose loops run far slower. @param width of a row of `into` */
function place(
  part: Float32Array,
  { columns, factor }: { readonly columns: number; readonly factor: number },
  into: Float32Array,
  width: number,
): void {
  for (let from = 0, to = 0; from < part.length; from += columns, to += width) {
    for (let column = 0; column < columns; column++) {
      into[to + column] = (part[from + column] ?? 0) * factor;
    }
  }
}

/** Memory that is used again and again: to be given new memory for each piece takes longer than to fill it. */
export interface Room {
  numbers: Float32Array;
}

/** The sum of tensors of one shape, each multiplied by its factor. */
export function* sumPieces(
  tensors: readonly { readonly adapter: Adapter; readonly name: string; readonly factor: number }[],
): Generator<Float32Array> {
  const sources = tensors.map(({ adapter, name, factor }) => ({
    pieces: piecesOf(adapter, name),
    factor,
  }));
  for (;;) {
    let sum: Float64Array | undefined;
    for (const { pieces, factor } of sources) {
      const next = pieces.next();
      if (next.done === true) return;
      const piece = next.value;
      const total = (sum ??= new Float64Array(piece.length));
      addTo(total, piece, factor);
    }
    if (!sum) return;
    yield Float32Array.from(sum);
  }
}

function addTo(total: Float64Array, piece: Float32Array, factor: number): void {
  for (let at = 0; at < piece.length; at++) {
    total[at] = (total[at] ?? 0) + (piece[at] ?? 0) * factor;
  }
}
