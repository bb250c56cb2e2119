import { AppError } from '../../model/errors.ts';
import type { OwnPrices } from '../../model/config.ts';
import { localized } from '../../model/localizedText.ts';
import { withoutSecrets, type SecretGate } from '../../model/ports/secretGate.ts';
import type { Watch } from '../../model/api/watch.ts';
import { toAtif } from '../../sessions/report/atifDocument.ts';
import { readWhole } from './readWhole.ts';
import type { SessionParts } from './sessionLogs.ts';

/**
 * The sessions a name stands for, each as a document of the Agent Trajectory Interchange Format
 * without secrets.
 *
 * @throws AppError `session-not-found`
 */
export async function exportTrajectories(
  parts: SessionParts & { readonly gate: SecretGate; readonly prices: OwnPrices },
  name: string,
  watch: Watch,
): Promise<readonly string[]> {
  const sessions = await readWhole(parts, name, watch);
  if (sessions.length === 0) {
    throw new AppError('session-not-found', localized`there is no session or log ${name}`);
  }
  const documents: string[] = [];
  for (const session of sessions) {
    documents.push(JSON.stringify(await withoutSecrets(toAtif(session, parts.prices), parts.gate)));
  }
  return documents;
}
