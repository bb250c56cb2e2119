import { AppError } from '../../model/errors.ts';
import type { EventBody, LibraryEvent } from '../../model/event.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { localized } from '../../model/localizedText.ts';
import { isObject, isShownDate, number, object, type Field } from './fields.ts';
import { createFold, type Cell, type Fold } from './fold.ts';
import type { RowsAndTexts } from '../texts/longTexts.ts';
import type { AnyFactKind, FactTables, Recalled } from './kind.ts';
import { createPurgeRequests, type Purged, type PurgeRequests } from './purge.ts';
import { redactTexts } from './redaction.ts';

/** What a library can do with facts, whatever kinds of them there are. */
export interface Facts {
  /**
   * The fact a parsed line of a journal holds: the line itself or, where it has values that cannot
   * be shown, a copy with others in their place. `undefined` where this version does not understand
   * it.
   */
  read(value: unknown): LibraryEvent | undefined;
  /**
   * A body as it may be recorded: each value can be shown, and no text holds a secret.
   *
   * @throws AppError `bad-argument` for one without the shape of its kind
   */
  admit(gate: SecretGate, body: EventBody): Promise<EventBody>;
  cellsOf(event: LibraryEvent): readonly Cell[];
  createFold(): Fold;
  createPurgeRequests(): PurgeRequests & { add(event: LibraryEvent): void };
  /** See `FactKind.withoutPurged`. */
  withoutPurged(body: EventBody, purged: Purged): EventBody | undefined;
  /**
   * The same for a recorded event. What is left gets an id of its own right after the former one,
   * so that it takes the place of copies with the text that a backup or another host brings back.
   */
  eventWithoutPurged(event: LibraryEvent, purged: Purged): LibraryEvent | undefined;
  apply(event: LibraryEvent, tables: FactTables): void;
  /** A script that makes the tables of all kinds. */
  readonly tables: string;
  /** Queries for all that a view holds of facts. */
  readonly dump: readonly string[];
  /** All that a view holds of facts, as they were recorded. */
  recall(view: RowsAndTexts): Iterable<Recalled>;
}

/** Ends the id of an event that a purge took text from. */
const REDUCED = '~';

/** Far from where numbers lose their last digit, so that there is always a next revision. */
const HIGHEST_REV = 2 ** 50;

export function createFacts(kinds: readonly AnyFactKind[]): Facts {
  const byType = new Map(
    kinds.map((kind) => [kind.type as string, { ...kind, shape: object(kind.fields) }] as const),
  );

  function kindOf({ type }: Pick<EventBody, 'type'>): AnyFactKind & { readonly shape: Field } {
    const kind = byType.get(type);
    if (kind === undefined) throw new Error(`no kind of fact is called ${type}`);
    return kind;
  }

  function read(value: unknown): LibraryEvent | undefined {
    if (!isObject(value) || typeof value['type'] !== 'string') return undefined;
    const shape = byType.get(value['type'])?.shape;
    if (shape === undefined || !isEnvelope(value)) return undefined;
    if (shape.holds(value) && isShownTime(value['at'])) return value as unknown as LibraryEvent;
    const mended = shape.mend?.(value);
    if (!shape.holds(mended)) return undefined;
    const at = isShownTime(value['at']) ? value['at'] : 0;
    return { ...(mended as LibraryEvent), at };
  }

  function withoutPurged(body: EventBody, purged: Purged): EventBody | undefined {
    return kindOf(body).withoutPurged(body, purged);
  }

  function cellsOf(event: LibraryEvent): readonly Cell[] {
    return kindOf(event).cells(event);
  }

  return {
    read,
    async admit(gate, body) {
      const { shape } = kindOf(body);
      const shown = shape.holds(body) ? body : (shape.mend?.(body) as EventBody);
      if (!shape.holds(shown)) {
        throw new AppError('bad-argument', localized`a fact of the kind ${body.type} is malformed`);
      }
      return redactTexts(gate, shape, shown);
    },
    cellsOf,
    createFold: () => createFold(cellsOf),
    createPurgeRequests() {
      const requests = createPurgeRequests();
      return { ...requests, add: (event) => kindOf(event).notePurge?.(event, requests) };
    },
    withoutPurged,
    eventWithoutPurged(event, purged) {
      const body = withoutPurged(event, purged);
      if (body === undefined || body === event) return body && event;
      const id = event.id.endsWith(REDUCED) ? event.id : `${event.id}${REDUCED}`;
      return { ...body, id, rev: event.rev, at: event.at };
    },
    apply: (event, tables) => {
      kindOf(event).apply(event, tables);
    },
    tables: kinds.flatMap(({ tables }) => tables ?? []).join('\n'),
    dump: kinds.flatMap(({ dump }) => dump),
    *recall(view) {
      for (const { recall } of kinds) yield* recall(view);
    },
  };
}

/** Whether what every event carries is there. */
function isEnvelope({ id, rev, at }: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof id === 'string' &&
    Number.isSafeInteger(rev) &&
    Math.abs(rev as number) <= HIGHEST_REV &&
    number.holds(at)
  );
}

function isShownTime(at: unknown): at is number {
  return isShownDate((at as number) / 1000);
}
