/** One row for a trainer. */
export interface TrainingRow {
  readonly input: string;
  readonly output: string;
  readonly weight: number;
}

/** Rows as SOAR (Pourcel et al. 2025) weighs them. */
export interface TrainingRows {
  readonly sampling: readonly TrainingRow[];
  readonly refinement: readonly TrainingRow[];
  readonly error: readonly TrainingRow[];
}
