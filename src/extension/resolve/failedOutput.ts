import { plainOutput } from '../../core/platform/text/programOutput.ts';
import { isBuildOrTest } from '../autoExtraction/buildCommand.ts';
import { watchEndedRuns } from '../terminal/endedRuns.ts';

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
  let latest: FailedOutput | undefined;
  const watch = watchEndedRuns({
    wantsOutput: isBuildOrTest,
    mostCharacters: MOST_CHARACTERS,
    onEnd: ({ commandLine: command, exitCode, output }) => {
      if (output === undefined || exitCode === undefined) return;
      const text = plainOutput(output).join('\n').trim();
      latest = exitCode === 0 ? undefined : { command, text };
    },
  });
  return {
    get latest() {
      return latest;
    },
    dispose() {
      watch.dispose();
    },
  };
}
