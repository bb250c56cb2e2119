import {
  Disposable,
  ShellExecution,
  TaskGroup,
  tasks,
  window,
  type Task,
  type WorkspaceFolder,
} from 'vscode';
import { extractableFolders, foldersAround } from '../folders.ts';
import { isBuildOrTest } from './buildCommand.ts';
import type { NoteChange } from './noteChange.ts';

/** Tells which folders a build or a test of went well: as a task or in a terminal. */
export function registerBuildWatch(note: NoteChange): Disposable {
  const noteAll = (folders: readonly WorkspaceFolder[]): void => {
    for (const folder of folders) note(folder, { paths: undefined, history: true });
  };
  return Disposable.from(
    tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (exitCode === 0 && isBuildOrTestTask(execution.task)) noteAll(foldersOf(execution.task));
    }),
    window.onDidEndTerminalShellExecution(({ execution, exitCode, shellIntegration }) => {
      if (exitCode !== 0 || !isBuildOrTest(execution.commandLine.value)) return;
      const place = execution.cwd ?? shellIntegration.cwd;
      // Shells that do not tell where they are may be anywhere.
      noteAll(place === undefined ? extractableFolders() : foldersAround(place));
    }),
  );
}

function isBuildOrTestTask({ group, execution }: Task): boolean {
  const groups = [TaskGroup.Build, TaskGroup.Rebuild, TaskGroup.Test];
  if (groups.some(({ id }) => id === group?.id)) return true;
  return execution instanceof ShellExecution && isBuildOrTest(toCommandLine(execution));
}

function toCommandLine({ commandLine, command, args }: ShellExecution): string {
  if (commandLine !== undefined) return commandLine;
  // Both may be missing in spite of their types.
  const words: readonly (string | { readonly value: string } | undefined)[] = [
    command,
    ...((args as typeof args | undefined) ?? []),
  ];
  return words.map((word) => (typeof word === 'object' ? word.value : word)).join(' ');
}

/** The folder of the task, all of the workspace when it has none. */
function foldersOf({ scope }: Task): readonly WorkspaceFolder[] {
  const folders = extractableFolders();
  if (typeof scope !== 'object') return folders;
  return folders.filter(({ uri }) => uri.toString() === scope.uri.toString());
}
