/** Cuts a text that comes in pieces into its lines, whichever of `\n`, `\r\n` and `\r` ends them. */
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
  /** A carriage return whose line feed may come with the next piece. */
  let held = '';
  return {
    take(piece) {
      const text = held + piece;
      held = text.endsWith('\r') ? '\r' : '';
      const [first = '', ...others] = text.slice(0, text.length - held.length).split(/\r\n?|\n/);
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
