import { Disposable, type Memento, Uri } from 'vscode';
import { systemClock } from '../../core/platform/clock.ts';
import { isStopped, logFailure } from '../failure.ts';
import { extractableFolders } from '../folders.ts';
import { readOverrides } from '../settings.ts';
import type { EngineConnection, Shell } from '../shell.ts';
import { beginLooking, lookForFinished, type LookParts } from './lookForFinished.ts';

export interface FinishedParts {
  readonly connection: Pick<EngineConnection, 'engine'>;
  readonly known: Pick<Shell['known'], 'isExtracted'>;
  readonly log: Shell['log'];
  readonly memento: Memento;
}

const EACH_MS = 10 * 60 * 1000;

/** Tells of sessions of agents that ended in folders which a person extracted once. */
export function watchFinishedSessions(parts: FinishedParts, note: LookParts['note']): Disposable {
  const { connection, known, memento } = parts;
  let callOff: (() => void) | undefined;
  const look: LookParts = {
    ...{ memory: memento, note },
    list: ({ address, path }, since) => {
      const settings = readOverrides(Uri.parse(address));
      return connection.engine.sessions.list({ since, project: path, settings });
    },
    logFailure: (error) => {
      if (!isStopped(error)) logFailure(parts, error);
    },
  };

  function lookLater(): void {
    callOff = systemClock.after(EACH_MS, () => {
      const folders = extractableFolders()
        .filter(({ uri }) => known.isExtracted(uri))
        .map(({ uri }) => ({ address: uri.toString(), path: uri.fsPath }));
      void lookForFinished(look, folders, Date.now()).finally(lookLater);
    });
  }
  void beginLooking(look, Date.now());
  lookLater();
  return new Disposable(() => {
    callOff?.();
  });
}
