import { createHash } from 'node:crypto';
import { AppError } from '../../model/errors.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { RecordedImpression, RecordedLook, ShownEvent } from '../../model/event.ts';
import { INJECTING, type ImpressionId, type Surface } from '../../model/outcomes/outcome.ts';
import type { LookDraft, ShownDraft } from '../../model/api/outcomes.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { coalesce } from '../../platform/coalesce.ts';

/** Rule 19 of docs/library.md: bare impressions are flushed each minute and at exit. */
const FLUSH_MS = 60_000;

/** A task is told by its first words; a whole report would be kept with each outcome. */
const MOST_TASK = 500;

/** Looks that are remembered for who asks why. */
const MOST_RECENT = 50;

/** A window of a list is longer than what one sees of it. */
const MOST_NOTED = 20;

export interface ShownRow extends ShownDraft {
  readonly pattern: PatternId;
}

/** What answers were given to; `surface` as in `FindQuery`. */
export interface AskedFor {
  readonly text: string;
  readonly project: ProjectKey | undefined;
  readonly surface: Surface | null | undefined;
  /** Of whoever asks, where several do. */
  readonly session: string | undefined;
}

/** What this process showed, until it is in the journal. */
export interface Showings {
  /** @param project what is being worked on */
  show(look: LookDraft, project: ProjectKey | undefined): Promise<readonly ImpressionId[]>;
  /**
   * The same for answers to a text. A pattern is shown once while one looks on: whoever asks the same
   * again in the same place, types on or takes letters back sees what was seen before, under the same
   * id.
   */
  showAnswers(rows: readonly ShownRow[], asked: AskedFor): ReadonlyMap<PatternId, ImpressionId>;
  /** First impressions of what was shown here, the newest first. */
  recent(limit: number): readonly ImpressionId[];
  /** By which a pattern was last shown here. */
  latest(pattern: PatternId): ImpressionId | undefined;
  /** Writes what was shown since the last time; nothing where the library cannot be written. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface ShowingsParts {
  readonly library: Pick<Library, 'record' | 'readOnlyReason'> & {
    readonly versions: Pick<Library['versions'], 'names'>;
  };
  /** Names this process among all that ever write to the library. */
  readonly writer: string;
  readonly now: () => EpochMs;
}

export function openShowings({ library, writer, now }: ShowingsParts): Showings {
  let next = 0;
  let unwritten: Around[] = [];
  let answered: Answered | undefined;
  const newest = new Map<PatternId, ImpressionId>();
  let recent: readonly ImpressionId[] = [];
  let flushed = Promise.resolve();
  let failed: Promise<void> | undefined;
  const minute = coalesce({ delayMs: FLUSH_MS }, () => void flush());

  /** One after another; what goes wrong first is told when closing, and stops nothing that follows. */
  function flush(): Promise<void> {
    const written = flushed.catch(() => undefined).then(write);
    written.catch(() => {
      failed ??= written;
    });
    flushed = written;
    return written;
  }

  async function write(): Promise<void> {
    const events = joinLooks(unwritten).map((event) => ({ ...event, writer }));
    unwritten = [];
    if (library.readOnlyReason !== undefined) return;
    try {
      await library.record(events);
    } catch (error) {
      // What was asked for has been answered; a full disk says so at the next real write.
      if (!(error instanceof AppError)) throw error;
    }
  }

  function note(look: LookDraft, project: ProjectKey | undefined): readonly ImpressionId[] {
    const { shown } = look;
    if (shown.length === 0) return [];
    const versions = library.versions.names(shown.flatMap(({ pattern }) => pattern ?? []));
    const first = next;
    next += shown.length;
    const recorded = {
      ...{ at: now(), first },
      ...(look.leftOut !== undefined && look.leftOut.length > 0 && { leftOut: look.leftOut }),
      ...(look.context !== undefined && { context: digest(look.context) }),
      shown: shown.map((one) => toRecorded(one, versions)),
    };
    unwritten.push({ ...aroundOf(look, project), looks: [recorded] });
    minute.call();
    recent = [`${writer}.${first}`, ...recent].slice(0, MOST_RECENT);
    return shown.map(({ pattern }, index) => {
      const id = `${writer}.${first + index}`;
      if (pattern !== undefined && look.held !== true) newest.set(pattern, id);
      return id;
    });
  }

  return {
    async show(look, project) {
      const ids = note(look, project);
      if (INJECTING.has(look.surface)) await flush();
      return ids;
    },
    showAnswers(rows, { text, project, session, surface = 'list' }) {
      if (surface === null) return new Map();
      const asker = JSON.stringify([surface, project, session]);
      const isSame = answered?.asker === asker && isSameLook(answered.text, text);
      const seen = (isSame ? answered?.seen : undefined) ?? new Map<PatternId, ImpressionId>();
      answered = { asker, text, seen };
      const fresh = rows.slice(0, MOST_NOTED).filter(({ pattern }) => !seen.has(pattern));
      const around = {
        ...(text !== '' && { task: text }),
        ...(session !== undefined && { session }),
      };
      const ids = note({ surface, ...around, shown: fresh }, project);
      fresh.forEach(({ pattern }, index) => seen.set(pattern, ids[index] ?? ''));
      return seen;
    },
    latest: (pattern) => newest.get(pattern),
    recent: (limit) => recent.slice(0, limit),
    flush,
    close: async () => {
      minute.dispose();
      await flush().catch(() => undefined);
      await failed;
    },
  };
}

/** Looks with what is the same for many of them. */
type Around = Omit<ShownEvent, 'writer'>;

function aroundOf(
  { surface, session, task, held }: LookDraft,
  project: ProjectKey | undefined,
): Omit<Around, 'looks'> {
  return {
    ...{ type: 'shown', surface },
    ...(project !== undefined && { project }),
    ...(typeof session === 'string' && { session }),
    ...(typeof task === 'string' && { task: task.slice(0, MOST_TASK) }),
    ...(held === true && { held }),
  };
}

/** Together where all around them is the same, so that it is written once. */
function joinLooks(all: readonly Around[]): readonly Around[] {
  const byAround = new Map<string, { around: Omit<Around, 'looks'>; looks: RecordedLook[] }>();
  for (const { looks, ...around } of all) {
    const key = JSON.stringify(around);
    const joined = byAround.get(key) ?? { around, looks: [] };
    joined.looks.push(...looks);
    byAround.set(key, joined);
  }
  return [...byAround.values()].map(({ around, looks }) => ({ ...around, looks }));
}

function toRecorded(
  { pattern, chance = 1, estimate, signals, arm, tokens, ...one }: ShownDraft,
  versions: ReadonlyMap<PatternId, string>,
): RecordedImpression {
  const version = one.version ?? versions.get(pattern ?? '');
  return {
    ...(pattern !== undefined && { pattern }),
    ...(version !== undefined && { version }),
    ...(chance !== 1 && { chance: round(chance) }),
    ...(typeof estimate === 'number' && { estimate: round(estimate) }),
    ...(typeof arm === 'string' && { arm }),
    ...(typeof tokens === 'number' && { tokens }),
    ...(signals && {
      signals: Object.fromEntries(
        Object.entries(signals).map(([name, value]) => [name, round(value)]),
      ),
    }),
  };
}

/** Three digits are all that anybody reads. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** What is shown of answers to one text. */
interface Answered {
  /** Who asked where: others saw nothing of it. */
  readonly asker: string;
  readonly text: string;
  readonly seen: Map<PatternId, ImpressionId>;
}

/** Nothing typed yet is a look of its own. */
function isSameLook(former: string, text: string): boolean {
  if (former === '' || text === '') return former === text;
  return former.startsWith(text) || text.startsWith(former);
}
