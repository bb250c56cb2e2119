import type { ElementType } from '../../model/api/adapters.ts';
import { localized } from '../../model/localizedText.ts';
import { moduleName } from '../adapter.ts';
import type { TensorSource } from '../safetensors/writer.ts';
import { coreOf, difference, exactFactors } from './factors.ts';
import type { Factors } from './factors.ts';
import { factorQr, frobenius, multiply, transpose, zeros } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { besidePieces, piecesOf, sumPieces } from './pieces.ts';
import type { Room } from './pieces.ts';
import { mismatch, namesOf } from './plan.ts';
import type { MergedModule } from './plan.ts';
import { factorSvd } from './singularValues.ts';

/** What a merge lost beside the exact one; sums of squares. */
export interface Loss {
  readonly squared: number;
  readonly exactSquared: number;
}

/** How a module is merged. */
export interface ModuleResult {
  /** Made as they are written, A before B, so that one module is held at a time. */
  readonly tensors: readonly TensorSource[];
  readonly rank: number;
  /** The scaling its factors are to be used with. */
  readonly scaling: number;
  /** Known once the tensors are written; `undefined` where nothing is lost but rounding. */
  readonly loss: () => Loss | undefined;
}

/** All ranks of all adapters side by side: the exact merge. */
export function concatenate(merged: MergedModule, type: ElementType, room: Room): ModuleResult {
  const { parts, outputs } = merged;
  const rank = rankOfAll(merged);
  const a = parts.map(({ adapter, module }) => ({ adapter, name: module.a }));
  const b = parts.map(({ adapter, module, share }) => ({
    adapter,
    name: module.b,
    columns: module.rank,
    factor: share * module.scaling,
  }));
  const tensors = toTensors(merged, rank, type, {
    *a() {
      for (const { adapter, name } of a) yield* piecesOf(adapter, name);
    },
    b: () => besidePieces(b, outputs, room),
  });
  return { tensors, rank, scaling: 1, loss: () => undefined };
}

/** The best approximation of the exact merge there is with so many ranks. */
export function truncate(merged: MergedModule, most: number, type: ElementType): ModuleResult {
  const { inputs, outputs } = merged;
  const rank = Math.min(most, rankOfAll(merged), inputs, outputs);
  let loss: Loss | undefined;
  let factors: Factors | undefined;
  const factor = (): Factors => {
    const { left, right } = exactFactors(merged);
    const leftQr = factorQr(left);
    const rightQr = factorQr(right);
    const { u, singular, v } = factorSvd(multiply(leftQr.r, transpose(rightQr.r)));
    loss = {
      squared: sumOfSquares(singular.subarray(rank)),
      exactSquared: sumOfSquares(singular),
    };
    const roots = singular.slice(0, rank).map(Math.sqrt);
    return {
      left: multiply(leftQr.q, scaled(u, roots)),
      right: multiply(rightQr.q, scaled(v, roots)),
    };
  };
  const tensors = toTensors(merged, rank, type, {
    *a() {
      factors = factor();
      yield Float32Array.from(transpose(factors.right).values);
    },
    *b() {
      const { left } = factors ?? factor();
      factors = undefined;
      yield Float32Array.from(left.values);
    },
  });
  return { tensors, rank, scaling: 1, loss: () => loss };
}

/**
 * The means of the factors, each for itself. Their product is not the mean of what the adapters do,
 * so the error is measured, which takes far longer than the merge.
 *
 * @throws AppError `adapter-mismatch` where the adapters have several ranks
 */
export function average(
  merged: MergedModule,
  isMeasured: boolean,
  type: ElementType,
): ModuleResult {
  const { parts, name, outputs, inputs } = merged;
  const [first] = parts;
  const rank = first?.module.rank ?? 0;
  if (!first || parts.some(({ module }) => module.rank !== rank)) {
    throw mismatch(localized`ranks differ in ${namesOf([moduleName({ name })])}`);
  }
  const sum = (side: 'a' | 'b') =>
    sumPieces(
      parts.map(({ adapter, module, share }) => ({ adapter, name: module[side], factor: share })),
    );
  const { scaling } = first.module;
  let loss: Loss | undefined;
  const measure = (): Loss => {
    const right = transpose(collect(sum('a'), rank, inputs));
    const b = collect(sum('b'), outputs, rank);
    const left = { ...b, values: b.values.map((value) => value * scaling) };
    const exact = exactFactors(merged);
    return {
      squared: frobenius(coreOf(difference(exact, { left, right }))) ** 2,
      exactSquared: frobenius(coreOf(exact)) ** 2,
    };
  };
  const tensors = toTensors(merged, rank, type, {
    a: () => sum('a'),
    *b() {
      if (isMeasured) loss = measure();
      yield* sum('b');
    },
  });
  return { tensors, rank, scaling, loss: () => loss };
}

export function rankOfAll({ parts }: MergedModule): number {
  return parts.reduce((sum, { module }) => sum + module.rank, 0);
}

function toTensors(
  { parts }: MergedModule,
  rank: number,
  type: ElementType,
  { a, b }: Readonly<Record<'a' | 'b', () => Iterable<Float32Array>>>,
): readonly TensorSource[] {
  const module = parts[0]?.module;
  if (!module) return [];
  const [, ...inputs] = module.aShape;
  const [outputs = 0, , ...ones] = module.bShape;
  return [
    { name: module.a, type, shape: [rank, ...inputs], pieces: a },
    { name: module.b, type, shape: [outputs, rank, ...ones], pieces: b },
  ];
}

/** The first columns, each times its factor. */
function scaled({ rows, columns, values }: Matrix, factors: Float64Array): Matrix {
  const result = new Float64Array(rows * factors.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < factors.length; column++) {
      result[row * factors.length + column] =
        (values[row * columns + column] ?? 0) * (factors[column] ?? 0);
    }
  }
  return { rows, columns: factors.length, values: result };
}

function collect(pieces: Iterable<Float32Array>, rows: number, columns: number): Matrix {
  const matrix = zeros(rows, columns);
  let at = 0;
  for (const piece of pieces) {
    matrix.values.set(piece, at);
    at += piece.length;
  }
  return matrix;
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
