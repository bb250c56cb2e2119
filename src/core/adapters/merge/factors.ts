import type { Adapter, Module } from '../adapter.ts';
import { besides, factorQr, multiply, transpose, zeros } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { elementsOf } from '../safetensors/header.ts';
import { piecesOf } from './pieces.ts';
import type { MergedModule } from './plan.ts';

/** A change of weights as the product left × rightᵀ: [outputs, rank] and [inputs, rank]. */
export interface Factors {
  readonly left: Matrix;
  readonly right: Matrix;
}

/** The exact merge of a module: scaling and share are in `left`. */
export function exactFactors({ parts }: MergedModule): Factors {
  const factors = parts.map(({ adapter, module, share }) =>
    factorsOf(adapter, module, share * module.scaling),
  );
  return {
    left: besides(factors.map(({ left }) => left)),
    right: besides(factors.map(({ right }) => right)),
  };
}

/** What one adapter does to a module, times a factor. */
export function factorsOf(adapter: Adapter, module: Module, factor: number): Factors {
  const left = matrixOf(adapter, module.b, module.outputs, module.rank);
  const right = transpose(matrixOf(adapter, module.a, module.rank, module.inputs));
  return { left: { ...left, values: left.values.map((value) => value * factor) }, right };
}

/** The first minus the second, as factors. */
export function difference(first: Factors, second: Factors): Factors {
  const negative = { ...second.left, values: second.left.values.map((value) => -value) };
  return {
    left: besides([first.left, negative]),
    right: besides([first.right, second.right]),
  };
}

/** A small matrix with the singular values of the product, which is never built. */
export function coreOf({ left, right }: Factors): Matrix {
  return multiply(factorQr(left).r, transpose(factorQr(right).r));
}

/** The sum of the products of all entries of two changes of one module. */
export function innerProduct(first: Factors, second: Factors): number {
  const left = multiply(transpose(first.left), second.left);
  const right = multiply(transpose(first.right), second.right);
  return left.values.reduce((sum, value, at) => sum + value * (right.values[at] ?? 0), 0);
}

function matrixOf(adapter: Adapter, name: string, rows: number, columns: number): Matrix {
  const matrix = zeros(rows, columns);
  if (elementsOf(adapter.file.tensors.get(name)?.shape ?? []) !== rows * columns) {
    throw new Error(`${name} has no ${rows} × ${columns} numbers`);
  }
  let at = 0;
  for (const piece of piecesOf(adapter, name)) {
    matrix.values.set(piece, at);
    at += piece.length;
  }
  return matrix;
}
