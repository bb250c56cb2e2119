import { Disposable, window, type TerminalShellExecution } from 'vscode';
import { plainOutput } from '../../core/platform/text/programOutput.ts';
import { isBuildOrTest } from '../autoExtraction/buildCommand.ts';

/** What a build or test printed before it failed. */
export interface FailedOutput {
  readonly command: string;
  /** Without colours; the end of it where it was long. */
  readonly text: string;
}

export interface FailedOutputs {
  /** Of the last build or test that a terminal ran, if that failed. */
  readonly latest: FailedOutput | undefined;
  dispose(): void;
}

/** Where a failure is told stands at the end. */
const MOST_CHARACTERS = 200_000;

/** Keeps what the last build or test in a terminal printed; nothing where the shell does not tell. */
export function watchFailedOutputs(): FailedOutputs {
  const reading = new WeakMap<TerminalShellExecution, Promise<string>>();
  let latest: FailedOutput | undefined;
  const watch = Disposable.from(
    window.onDidStartTerminalShellExecution(({ execution }) => {
      if (isBuildOrTest(execution.commandLine.value)) reading.set(execution, readEnd(execution));
    }),
    window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
      const output = reading.get(execution);
      if (output === undefined || exitCode === undefined) return;
      latest = undefined;
      if (exitCode === 0) return;
      void output.then((text) => {
        const lines = plainOutput(text);
        latest = { command: execution.commandLine.value, text: lines.join('\n').trim() };
      });
    }),
  );
  return {
    get latest() {
      return latest;
    },
    dispose() {
      watch.dispose();
    },
  };
}

async function readEnd(execution: TerminalShellExecution): Promise<string> {
  let text = '';
  for await (const part of execution.read()) {
    text += part;
    if (text.length > 2 * MOST_CHARACTERS) text = text.slice(-MOST_CHARACTERS);
  }
  return text;
}
