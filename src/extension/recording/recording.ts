import { randomUUID } from 'node:crypto';
import {
  Disposable,
  env,
  version,
  window,
  workspace,
  type TextDocument,
  type WorkspaceFolder,
} from 'vscode';
import { systemClock } from '../../core/platform/clock.ts';
import type { EndDeed } from '../../core/model/sessions/deed.ts';
import { isBuildOrTest } from '../autoExtraction/buildCommand.ts';
import { isStopped, logFailure } from '../failure.ts';
import { extractableFolders, placeOf } from '../folders.ts';
import { onDidChangeRecording, readIsRecorded } from '../settings.ts';
import type { Recordings } from '../shell.ts';
import { watchCommits } from './commits.ts';
import { watchEdits } from './edits.ts';
import { watchFinishedSessions } from './finishedSessions.ts';
import { openLearnDue, type LearnFromParts } from './learnFromRecordings.ts';
import type { NoteDeed } from './noteDeed.ts';
import { createRecorder, type DeedSketch, type Recorder } from './recorder.ts';
import { watchRuns } from './runs.ts';

/** Records what is done in each folder of a trusted window, where the setting allows it. */
export function openRecordings(parts: LearnFromParts): Recordings {
  const { sessions } = parts.connection.engine;
  const recorders = new Map<string, Recorder>();
  const due = openLearnDue(parts);

  const note: NoteDeed = (folder, deed) => {
    if (!readIsRecorded(folder.uri)) return;
    const recorder = recorderOf(folder);
    recorder.note(deed);
    if (isCheck(deed)) void learnFrom(recorder);
  };
  const edits = watchEdits(note);

  function recorderOf(folder: WorkspaceFolder): Recorder {
    const key = folder.uri.toString();
    const recorder = recorders.get(key) ?? openRecorder(folder);
    recorders.set(key, recorder);
    return recorder;
  }

  function openRecorder({ uri }: WorkspaceFolder): Recorder {
    return createRecorder({
      ...{ clock: systemClock, now: Date.now, rest: () => edits.unsaved(uri.toString()) },
      begin: () => ({
        ...{ id: randomUUID(), folder: uri.fsPath, startedAt: Date.now() },
        ...{ editor: env.appName, editorVersion: version },
      }),
      write: async (recording, deeds) => {
        try {
          await sessions.record(recording, deeds);
        } catch (error) {
          if (!isStopped(error)) logFailure(parts, error);
        }
      },
      onEnd: (recording) => {
        due.add(recording);
      },
    });
  }

  async function learnFrom(recorder: Recorder): Promise<void> {
    const { present } = recorder;
    await recorder.flush();
    if (present !== undefined) due.add(present);
  }

  async function endAll(why: EndDeed['why'], isMeant: (folder: string) => boolean): Promise<void> {
    const meant = [...recorders].filter(([folder]) => isMeant(folder));
    for (const [folder] of meant) recorders.delete(folder);
    await Promise.all(meant.map(([, recorder]) => recorder.end(why)));
  }

  const watches = Disposable.from(
    edits,
    watchFinishedSessions(parts, (session) => {
      due.add(session);
    }),
    watchRuns(note),
    watchCommits(parts, note),
    onDidChangeRecording(() => {
      const on = extractableFolders().filter(({ uri }) => readIsRecorded(uri));
      const kept = new Set(on.map(({ uri }) => uri.toString()));
      void endAll('switched-off', (folder) => !kept.has(folder));
    }),
    workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri.toString()));
      void endAll('closed', (folder) => gone.has(folder));
    }),
  );
  return {
    async noteUse(impression, document) {
      const at = Date.now();
      const folder = folderOf(document);
      const id = await impression;
      if (id === undefined || folder === undefined) return;
      note(folder, { did: 'use', at, impression: id });
    },
    async close() {
      watches.dispose();
      await endAll('closed', () => true);
      due.dispose();
    },
  };
}

/** A run that says whether what was changed works. */
function isCheck(deed: DeedSketch): boolean {
  if (deed.did !== 'run' || deed.exitCode === undefined) return false;
  return deed.group !== undefined || isBuildOrTest(deed.command ?? '');
}

/** Where it was put, else where the person is. */
function folderOf(document: TextDocument | undefined): WorkspaceFolder | undefined {
  const place = document ?? window.activeTextEditor?.document;
  return (place && placeOf(place.uri)?.folder) ?? extractableFolders()[0];
}
