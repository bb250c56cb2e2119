import { Disposable, type Memento, type Uri } from 'vscode';
import type { LastingReport } from '../../core/model/sessions/sessionReport.ts';
import { systemClock } from '../../core/platform/clock.ts';
import { isStopped, logFailure } from '../failure.ts';
import { extractableFolders } from '../folders.ts';
import { readOverrides } from '../settings.ts';
import type { EngineConnection, Shell } from '../shell.ts';

export interface FinishedParts {
  readonly connection: Pick<EngineConnection, 'engine'>;
  readonly known: Pick<Shell['known'], 'isExtracted'>;
  readonly log: Shell['log'];
  readonly memento: Memento;
}

const EACH_MS = 10 * 60 * 1000;
/** An agent that has said nothing for so long has come to its end. */
const QUIET_MS = 10 * 60 * 1000;
/** Sessions that ended before are known; those of before the first time are learned from by hand. */
const KNOWN_UNTIL = 'sessions.knownUntil';

/** Tells of sessions of agents that ended in folders which a person extracted once. */
export function watchFinishedSessions(
  parts: FinishedParts,
  note: (session: { readonly id: string; readonly folder: string }) => void,
): Disposable {
  const { connection, known, memento } = parts;
  let callOff: (() => void) | undefined;
  if (memento.get<number>(KNOWN_UNTIL) === undefined) void memento.update(KNOWN_UNTIL, Date.now());

  async function look(): Promise<void> {
    const until = Date.now() - QUIET_MS;
    for (const { uri } of extractableFolders().filter((folder) => known.isExtracted(folder.uri))) {
      // One folder that cannot be looked at keeps nobody from the others.
      await lookIn(uri, until).catch((error: unknown) => {
        if (!isStopped(error)) logFailure(parts, error);
      });
    }
  }

  /** Each folder is known until the last time that it could be looked at. */
  async function lookIn(uri: Uri, until: number): Promise<void> {
    const knownUntil = `${KNOWN_UNTIL} ${uri.toString()}`;
    const from = memento.get<number>(knownUntil) ?? memento.get<number>(KNOWN_UNTIL, until);
    const since = new Date(from).toISOString();
    const settings = readOverrides(uri);
    const found = await connection.engine.sessions.list({ since, project: uri.fsPath, settings });
    for (const { id, folder } of found.filter((one) => isFinished(one, { from, until }))) {
      note({ id, folder: folder ?? uri.fsPath });
    }
    if (until > from) await memento.update(knownUntil, until);
  }

  function lookLater(): void {
    callOff = systemClock.after(EACH_MS, () => {
      void look().finally(lookLater);
    });
  }
  lookLater();
  return new Disposable(() => {
    callOff?.();
  });
}

/** Recordings of this editor tell of their end themselves. */
function isFinished(
  { agent, endedAt, outcome }: Pick<LastingReport, 'agent' | 'endedAt' | 'outcome'>,
  { from, until }: { readonly from: number; readonly until: number },
): boolean {
  const ended = Date.parse(endedAt ?? '');
  const isTold = outcome.label === 'success' || outcome.label === 'failure';
  return agent !== 'vscode' && isTold && ended > from && ended <= until;
}
