/** Milliseconds since 1970 in UTC; for display only, never for order. */
export type EpochMs = number;
