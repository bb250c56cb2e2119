import { Disposable, window, type TerminalShellExecution, type Uri } from 'vscode';

/** A command that ended in a terminal whose shell tells of its commands. */
export interface EndedRun {
  /** As it was typed, with spaces around it. */
  readonly commandLine: string;
  readonly exitCode: number | undefined;
  /** `undefined` where the shell does not say where it is. */
  readonly place: Uri | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The end of what it printed, with its colours; `undefined` where nobody wanted to read it. */
  readonly output: string | undefined;
}

export interface RunWatch {
  /** Output can only be read from the start of a command on. */
  readonly wantsOutput: (commandLine: string) => boolean;
  /** Of the end of the output. */
  readonly mostCharacters: number;
  readonly onEnd: (run: EndedRun) => void;
}

/** Tells of commands when they have ended and all they printed is read. */
export function watchEndedRuns({ wantsOutput, mostCharacters, onEnd }: RunWatch): Disposable {
  const running = new Map<
    TerminalShellExecution,
    { readonly at: number; readonly output: Promise<string> | undefined }
  >();
  return Disposable.from(
    window.onDidStartTerminalShellExecution(({ execution }) => {
      const isWanted = wantsOutput(execution.commandLine.value);
      const output = isWanted ? endOf(execution.read(), mostCharacters) : undefined;
      running.set(execution, { at: Date.now(), output });
    }),
    window.onDidEndTerminalShellExecution(async ({ execution, exitCode, shellIntegration }) => {
      const started = running.get(execution);
      running.delete(execution);
      const { commandLine, cwd } = execution;
      onEnd({
        ...{ commandLine: commandLine.value, exitCode, place: cwd ?? shellIntegration.cwd },
        startedAt: started?.at ?? Date.now(),
        output: await started?.output,
      });
    }),
  );
}

async function endOf(pieces: AsyncIterable<string>, most: number): Promise<string> {
  let output = '';
  for await (const piece of pieces) {
    output += piece;
    if (output.length > 2 * most) output = output.slice(-most);
  }
  return output.slice(-most);
}
