/** Cuts a text that comes in pieces into its lines. */
export interface LineCutter {
  /** @returns the lines that this piece ends, in order, without their ends */
  take(piece: string): readonly string[];
  /** @returns the last line, which nothing ends; empty where there is none */
  end(): string;
}

/**
 * @param most characters that a line under way is held of; one that comes longer than that is cut, and
 *   only to be refused
 */
export function createLineCutter(most: number): LineCutter {
  let rest = '';
  return {
    take(piece) {
      const [first = '', ...others] = piece.split('\n');
      if (rest.length <= most) rest += first;
      const last = others.pop();
      if (last === undefined) return [];
      const ended = [rest, ...others];
      rest = last;
      return ended;
    },
    end: () => rest,
  };
}
