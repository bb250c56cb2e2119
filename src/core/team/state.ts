import { join } from 'node:path';
import type { Trust } from '../model/api/team.ts';
import type { PatternId } from '../model/pattern.ts';
import type { Role } from '../model/team/wire.ts';
import { readIfPossible, readJsonIfPossible, removeFile } from '../platform/disk.ts';
import { replacePrivateFile } from '../platform/replaceFile.ts';

/** A pattern of the team, as this library last heard of it. */
export interface KnownPattern {
  readonly pattern: PatternId;
  readonly name: string;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly sharedAt: string;
  readonly helpful: number;
  readonly votes: number;
  readonly good: number;
  readonly outcomes: number;
  /** Name, description and tags as the server has them, to tell who changed them. */
  readonly words: string;
  /** What the server was last told. */
  readonly vote?: boolean | null;
  readonly told?: string;
}

/**
 * Where the sync of a library stands. It may lag behind the journal, which is written first: what is
 * done twice changes nothing.
 */
export interface TeamState {
  readonly address: string;
  readonly team: string;
  readonly user: string;
  readonly role: Role;
  readonly trust: Trust;
  readonly share: readonly string[];
  readonly cursor?: string | undefined;
  readonly epoch?: string | undefined;
  readonly lastSync: string | null;
  /** Chosen by hand and not sent yet. */
  readonly wanted: readonly PatternId[];
  /** Sent, and refused because the team deleted them. */
  readonly refused: readonly PatternId[];
  /** Forgotten here because the team deleted them, not because a person said so. */
  readonly deleted?: readonly PatternId[];
  /** By the server's ids. */
  readonly known: Readonly<Record<string, KnownPattern>>;
}

/** The folder of a library that holds its team. */
export function teamFolder(library: string): string {
  return join(library, 'team');
}

/** `undefined` without a team. @throws AppError `library-damaged` */
export function readState(library: string): TeamState | undefined {
  const path = join(teamFolder(library), 'state.json');
  return readJsonIfPossible(path, 'library-damaged') as TeamState | undefined;
}

export function writeState(library: string, state: TeamState): void {
  replacePrivateFile(join(teamFolder(library), 'state.json'), JSON.stringify(state));
}

/** The key that was kept for this very address: no other server may see it. */
export function readKey(library: string, address: string): string | undefined {
  const text = readIfPossible(join(teamFolder(library), 'key'))?.toString('utf8') ?? '';
  const [origin, key] = text.split('\n');
  return origin === address ? key : undefined;
}

export function writeKey(library: string, address: string, key: string): void {
  replacePrivateFile(join(teamFolder(library), 'key'), `${address}\n${key}\n`);
}

export function removeKey(library: string): void {
  removeFile(join(teamFolder(library), 'key'));
}

/** Of a team that was left nothing stays. */
export function removeTeam(library: string): void {
  for (const name of ['key', 'state.json']) removeFile(join(teamFolder(library), name));
}
