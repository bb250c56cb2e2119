import type { EpochMs } from '../../model/epochMs.ts';
import type { EventBody, Recorded } from '../../model/event.ts';
import type { Dirty } from '../view/dirty.ts';
import type { Projects } from '../view/projects.ts';
import type { RowsAndTexts } from '../texts/longTexts.ts';
import type { Fields } from './fields.ts';
import type { Cell } from './fold.ts';
import type { Purged, PurgeNotes } from './purge.ts';

/** What a fact is applied to: the tables of the view, and the list of patterns to judge anew. */
export interface FactTables extends RowsAndTexts {
  readonly dirty: Dirty;
  readonly projects: Projects;
}

/**
 * All there is to know of one kind of fact. To add a kind is to write one of these in a file of its
 * own and to list it in `all.ts`.
 */
export interface FactKind<Body extends { readonly type: string } = EventBody> {
  readonly type: Body['type'];
  /** Its shape, and with it what is redacted: what is declared as text, in every field. */
  readonly fields: Fields<Body>;
  /** Tables of the view that hold it alone; shared ones stand in `schema.sql`. */
  readonly tables?: string;
  /** What compaction keeps of it: each event that wins one of these; see `Cell`. */
  readonly cells: (event: Recorded<Body>) => readonly Cell[];
  /**
   * A body without the text of what is purged: the same object when it holds none, `undefined`
   * when nothing is left.
   */
  readonly withoutPurged: (body: Body, purged: Purged) => Body | undefined;
  /** What it says about purging: who is forgotten, which keys are one project. */
  readonly notePurge?: (event: Recorded<Body>, notes: PurgeNotes) => void;
  /** Takes it into the view; in any order and any number of times. */
  readonly apply: (event: Recorded<Body>, tables: FactTables) => void;
  /** Queries for all the view holds of it, by columns that mean the same in every view. */
  readonly dump: readonly string[];
  /**
   * What a view still holds of it, as it was recorded: where a journal file is damaged, a snapshot
   * may be all there is of a fact.
   */
  readonly recall: (view: RowsAndTexts) => Iterable<Recalled<Body>>;
}

/** A fact read back from a view. */
export interface Recalled<Body = EventBody> {
  readonly body: Body;
  /** The event that said so; left out where the view holds what several say as one. */
  readonly order?: Order;
}

/** What is known of the event beside its body; `at` where the view keeps it. */
export interface Order {
  readonly id: string;
  readonly rev: number;
  readonly at?: EpochMs;
}

/** A kind among others, whose events only it can tell. */
export type AnyFactKind = FactKind;

/** Forgets which events a kind is for: they are found by their type, so each meets only its own. */
export function defineFact<Body extends { readonly type: string }>(
  kind: FactKind<Body>,
): AnyFactKind {
  return kind as unknown as AnyFactKind;
}

/**
 * For facts that hold no code and nothing written about it: ratings, with their names of sessions,
 * tasks and people, counts, and links between ids stay.
 */
export function keepWhole<Body>(body: Body): Body {
  return body;
}

/** For facts that go with their project, whole. */
export function dropWithProject<Body extends { readonly project: string }>(
  body: Body,
  { projects }: Purged,
): Body | undefined {
  return projects.has(body.project) ? undefined : body;
}

/** Of two facts about one subject the newer one stays; for the end of an upsert. */
export const WHERE_NEWER = 'WHERE (excluded.rev, excluded.event) > (rev, event)';
