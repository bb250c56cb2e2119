import type { EpochMs } from '../../model/event.ts';
import { AppError } from '../../model/errors.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { coalesce } from '../../platform/coalesce.ts';

/** Rule 19 of docs/library.md: bare impressions are flushed each minute and at exit. */
const FLUSH_MS = 60_000;

/** Counts which patterns were shown; a count that is lost with a killed process moves nothing. */
export interface Impressions {
  /**
   * A pattern is shown once while one looks on: whoever asks the same again, types on or takes
   * letters back sees what was seen before.
   */
  add(ids: readonly PatternId[], text: string): void;
  /** Writes what was counted since the last time; nothing where the library cannot be written. */
  close(): Promise<void>;
}

/** @param writer names this process among all that ever write to the library */
export function openImpressions(
  library: Pick<Library, 'record' | 'readOnlyReason'>,
  { writer, now }: { readonly writer: string; readonly now: () => EpochMs },
): Impressions {
  /** Counts by day, cumulative as the event says. */
  const days = new Map<string, Map<PatternId, number>>();
  const unwritten = new Set<string>();
  let looked: Look | undefined;
  let flushed = Promise.resolve();

  /** One after another; what goes wrong is told when closing. */
  function flushNext(): Promise<void> {
    flushed = flushed.then(flush);
    flushed.catch(() => undefined);
    return flushed;
  }

  async function flush(): Promise<void> {
    const events = [...unwritten].map((day) => ({
      type: 'impressions' as const,
      writer,
      day,
      counts: Object.fromEntries(days.get(day) ?? []),
    }));
    unwritten.clear();
    if (library.readOnlyReason !== undefined) return;
    try {
      await library.record(events);
    } catch (error) {
      // What was asked for has been answered; a full disk says so at the next real write.
      if (!(error instanceof AppError)) throw error;
    }
  }

  const minute = coalesce({ delayMs: FLUSH_MS }, () => void flushNext());

  return {
    add: (asked, text) => {
      const seen = seenBefore(looked, text);
      looked = { text, seen };
      const ids = asked.filter((id) => !seen.has(id));
      if (ids.length === 0) return;
      for (const id of ids) seen.add(id);
      const day = new Date(now()).toISOString().slice(0, 10);
      const counts = days.get(day) ?? new Map<PatternId, number>();
      for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
      days.set(day, counts);
      unwritten.add(day);
      minute.call();
    },
    close: async () => {
      minute.dispose();
      await flushNext();
    },
  };
}

/** What is shown of answers to one text. */
interface Look {
  readonly text: string;
  readonly seen: Set<PatternId>;
}

function seenBefore(look: Look | undefined, text: string): Set<PatternId> {
  return look !== undefined && isSameLook(look.text, text) ? look.seen : new Set();
}

/** Nothing typed yet is a look of its own. */
function isSameLook(former: string, text: string): boolean {
  if (former === '' || text === '') return former === text;
  return former.startsWith(text) || text.startsWith(former);
}
