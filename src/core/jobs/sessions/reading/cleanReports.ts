import type { OwnPrices } from '../../../model/config.ts';
import { withoutSecrets } from '../../../model/ports/secretGate.ts';
import type { SecretGate } from '../../../model/ports/secretGate.ts';
import type { Session } from '../../../model/sessions/session.ts';
import type { SessionReport } from '../../../model/sessions/sessionReport.ts';
import { mergeSessions, withoutCopies } from '../../../sessions/merge.ts';
import { reportSession } from '../../../sessions/report/sessionReport.ts';

/**
 * Reports of the sessions that were read, each session once. They are kept and shown, so what people
 * asked and what commands said loses its secrets here; paths stay, as they name files.
 */
export async function cleanReports(
  read: readonly Session[],
  prices: OwnPrices,
  gate: SecretGate,
): Promise<readonly SessionReport[]> {
  const reports: SessionReport[] = [];
  for (const session of withoutCopies(mergeSessions(read))) {
    reports.push(await cleaned(reportSession(session, prices), gate));
  }
  return reports;
}

async function cleaned(report: SessionReport, gate: SecretGate): Promise<SessionReport> {
  const { title, completion, tests, outcome, work } = report;
  const told = { title, completion, tests, outcome, failures: work.repeatedFailures };
  // Most reports are clean, and one call is cheaper than many.
  const { found } = await gate.redact(textsIn(told).join('\n'));
  if (found.length === 0) return report;
  const { failures, ...clean } = (await withoutSecrets(told, gate)) as typeof told;
  return { ...report, ...clean, work: { ...work, repeatedFailures: failures } };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
