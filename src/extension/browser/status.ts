import { workspace } from 'vscode';
import type { BrowserStatus } from '../../protocol/browser.ts';
import { describeWork } from '../jobs/progressText.ts';
import { shareOf } from '../jobs/share.ts';
import type { EngineState, JobsStatus, Shell } from '../shell.ts';

/** What the browser has to know besides the patterns. */
export function browserStatus({ connection, jobs }: Shell): BrowserStatus {
  return {
    trusted: workspace.isTrusted,
    hasFolder: (workspace.workspaceFolders ?? []).some(({ uri }) => uri.scheme === 'file'),
    engine: engineStatus(connection.state),
    work: workStatus(jobs.status),
  };
}

function engineStatus(engine: EngineState): BrowserStatus['engine'] {
  return engine.state === 'failed'
    ? { state: 'failed', failure: engine.failure }
    : { state: engine.state };
}

function workStatus(status: JobsStatus): BrowserStatus['work'] {
  if (status.state !== 'extracting') return { state: status.state };
  const isKnown = status.progress?.total !== undefined || status.turn.of > 1;
  return {
    state: 'extracting',
    label: describeWork(status),
    share: isKnown ? shareOf(status) : null,
  };
}
