/** One printed table of a bench; numbers are shown with three significant digits. */
export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly note?: string;
}

export interface BenchOptions {
  /** A git checkout to measure on; this project itself when absent. */
  readonly repo: string | undefined;
  /** Where `npm run build` put grammars, queries, weights and WebAssembly. */
  readonly assetsDir: string;
}
