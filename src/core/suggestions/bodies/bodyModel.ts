import { isTestPath } from '../../model/sourceFile/testPath.ts';
import type { Logistic } from '../logistic.ts';
import type { WantedFunction } from './functionIndex.ts';

/** What the chance of a body is told from; each 0 to 1. */
export type BodyFeature =
  /** Likeness of the heads. */
  | 'head'
  /** Likeness of the body with those of the other candidates. */
  | 'agreement'
  /** Of both at once. */
  | 'both'
  | 'isNew'
  | 'inSameFile'
  /** One over the lines between, for what stands above in the file. */
  | 'isAbove'
  | 'name'
  /** One over the lines of the body. */
  | 'isShort';

/** Tests resemble one another in other ways than the code they test. */
export type BodyModelName = 'production' | 'test' | 'begun';

/** Fitted by `npm run scoreboard -- --only suggest`; see docs/benchmarks.md. */
export const BODY_MODELS: Readonly<Record<BodyModelName, Logistic<BodyFeature>>> = {
  production: {
    intercept: -4.28,
    head: 1.59,
    agreement: 1.25,
    both: 1.51,
    isNew: 0.43,
    inSameFile: 0.99,
    isAbove: -0.75,
    name: 0.52,
    isShort: -0.61,
  },
  test: {
    intercept: -4.59,
    head: 1.57,
    agreement: 0.52,
    both: 1.77,
    isNew: 0.65,
    inSameFile: 1.04,
    isAbove: 1.14,
    name: 1.7,
    isShort: -1.73,
  },
  begun: {
    intercept: -4.3,
    head: 1.12,
    agreement: 0.88,
    both: 0.91,
    isNew: 0.81,
    inSameFile: 0.81,
    isAbove: 2.02,
    name: 1.5,
    isShort: -1.92,
  },
};

/** The model that fits a function; `begun` where its head is not written to the end. */
export function modelFor(wanted: WantedFunction): BodyModelName {
  if (!wanted.isHeadWhole) return 'begun';
  return isTestPath(wanted.path) ? 'test' : 'production';
}
