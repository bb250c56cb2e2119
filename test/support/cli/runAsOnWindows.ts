import type { TestCommand } from '../../../src/core/model/trial/trial.ts';

/** Runs a command in a folder, both given as one JSON document, and prints how it ended as another. */
async function main(): Promise<void> {
  // What reads the name of the system from here on takes it for Windows.
  Object.defineProperty(process, 'platform', { value: 'win32' });
  const { runBounded } = await import('../../../src/core/platform/boundedProcess.ts');
  const { folder, command } = JSON.parse(process.argv[2] ?? '') as {
    readonly folder: string;
    readonly command: TestCommand;
  };
  const limits = { timeMs: 60_000, memoryBytes: 1e9, outputCharacters: 5000 };
  const ended = await runBounded(command, { folder, env: process.env, limits });
  process.stdout.write(JSON.stringify(ended));
}

void main();
