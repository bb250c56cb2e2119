import { cutWithoutSecrets, type SecretGate } from '../../../model/ports/secretGate.ts';
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

/** @param gate replaces secrets in what tests print */
export function createTestRunLog(gate: SecretGate): TestRunLog {
  let messages: SequenceMessage[] = [];
  const add = async (
    run: TrialRun | undefined,
    patch: Patch | undefined,
    test: ReproductionTest | undefined,
  ): Promise<TrialRun | undefined> => {
    const content = await describeRun(run, gate);
    const id = `run-${messages.length / 2}`;
    const asked = { patch: patch?.id ?? null, test: test?.path ?? null };
    const call = { id, name: 'run_tests', arguments: JSON.stringify(asked) };
    messages.push(
      { role: 'assistant', content: '', toolCalls: [call] },
      { role: 'tool', toolCallId: id, content },
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

async function describeRun(run: TrialRun | undefined, gate: SecretGate): Promise<string> {
  if (run === undefined) return 'the patch does not apply';
  return `${run.outcome}\n${await cutWithoutSecrets(run.output, 'end', OUTPUT_CHARACTERS, gate)}`;
}
