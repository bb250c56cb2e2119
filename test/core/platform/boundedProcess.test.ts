import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { canBeOffline, runBounded } from '../../../src/core/platform/boundedProcess.ts';
import {
  USUAL_LIMITS,
  type TrialLimits,
  type TrialRun,
} from '../../../src/core/model/trial/trial.ts';

/** Runs a script of Node. */
function run(
  script: string,
  { signal, ...limits }: Partial<TrialLimits> & { signal?: AbortSignal } = {},
): Promise<TrialRun> {
  return runBounded(
    { program: process.execPath, args: ['-e', script] },
    { folder: tmpdir(), env: process.env, limits: { ...USUAL_LIMITS, ...limits }, signal },
  );
}

/** Starts a process of its own that would live on, and tells its id. */
const LEAVES_A_CHILD = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  console.log(child.pid);`;

/** The same, out of reach, for five seconds. */
const LEAVES_THE_GROUP = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 5000)'], { stdio: 'inherit', detached: true });
  child.unref();
  console.log(child.pid);`;

/** The address is of none: it is kept for examples. */
const ASKS_AROUND = `
  console.log('user ' + process.getuid());
  const net = require('node:net');
  const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
    net.connect(server.address().port, '127.0.0.1').on('connect', () => {
      console.log('reached itself');
      server.close();
    }).resume();
    net.connect(443, '192.0.2.1').on('error', ({ code }) => console.log(code));
  });`;

/** What is killed ends when the system comes to it. */
async function ends(pid: number): Promise<boolean> {
  for (let looks = 0; looks < 200 && isAlive(pid); looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return !isAlive(pid);
}

/** One that has ended may still be listed as such. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
      .toString()
      .startsWith('Z');
  } catch {
    return false;
  }
}

describe('a program within limits', () => {
  it('tells how it ended and the end of what it printed', async () => {
    const good = await run('console.log("yes")');
    assert.equal(good.outcome, 'passed');
    assert.equal(good.output, 'yes\n');
    const bad = await run('console.error("x".repeat(5000) + "end"); process.exit(3)', {
      outputCharacters: 10,
    });
    assert.equal(bad.outcome, 'failed');
    assert.equal(bad.exitCode, 3);
    assert.equal(bad.output, 'xxxxxxend\n');
  });

  it('never began where there is no such program', async () => {
    const missing = { program: 'no-such-program-here', args: [] };
    const options = { folder: tmpdir(), env: process.env, limits: USUAL_LIMITS };
    assert.equal((await runBounded(missing, options)).outcome, 'not-started');
  });

  it('reads no argument as a shell would', async () => {
    const { output } = await runBounded(
      { program: process.execPath, args: ['-p', 'process.argv[1]', '$(echo no); `id` && exit'] },
      { folder: tmpdir(), env: process.env, limits: USUAL_LIMITS },
    );
    assert.equal(output, '$(echo no); `id` && exit\n');
  });

  it('is ended with all it started when its time is over', async () => {
    const ran = await run(`${LEAVES_A_CHILD} setInterval(() => {}, 1000)`, { timeMs: 400 });
    assert.equal(ran.outcome, 'out-of-time');
    assert.ok(await ends(Number(ran.output)));
  });

  it('leaves nothing behind when it ends by itself', async () => {
    const ran = await run(`${LEAVES_A_CHILD} child.unref(); process.exit(0)`);
    assert.equal(ran.outcome, 'passed');
    assert.ok(await ends(Number(ran.output)));
  });

  for (const [how, script, outcome] of [
    ['ends', '', 'passed'],
    ['is ended', 'setInterval(() => {}, 1000);', 'out-of-time'],
  ] as const) {
    it(`is not waited for once it ${how}, though what left its group still writes`, async () => {
      const ran = await run(`${LEAVES_THE_GROUP} ${script}`, { timeMs: 1000 });
      const left = Number(ran.output);
      const wasAlive = isAlive(left);
      if (wasAlive) process.kill(left);
      assert.equal(ran.outcome, outcome);
      assert.ok(wasAlive, 'it was waited for');
    });
  }

  // Other systems do not tell what a group of processes holds.
  if (process.platform === 'linux') {
    it('is ended when it takes too much memory', async () => {
      const ran = await run(
        'const held = []; setInterval(() => held.push(Buffer.alloc(2e7, 1)), 5)',
        { memoryBytes: 200e6, timeMs: 20_000 },
      );
      assert.equal(ran.outcome, 'out-of-memory');
    });
  }

  describe('without the network', () => {
    beforeEach(function () {
      if (!canBeOffline()) this.skip();
    });

    const offline = (program: string, ...args: readonly string[]): Promise<TrialRun> =>
      runBounded(
        { program, args },
        { folder: tmpdir(), env: process.env, limits: USUAL_LIMITS, isOffline: true },
      );

    it('reaches itself and nobody else, as the same user', async () => {
      const { output, outcome } = await offline(process.execPath, '-e', ASKS_AROUND);
      assert.equal(outcome, 'passed');
      assert.deepEqual(output.trim().split('\n').sort(), [
        'ENETUNREACH',
        'reached itself',
        `user ${process.getuid?.()}`,
      ]);
    });

    it('never began where there is no such program, and failed where it says so itself', async () => {
      assert.equal((await offline('no-such-program-here')).outcome, 'not-started');
      const failed = await offline(process.execPath, '-e', 'process.exit(127)');
      assert.deepEqual([failed.outcome, failed.exitCode], ['failed', 127]);
    });
  });

  it('is ended when somebody stops it', async () => {
    const stop = new AbortController();
    const running = run('setInterval(() => {}, 1000)', { signal: stop.signal });
    stop.abort();
    await assert.rejects(running, { name: 'AbortError' });
  });
});
