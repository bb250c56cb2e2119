/** A stretch the grammar is not shown; half-open, in UTF-16 units. */
export interface Blank {
  readonly startIndex: number;
  readonly endIndex: number;
  /** What stands there instead, no longer than the stretch; blanks when absent. */
  readonly instead?: string;
  /**
   * `prefix` is written before a declaration and belongs to it, `guard` decides as a branch does,
   * `unread` is a statement of whose words some decide.
   */
  readonly role?: 'prefix' | 'guard' | 'unread';
}
