/** Bytes of PostgreSQL's protocol for the thread that holds the database, or its end. */
export type ToEmbedded = { readonly bytes: Uint8Array } | { readonly end: true };

/** What it answers; the first message, which is empty, says that it is open. */
export interface FromEmbedded {
  readonly bytes: Uint8Array;
}
