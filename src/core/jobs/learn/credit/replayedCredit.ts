import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { creditByRemoval } from '../../../learning/credit/counterfactual/removal.ts';
import { stepChanges } from '../../../learning/credit/counterfactual/stepChanges.ts';
import { toContributions } from '../../../learning/credit/credit.ts';
import type { ToldCredit } from '../../../learning/attribute.ts';
import type { LocalizedText } from '../../../model/localizedText.ts';
import { localized } from '../../../model/localizedText.ts';
import type { Session } from '../../../model/sessions/session.ts';
import { openTrials, type TrialRequest } from '../../trials/openTrials.ts';

export interface ReplayedCredit {
  /** `undefined` where nothing could be told by taking changes out. */
  readonly credit: ToldCredit | undefined;
  readonly notes: readonly LocalizedText[];
}

/** Of all runs together, the time of each bounded by itself. */
const MOST_RUNS = 200;

/** Credit by taking the changes of steps out of a checkout and running the tests. */
export async function replayedCredit(
  session: Session,
  request: TrialRequest,
): Promise<ReplayedCredit> {
  const trials = await openTrials(request);
  let runs = 0;
  try {
    const read = (path: string): string | undefined => trials.read(path);
    const changes = stepChanges(session, {
      read,
      toPath: (path) => pathIn(session.folder ?? request.repository, path, request.repository),
    });
    const { shares, entangled, notes } = await creditByRemoval(changes, read, async (texts) => {
      if (runs >= MOST_RUNS) return 'unclear';
      const { outcome, isKept } = await trials.run(texts);
      if (!isKept) runs += 1;
      return outcome === 'passed' || outcome === 'failed' ? outcome : 'unclear';
    });
    const ran = localized`the tests ran ${runs} times for ${changes.length} steps with changes`;
    const network = networkNote(trials.isOffline, request.usesNetwork === true);
    if (shares.size === 0) return { credit: undefined, notes: [...notes, ...network] };
    const contributions = toContributions(session, shares);
    return {
      credit: { method: 'counterfactual', contributions, entangled },
      notes: [...notes, ran, ...network],
    };
  } finally {
    await trials.close();
  }
}

/** Tests may fail for want of a network, and a person may think that they had none. */
function networkNote(isOffline: boolean, isWanted: boolean): readonly LocalizedText[] {
  if (isOffline) return [localized`the tests ran without the network`];
  return isWanted ? [] : [localized`this system could not keep the tests from the network`];
}

/** A path of a log in the repository, which may lie elsewhere now than when the log was written. */
function pathIn(folder: string, path: string, repository: string): string | undefined {
  const absolute = isAbsolute(path) ? path : join(folder, path);
  for (const base of [repository, folder]) {
    const way = relative(base, absolute).split(sep);
    if (way[0] !== '..' && !isAbsolute(way.join(sep))) return way.join('/');
  }
  // Of a container or another machine: by the end of the path that the repository has.
  const parts = absolute.split(/[\\/]/).filter((part) => part !== '..');
  const start = parts.findIndex(
    (_, at) => at > 0 && existsSync(join(repository, ...parts.slice(at))),
  );
  return start < 0 ? undefined : parts.slice(start).join('/');
}
