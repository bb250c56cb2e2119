import {
  Disposable,
  TextDocumentChangeReason,
  workspace,
  type LogOutputChannel,
  type TextDocument,
  type TextDocumentChangeEvent,
  type WorkspaceFolder,
} from 'vscode';
import type { OutcomeDraft } from '../../core/model/api/outcomes.ts';
import type { Engine } from '../../core/model/engine.ts';
import type { ImpressionId } from '../../core/model/outcomes/outcome.ts';
import { registerBuildWatch } from '../autoExtraction/builds.ts';
import { registerCommitWatch } from '../autoExtraction/commits.ts';
import { isStopped, logFailure } from '../failure.ts';
import { isWithin } from '../folders.ts';
import type { Following, Taken } from '../shell.ts';
import { changeBetween, moved, survivingShare, type TrackedText } from './trackedText.ts';

interface FollowingParts {
  readonly connection: { readonly engine: Pick<Engine, 'outcomes'> };
  readonly log: LogOutputChannel;
}

interface Followed extends Omit<Taken, 'text'> {
  document: TextDocument;
  tracked: TrackedText;
  /** A build or test run passed with it: what fails later is not its fault. */
  hasPassed: boolean;
}

/** What was added to a prompt, or held out of it, in the folders it was for. */
interface Task {
  readonly look: ImpressionId;
  readonly folders: readonly WorkspaceFolder[];
}

/** Those that were taken last. */
const MOST_FOLLOWED = 200;

export function openFollowing(shell: FollowingParts): Following {
  const { outcomes } = shell.connection.engine;
  let followed: readonly Followed[] = [];
  let tasks: readonly Task[] = [];

  async function record(impression: Taken['impression'], outcome: OutcomeDraft): Promise<void> {
    try {
      const id = await impression;
      if (id !== undefined) await outcomes.record(id, outcome);
    } catch (error) {
      if (!isStopped(error)) logFailure(shell, error);
    }
  }

  function move({ document, contentChanges, reason }: TextDocumentChangeEvent): void {
    const here = followed.filter((one) => one.document === document);
    for (const one of here) {
      for (const change of contentChanges) one.tracked = moved(one.tracked, change);
    }
    if (reason !== TextDocumentChangeReason.Undo) return;
    const gone = here.filter((one) => shareOf(one) === 0);
    for (const { impression } of gone) void record(impression, { kind: 'reverted' });
    followed = followed.filter((one) => !gone.includes(one));
  }

  /** A file that is opened again is another document, and may have changed while it was closed. */
  function rebind(document: TextDocument): void {
    const uri = document.uri.toString();
    for (const one of followed) {
      if (one.document === document || one.document.uri.toString() !== uri) continue;
      one.tracked = moved(one.tracked, changeBetween(one.document.getText(), document.getText()));
      one.document = document;
    }
  }

  function below(folder: WorkspaceFolder): readonly Followed[] {
    return followed.filter(({ document }) => isWithin(document.uri, folder.uri));
  }

  function settle(folder: WorkspaceFolder): void {
    const settled = below(folder);
    followed = followed.filter((one) => !settled.includes(one));
    tasks = tasks.filter((task) => !isFor(task, folder));
    for (const one of settled) {
      const share = shareOf(one);
      void record(one.impression, share === 1 ? { kind: 'survived' } : { kind: 'edited', share });
    }
  }

  const watches = Disposable.from(
    workspace.onDidChangeTextDocument(move),
    workspace.onDidOpenTextDocument(rebind),
    registerCommitWatch(shell, settle),
    registerBuildWatch((folder, hasPassed) => {
      const kind = hasPassed ? 'passed' : 'failed';
      for (const one of below(folder)) {
        if (hasPassed || !one.hasPassed) void record(one.impression, { kind });
        one.hasPassed ||= hasPassed;
      }
      for (const task of tasks) {
        if (isFor(task, folder)) void record(Promise.resolve(task.look), { kind });
      }
    }),
  );
  return {
    follow({ document, impression, text }) {
      const one = { document, impression, tracked: text, hasPassed: false };
      followed = [...followed, one].slice(-MOST_FOLLOWED);
    },
    followTask(look, folders) {
      tasks = [...tasks, { look, folders }].slice(-MOST_FOLLOWED);
    },
    record,
    dispose: () => {
      watches.dispose();
    },
  };
}

function isFor({ folders }: Task, folder: WorkspaceFolder): boolean {
  return folders.some(({ uri }) => uri.toString() === folder.uri.toString());
}

/** A document that was closed still has the text it had last. */
function shareOf({ document, tracked }: Followed): number {
  return survivingShare(tracked.text, document.getText().slice(tracked.start, tracked.end));
}
