import type { Clock } from '../../core/platform/clock.ts';

export interface QuietParts {
  readonly quietMs: number;
  readonly clock: Clock;
  readonly onChange: (busy: boolean) => void;
}

export interface Quiet {
  /** Something happened: it is not quiet for a while. */
  touch(): void;
  close(): void;
}

/** Tells when something begins to happen and when nothing has happened for a while. */
export function openQuiet({ quietMs, clock, onChange }: QuietParts): Quiet {
  let lastMs = 0;
  let callOff: (() => void) | undefined;
  // One timer for a whole burst: a keystroke costs a comparison.
  const check = (): void => {
    const leftMs = lastMs + quietMs - clock.nowMs();
    callOff = leftMs > 0 ? clock.after(leftMs, check) : undefined;
    if (callOff === undefined) onChange(false);
  };
  return {
    touch() {
      lastMs = clock.nowMs();
      if (callOff !== undefined) return;
      callOff = clock.after(quietMs, check);
      onChange(true);
    },
    close() {
      callOff?.();
    },
  };
}
