import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgentlessGeneration } from '../../src/core/jobs/resolve/generation/agentless.ts';
import { createCodemonkeysGeneration } from '../../src/core/jobs/resolve/generation/codemonkeys.ts';
import { openPatchTests } from '../../src/core/jobs/resolve/testing/patchTests.ts';
import type { ChatModel } from '../../src/core/model/ports/chatModel.ts';
import type { CodePointer } from '../../src/core/model/resolution/codePointer.ts';
import { named } from '../../src/core/model/resolution/instance.ts';
import { formatPatch } from '../../src/core/platform/text/patch.ts';
import { collect } from '../../src/core/resolution/feed.ts';
import { createSecretGate } from '../../src/core/secrets/gate.ts';

const CODE = 'def mean(values):\n    return sum(values) / len(values)\n';
const ISSUE = 'mean([]) fails with ZeroDivisionError\n\nIt should return 0 for an empty list.';
const PLACE: CodePointer = {
  ...{ kind: 'file', path: 'stats.py', symbol: null, range: null },
  ...{ score: 1, signals: {}, why: [] },
};

/**
 * Has a model resolve an issue of a project of one file by one of the two ways; its tests need `python3`
 * with pytest.
 *
 * @returns the diffs it came to
 */
export async function resolveSample(
  model: ChatModel,
  way: 'agentless' | 'codemonkeys',
): Promise<readonly string[]> {
  const around = mkdtempSync(join(tmpdir(), 'pattern-foundry-sample-'));
  const [folder, derived] = [join(around, 'project'), join(around, 'derived')];
  const gate = createSecretGate();
  try {
    for (const made of [folder, derived]) mkdirSync(made);
    writeFileSync(join(folder, 'stats.py'), CODE);
    const git = (...args: readonly string[]): void => {
      const author = ['-c', 'user.name=nobody', '-c', 'user.email=nobody'];
      execFileSync('git', [...author, ...args], { cwd: folder, stdio: 'ignore' });
    };
    git('init');
    git('add', '.');
    git('commit', '-m', 'first');
    const parts = { model, gate, tree: () => ({ exclude: [], now: Date.now }), samples: 2 };
    const command = { program: 'python3', args: ['-m', 'pytest', '-q'] };
    const trial = { repository: folder, isTrusted: true, command, env: process.env, gate, derived };
    const generator =
      way === 'agentless'
        ? createAgentlessGeneration(parts)
        : createCodemonkeysGeneration({ ...parts, openTests: () => openPatchTests(trial) });
    const patches = await collect(generator.generate([PLACE], named({ text: ISSUE, folder })));
    return patches.map(({ files }) => formatPatch(files));
  } finally {
    rmSync(around, { recursive: true, force: true });
  }
}
