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

/** @param hasPassed whether it went well */
export type NoteBuild = (folder: WorkspaceFolder, hasPassed: boolean) => void;

/** Tells of builds and tests, as a task or in a terminal, how they ended in which folders. */
export function registerBuildWatch(note: NoteBuild): Disposable {
  const noteAll = (folders: readonly WorkspaceFolder[], exitCode: number): void => {
    for (const folder of folders) note(folder, exitCode === 0);
  };
  return Disposable.from(
    tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      // Without a code somebody ended it.
      if (exitCode === undefined || !isBuildOrTestTask(execution.task)) return;
      noteAll(foldersOfTask(execution.task), exitCode);
    }),
    window.onDidEndTerminalShellExecution(({ execution, exitCode, shellIntegration }) => {
      if (exitCode === undefined || !isBuildOrTest(execution.commandLine.value)) return;
      const place = execution.cwd ?? shellIntegration.cwd;
      // Shells that do not tell where they are may be anywhere.
      noteAll(place === undefined ? extractableFolders() : foldersAround(place), exitCode);
    }),
  );
}

function isBuildOrTestTask({ group, execution }: Task): boolean {
  const groups = [TaskGroup.Build, TaskGroup.Rebuild, TaskGroup.Test];
  if (groups.some(({ id }) => id === group?.id)) return true;
  return execution instanceof ShellExecution && isBuildOrTest(toCommandLine(execution));
}

/** As a shell would be given it. */
export function toCommandLine({ commandLine, command, args }: ShellExecution): string {
  if (commandLine !== undefined) return commandLine;
  // Both may be missing in spite of their types.
  const words: readonly (string | { readonly value: string } | undefined)[] = [
    command,
    ...((args as typeof args | undefined) ?? []),
  ];
  return words.map((word) => (typeof word === 'object' ? word.value : word)).join(' ');
}

/** The folder of the task, all of the workspace when it has none. */
export function foldersOfTask({ scope }: Task): readonly WorkspaceFolder[] {
  const folders = extractableFolders();
  if (typeof scope !== 'object') return folders;
  return folders.filter(({ uri }) => uri.toString() === scope.uri.toString());
}
