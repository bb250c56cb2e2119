import { setFlagsFromString } from 'node:v8';

/** By how much the heap may grow before what is no longer used is looked for; V8's own is up to 300. */
const GROWTH_PERCENT = 30;

let isSlow = false;

/**
 * From now on this process looks for unused memory sooner, at the cost of time: for work that leaves
 * behind many times what it keeps.
 */
export function growHeapSlowly(): void {
  if (isSlow) return;
  isSlow = true;
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
