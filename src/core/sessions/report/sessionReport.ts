import type { OwnPrices } from '../../model/config.ts';
import type { Session } from '../../model/sessions/session.ts';
import type { SessionReport } from '../../model/sessions/sessionReport.ts';
import { measureCompletion } from '../metrics/completion.ts';
import { measureContext } from '../metrics/context.ts';
import { isoTime } from '../metrics/isoTime.ts';
import { measureOutcome } from '../metrics/outcome.ts';
import { measureCoverage, measureTests } from '../metrics/tests.ts';
import { measureTime } from '../metrics/time.ts';
import { measureTokens } from '../metrics/tokens.ts';
import { measureWork } from '../metrics/work.ts';

/**
 * All that is measured of a session, each figure with how far it can be trusted.
 *
 * @param own prices that win over those of logs and lists
 */
export function reportSession(session: Session, own: OwnPrices = {}): SessionReport {
  const tokens = measureTokens(session, own);
  const completion = measureCompletion(session);
  const { context, exactness: contextExactness } = measureContext(session);
  const done = completion?.completed ?? 0;
  const { time, exactness: timeExactness } = measureTime(session, done);
  const tests = measureTests(session);
  const coverage = measureCoverage(session);
  const outcome = measureOutcome(session, tests, completion);
  return {
    ...headOf(session),
    ...{
      tokens: tokens.tokens,
      tokensByModel: tokens.byModel,
      tokensBySubagent: tokens.bySubagent,
    },
    estimatedSubagentTokens: tokens.estimatedSubagentTokens,
    ...{ costUsd: tokens.costUsd, unpriced: tokens.unpriced },
    costPerTaskUsd: done === 0 || tokens.costUsd === null ? null : tokens.costUsd / done,
    exactness: {
      tokens: tokens.exactness,
      costUsd: tokens.costExactness,
      completion: completion === null ? 'not-measured' : 'exact',
      ...{ context: contextExactness, time: timeExactness },
      tests: tests.runs === 0 ? 'not-measured' : 'exact',
      coverage: coverage === null ? 'not-measured' : 'exact',
      outcome: outcome.label === 'unknown' ? 'not-measured' : 'estimate',
      // Whatever a shell changes is not told.
      work: session.steps.length === 0 ? 'not-measured' : 'lower-bound',
      patterns: 'not-measured',
    },
    ...{ completion, context, time, tests, coverage, outcome },
    ...{ work: measureWork(session), patterns: [], skipped: session.skipped },
  };
}

function headOf(session: Session): Head {
  const { id, agent, agentVersion = null, models, title = null, folder = null, logs } = session;
  return {
    ...{ id, agent, agentVersion, models },
    startedAt: isoTime(session.times[0]),
    endedAt: isoTime(session.times.at(-1)),
    ...{ title, folder, logs },
  };
}

type Head = Pick<
  SessionReport,
  'id' | 'agent' | 'agentVersion' | 'models' | 'startedAt' | 'endedAt' | 'title' | 'folder' | 'logs'
>;
