/** Where another program found that an issue is to be resolved, as it wrote it down. */
export interface Located {
  /** Of the instance, as its benchmark names it. */
  readonly instanceId: string;
  /** Paths as they are written, likeliest first, each once. */
  readonly files: readonly string[];
  /** Likeliest first. */
  readonly spots: readonly LocatedSpot[];
  /** What was said of a file that lies in the repository; `undefined` where nothing was. */
  reasonFor(path: string): string | undefined;
}

/** A function, class or variable by its name, or lines of a file. */
export type LocatedSpot =
  | {
      readonly kind: 'symbol';
      readonly path: string;
      /** Such as `total` or `Cart.total`. */
      readonly symbol: string;
      /** The class that was named last before it, which may hold it. */
      readonly within: string | undefined;
    }
  /** First and last line, counted from 0. */
  | {
      readonly kind: 'lines';
      readonly path: string;
      readonly lines: readonly [first: number, last: number];
    };

/** Of one issue: more than anybody reads. */
export const MOST_FILES = 500;
export const MOST_SPOTS = 2_000;
