import { stripVTControlCharacters } from 'node:util';
import {
  debug,
  Disposable,
  ShellExecution,
  TaskGroup,
  tasks,
  type DebugSession,
  type Task,
  type TaskExecution,
  type WorkspaceFolder,
} from 'vscode';
import type { RunDeed } from '../../core/model/sessions/deed.ts';
import { isBuildOrTest } from '../autoExtraction/buildCommand.ts';
import { foldersOfTask, toCommandLine } from '../autoExtraction/builds.ts';
import { extractableFolders, foldersAround } from '../folders.ts';
import { watchEndedRuns } from '../terminal/endedRuns.ts';
import type { NoteDeed } from './noteDeed.ts';

/** Of what a program printed: its end tells how it went. */
const MOST_OUTPUT = 20_000;

/** Tells of commands in terminals, tasks and debug runs when they have ended. */
export function watchRuns(note: NoteDeed): Disposable {
  const noteIn = (folders: readonly WorkspaceFolder[], run: RunSketch): void => {
    // One run is one deed, also where it may have been in several folders.
    const [folder] = folders;
    if (folder !== undefined) note(folder, { did: 'run', endedAt: Date.now(), ...run });
  };
  /** When tasks began, by their commands, which their terminals tell of once more. */
  const taskStarts = new Map<string, number>();
  return Disposable.from(
    watchTerminals(noteIn, taskStarts),
    watchTasks(noteIn, taskStarts),
    watchDebugRuns(noteIn),
  );
}

type RunSketch = Omit<RunDeed, 'number' | 'did' | 'endedAt'>;
type NoteRun = (folders: readonly WorkspaceFolder[], run: RunSketch) => void;

/** The terminal of a task says within a moment what it runs. */
const MOMENT_MS = 3000;

function watchTerminals(note: NoteRun, taskStarts: ReadonlyMap<string, number>): Disposable {
  return watchEndedRuns({
    wantsOutput: isBuildOrTest,
    mostCharacters: MOST_OUTPUT,
    onEnd: ({ commandLine, exitCode, place, startedAt, output }) => {
      const command = commandLine.trim();
      // A space before a command keeps it out of a shell's history; it is kept out here as well.
      if (command === '' || commandLine.startsWith(' ')) return;
      if (Math.abs(startedAt - (taskStarts.get(command) ?? 0)) < MOMENT_MS) return;
      const folders = place === undefined ? extractableFolders() : foldersAround(place);
      note(folders, {
        ...{ at: startedAt, how: 'terminal', name: command, command },
        ...(exitCode !== undefined && { exitCode }),
        ...(output !== undefined && { output: stripVTControlCharacters(output) }),
      });
    },
  });
}

function watchTasks(note: NoteRun, taskStarts: Map<string, number>): Disposable {
  const running = new Map<TaskExecution, number>();
  return Disposable.from(
    tasks.onDidStartTask(({ execution }) => {
      running.set(execution, Date.now());
      taskStarts.set(commandOf(execution.task) ?? '', Date.now());
    }),
    tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      const { task } = execution;
      const command = commandOf(task);
      const group = groupOf(task);
      note(foldersOfTask(task), {
        ...{ at: running.get(execution) ?? Date.now(), how: 'task', name: task.name },
        ...(command !== undefined && { command }),
        ...(group !== undefined && { group }),
        ...(exitCode !== undefined && { exitCode }),
      });
    }),
    tasks.onDidEndTask(({ execution }) => {
      running.delete(execution);
    }),
  );
}

function commandOf({ execution }: Task): string | undefined {
  if (!(execution instanceof ShellExecution)) return undefined;
  const command = toCommandLine(execution).trim();
  return command === '' ? undefined : command;
}

function groupOf({ group }: Task): RunDeed['group'] {
  if (group?.id === TaskGroup.Test.id) return 'test';
  const builds = [TaskGroup.Build.id, TaskGroup.Rebuild.id];
  return builds.includes(group?.id ?? '') ? 'build' : undefined;
}

interface DebugRun {
  readonly at: number;
  /** As the debugger told it: of a program that a signal killed it says as little as of one that passed. */
  exitCode?: number;
}

function watchDebugRuns(note: NoteRun): Disposable {
  const running = new Map<string, DebugRun>();
  const folderOf = ({ workspaceFolder }: DebugSession): readonly WorkspaceFolder[] => {
    const folders = extractableFolders();
    if (workspaceFolder === undefined) return folders;
    const uri = workspaceFolder.uri.toString();
    return folders.filter((folder) => folder.uri.toString() === uri);
  };
  return Disposable.from(
    debug.onDidStartDebugSession(({ id, parentSession }) => {
      // What a debugger starts for its own parts is no run of its own.
      if (parentSession === undefined) running.set(id, { at: Date.now() });
    }),
    debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: (session) => {
        const { parentSession, type } = session;
        return {
          onDidSendMessage: (message: DebugMessage) => {
            const run = running.get((parentSession ?? session).id);
            const exitCode = exitCodeIn(message, type);
            if (run !== undefined && exitCode !== undefined) run.exitCode = exitCode;
          },
        };
      },
    }),
    debug.onDidTerminateDebugSession((session) => {
      const run = running.get(session.id);
      running.delete(session.id);
      if (run === undefined) return;
      const { at, exitCode } = run;
      note(folderOf(session), {
        ...{ at, how: 'debug', name: session.name },
        ...(exitCode !== undefined && { exitCode }),
      });
    }),
  );
}

/** Of the protocol between the editor and a debugger. */
interface DebugMessage {
  readonly event?: unknown;
  readonly body?: unknown;
}

const FAILED = /^Process exited with code (\d{1,10})\s*$/;

/** Of the event by which a debugger tells that the program has ended. */
function exitCodeIn({ event, body }: DebugMessage, debuggerType: string): number | undefined {
  const { exitCode, output, category } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (event === 'exited') return typeof exitCode === 'number' ? exitCode : undefined;
  const isConsole = event === 'output' && category === 'stderr' && typeof output === 'string';
  if (!isConsole || !/^(?:pwa-)?node$/.test(debuggerType)) return undefined;
  const told = FAILED.exec(output)?.[1];
  return told === undefined ? undefined : Number(told);
}
