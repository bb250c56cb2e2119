import type { Patch, ReproductionTest } from '../../../model/resolution/patch.ts';
import type { SequenceMessage } from '../../../model/resolution/sequence.ts';
import type { TrialRun } from '../../../model/trial/trial.ts';
import type { PatchTests } from '../testing/patchTests.ts';

/** Notes which tests ran, and what came of them. */
export interface TestRunLog {
  /** The same tests, noted. */
  note(tests: PatchTests): PatchTests;
  /** What was noted since the last call: calls of a tool, each with its result. */
  take(): readonly SequenceMessage[];
}

/** Of what tests printed, the end; what failed is told there. */
const OUTPUT_CHARACTERS = 4_000;

export function createTestRunLog(): TestRunLog {
  let messages: SequenceMessage[] = [];
  const add = (
    run: TrialRun | undefined,
    patch: Patch | undefined,
    test: ReproductionTest | undefined,
  ): TrialRun | undefined => {
    const id = `run-${messages.length / 2}`;
    const asked = { patch: patch?.id ?? null, test: test?.path ?? null };
    const call = { id, name: 'run_tests', arguments: JSON.stringify(asked) };
    messages.push(
      { role: 'assistant', content: '', toolCalls: [call] },
      { role: 'tool', toolCallId: id, content: describeRun(run) },
    );
    return run;
  };
  return {
    note: (tests) => ({
      run: async (patch) => add(await tests.run(patch), patch, undefined),
      runTest: async (test, patch) => add(await tests.runTest(test, patch), patch, test),
      close: () => tests.close(),
    }),
    take() {
      const taken = messages;
      messages = [];
      return taken;
    },
  };
}

function describeRun(run: TrialRun | undefined): string {
  if (run === undefined) return 'the patch does not apply';
  const end = run.output.slice(-OUTPUT_CHARACTERS);
  // A line that is cut in half may hold half a secret, which nobody recognises.
  const whole = end.length < run.output.length ? end.slice(end.indexOf('\n') + 1) : end;
  return `${run.outcome}\n${whole}`;
}
