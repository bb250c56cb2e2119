import type { AgentName, Session } from '../model/sessions/session.ts';
import type { KeptLengths } from './draft.ts';
import type { JsonObject } from './reading/json.ts';
import type { RowTaker } from './reading/rows.ts';

/** What is known of a log before it is read. */
export interface LogHead {
  readonly path: string;
  /** Names in it, where it is a folder. */
  readonly names: readonly string[] | undefined;
  /** The first characters of a file, unpacked. */
  readonly head: string;
  /** The first rows of a file of lines that are objects; of one document, itself if it is short. */
  readonly rows: readonly JsonObject[];
}

/** How a log is to be read. */
export interface Reading {
  /** Where the build put WebAssembly. */
  readonly assetsDir: string;
  readonly kept: KeptLengths;
}

/** Takes the rows of one log, in whatever order and however often they come. */
export interface RowReader extends RowTaker {
  /** What was read so far; more rows may follow. */
  finish(): readonly Session[];
  /** All it knows: one that is opened with it goes on from there. */
  readonly state: unknown;
}

interface Known {
  /** Where it stands in a list of formats people read. */
  readonly agents: readonly AgentName[];
  /** Tells logs of this format from all others. */
  matches(log: LogHead): boolean;
}

/** A log of one JSON object a line, which grows. */
export interface RowFormat extends Known {
  readonly kind: 'rows';
  /** Other logs that hold parts of the same session. */
  companions?(path: string): readonly string[];
  /** @param state of a former reader of the same log */
  open(path: string, reading: Reading, state?: unknown): RowReader;
}

/** A log that is read whole: one document, a folder, a database, or text. */
export interface WholeFormat extends Known {
  readonly kind: 'whole';
  /** Files of which a change means that the log has changed; the log itself when absent. */
  files?(path: string): readonly string[];
  read(path: string, reading: Reading): readonly Session[] | Promise<readonly Session[]>;
}

export type SessionFormat = RowFormat | WholeFormat;
