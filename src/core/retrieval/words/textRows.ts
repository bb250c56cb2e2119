/** Rows by the hash of the text that stands for them; several rows may share a text. */
export interface TextRows {
  add(textHash: string, rowId: number): void;
  remove(textHash: string, rowId: number): void;
  rows(textHash: string): readonly number[];
}

export function createTextRows(): TextRows {
  // A lone row is a bare number: nearly all are, and 100,000 arrays take 8 MB.
  const rowsByHash = new Map<string, number | readonly number[]>();
  const rows = (textHash: string): readonly number[] => {
    const found = rowsByHash.get(textHash) ?? [];
    return typeof found === 'number' ? [found] : found;
  };
  return {
    rows,
    add(textHash, rowId) {
      const known = rowsByHash.get(textHash);
      rowsByHash.set(textHash, known === undefined ? rowId : [...rows(textHash), rowId]);
    },
    remove(textHash, rowId) {
      const left = rows(textHash).filter((row) => row !== rowId);
      if (left.length === 0) rowsByHash.delete(textHash);
      else rowsByHash.set(textHash, left);
    },
  };
}
