import type { LastingReport } from '../../core/model/sessions/sessionReport.ts';

/** An agent that has said nothing for so long has come to its end. */
const QUIET_MS = 10 * 60 * 1000;
/** Sessions that ended before are known; those of before the first time are learned from by hand. */
const KNOWN_UNTIL = 'sessions.knownUntil';

/** A folder to look for sessions in. */
export interface LookedIn {
  /** Its address, by which it is remembered. */
  readonly address: string;
  readonly path: string;
}

type Listed = Pick<LastingReport, 'id' | 'folder' | 'agent' | 'endedAt' | 'outcome'>;

export interface LookParts {
  readonly memory: {
    get(key: string): number | undefined;
    update(key: string, value: number): PromiseLike<void>;
  };
  /** @param since ISO 8601: only of logs that were written to from then on */
  readonly list: (folder: LookedIn, since: string) => Promise<readonly Listed[]>;
  readonly note: (session: { readonly id: string; readonly folder: string }) => void;
  readonly logFailure: (error: unknown) => void;
}

/** Makes sessions known that ended before the first look. */
export async function beginLooking({ memory }: LookParts, nowMs: number): Promise<void> {
  if (memory.get(KNOWN_UNTIL) === undefined) await memory.update(KNOWN_UNTIL, nowMs);
}

/** Tells of sessions of agents that ended in each folder since the last look that went well there. */
export async function lookForFinished(
  parts: LookParts,
  folders: readonly LookedIn[],
  nowMs: number,
): Promise<void> {
  for (const folder of folders) {
    // One folder that cannot be looked at keeps nobody from the others.
    await lookIn(parts, folder, nowMs - QUIET_MS).catch(parts.logFailure);
  }
}

/** Each folder is known until the last time that it could be looked at. */
async function lookIn(parts: LookParts, folder: LookedIn, until: number): Promise<void> {
  const { memory, list, note } = parts;
  const knownUntil = `${KNOWN_UNTIL} ${folder.address}`;
  const from = memory.get(knownUntil) ?? memory.get(KNOWN_UNTIL) ?? until;
  const found = await list(folder, new Date(from).toISOString());
  for (const one of found.filter((listed) => isFinished(listed, { from, until }))) {
    note({ id: one.id, folder: one.folder ?? folder.path });
  }
  if (until > from) await memory.update(knownUntil, until);
}

/** Recordings of this editor tell of their end themselves. */
function isFinished(
  { agent, endedAt, outcome }: Listed,
  { from, until }: { readonly from: number; readonly until: number },
): boolean {
  const ended = Date.parse(endedAt ?? '');
  const isTold = outcome.label === 'success' || outcome.label === 'failure';
  return agent !== 'vscode' && isTold && ended > from && ended <= until;
}
