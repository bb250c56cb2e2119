import type { Change } from '../../model/code.ts';
import type { CommitEvent, EventBody, RecordedChange } from '../../model/event.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import { rateChange } from '../../extraction/commits/confidence.ts';
import { describeChange, type Subject } from '../../extraction/commits/subject.ts';
import type { StartedCommit } from './historyPairs.ts';

/** What the commit says of each of its changes. */
export interface ChangeSurroundings {
  readonly issues: readonly string[];
  readonly subject: Subject;
  readonly share: number;
  readonly functions: number;
  readonly answer: number;
  readonly bestAnswer: number;
}

export function toRecorded(
  change: Change,
  { classification, facts }: StartedCommit,
  { issues, subject, ...signs }: ChangeSurroundings,
): RecordedChange {
  const kind = classification.type === 'bug_fix' ? 'fix' : 'feature';
  const { before, after, framework, ...rest } = change;
  return {
    ...rest,
    id: change.fingerprint.slice(0, 16),
    kind,
    framework: framework ?? null,
    description: describeChange(subject, change.description),
    code: after,
    before,
    confidence: rateChange({
      clarity: classification.confidence,
      kind,
      before,
      after,
      testsChanged: facts.testPaths.length > 0,
      linkedIssue: issues.length > 0,
      ...signs,
      words: subject.words,
    }),
  };
}

/** What is recorded of commits that history no longer holds. */
export function lostEvents(
  project: ProjectKey,
  lost: readonly string[],
  reverts: ReadonlySet<string>,
): readonly EventBody[] {
  return lost.map((commit) =>
    reverts.has(commit)
      ? { type: 'revert', project, commit, reverts: [] }
      : emptyCommit(project, commit),
  );
}

export function emptyCommit(project: ProjectKey, commit: string): CommitEvent {
  return {
    type: 'commit',
    project,
    commit,
    author: '',
    dateSeconds: 0,
    message: '',
    testsChanged: false,
    issues: [],
    changes: [],
  };
}
