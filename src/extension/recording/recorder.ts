import type { Deed, EndDeed, Recording } from '../../core/model/sessions/deed.ts';
import type { Clock } from '../../core/platform/clock.ts';

/** Without its number, which counts the deeds of a recording. */
export type DeedSketch = Deed extends infer One
  ? One extends Deed
    ? Omit<One, 'number'>
    : never
  : never;

export interface RecorderParts {
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Begins a recording with the first deed. */
  readonly begin: () => Recording;
  /** Does not reject. */
  readonly write: (recording: Recording, deeds: readonly Deed[]) => Promise<void>;
  /** What was left undone in the editor, when a recording ends by itself. */
  readonly rest: () => readonly DeedSketch[];
  /** It is written to its end. */
  readonly onEnd: (recording: Recording) => void;
}

/** Records what is done in one folder, from the first deed until nothing has been done for a while. */
export interface Recorder {
  /** `undefined` while nothing is recorded. */
  readonly present: Recording | undefined;
  note(deed: DeedSketch): void;
  /** Writes what waits. */
  flush(): Promise<void>;
  /** Ends the present recording, if there is one; the next deed begins another. */
  end(why: EndDeed['why']): Promise<void>;
}

/** Whoever does nothing for so long has gone. */
export const IDLE_MS = 30 * 60 * 1000;
/** Deeds come in bursts. */
const WRITE_MS = 2000;

export function createRecorder(parts: RecorderParts): Recorder {
  const { clock, now } = parts;
  let present: Recording | undefined;
  let lastAt = 0;
  let number = 0;
  let waiting: Deed[] = [];
  let written = Promise.resolve();
  let callOffWriting: (() => void) | undefined;
  let callOffIdle: (() => void) | undefined;

  function add(deed: DeedSketch): void {
    number += 1;
    waiting.push({ ...deed, number });
  }

  function flush(): Promise<void> {
    callOffWriting?.();
    callOffWriting = undefined;
    if (present !== undefined && waiting.length > 0) {
      const [recording, deeds] = [present, waiting];
      waiting = [];
      written = written.then(() => parts.write(recording, deeds));
    }
    return written;
  }

  async function end(why: EndDeed['why']): Promise<void> {
    callOffIdle?.();
    if (present === undefined) return;
    const ended = present;
    // Whoever switched it off said that nothing more is to be kept.
    if (why !== 'switched-off') for (const deed of parts.rest()) add(deed);
    // Whoever went did so when they did the last thing.
    add({ did: 'end', at: why === 'idle' ? lastAt : now(), why });
    const done = flush();
    present = undefined;
    number = 0;
    await done;
    parts.onEnd(ended);
  }

  return {
    get present() {
      return present;
    },
    note(deed) {
      const at = now();
      // A machine that slept has heard no clock.
      if (present !== undefined && at - lastAt > IDLE_MS) void end('idle');
      present ??= parts.begin();
      lastAt = at;
      add(deed);
      callOffWriting ??= clock.after(WRITE_MS, () => void flush());
      callOffIdle?.();
      callOffIdle = clock.after(IDLE_MS, () => void end('idle'));
    },
    flush,
    end,
  };
}
