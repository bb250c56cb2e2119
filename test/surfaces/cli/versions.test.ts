import assert from 'node:assert/strict';
import type { PatternVersion } from '../../../src/core/model/outcomes/version.ts';
import { runCli } from '../../support/cli/cliIo.ts';
import { openBench, type Bench } from '../../support/engine/engine.ts';

const CODE = 'def halve(x):\n    if x is None:\n        return 0\n    return x / 2\n';

describe('versions on the command line', () => {
  let bench: Bench;
  let id: string;
  let former: string;
  beforeEach(async () => {
    bench = await openBench();
    const { engine } = bench;
    id = (await engine.curate.add({ code: CODE, language: 'python', name: 'halve' })).id;
    await engine.curate.edit(id, { name: 'half', code: CODE.replace('None', 'nothing') });
    former = (await engine.patterns.versions(id)).at(-1)?.version ?? '';
  });
  afterEach(() => bench.close());

  const run = async (...args: readonly string[]): ReturnType<typeof runCli> =>
    runCli(args, { engine: { ...bench.engine, close: () => Promise.resolve() } });

  it('are listed, and one is shown with what changed after it', async () => {
    const list = JSON.parse((await run('versions', id, '--json')).out) as {
      readonly versions: readonly PatternVersion[];
    };
    assert.deepEqual(
      list.versions.map(({ name, isCurrent }) => [name, isCurrent]),
      [
        ['half', true],
        ['halve', false],
      ],
    );
    assert.match((await run('versions', id)).out, /half;.*; now\n.*halve; since/);
    const { out } = await run('versions', id, former.slice(0, 4));
    assert.match(out, /name: halve → half/);
    assert.match(out, /- {5}if x is None:\n\+ {5}if x is nothing:/);
    assert.equal((await run('versions', id, 'zz')).code, 2);
  });

  it('are rolled back to', async () => {
    assert.match((await run('rollback', id, former)).out, /halve/);
    assert.equal((await bench.engine.patterns.show(id))?.name, 'halve');
    assert.match((await run('rollback', id, 'zz')).err, /no single version .* matches zz/);
  });

  it('are compared until that is ended, and effect tells how they did', async () => {
    const begun = await run('compare', id, `${id}@${former}`, '--json');
    const { experiment } = JSON.parse(begun.out) as { readonly experiment: string };
    const { out } = await run('effect');
    assert.match(out, new RegExp(`${experiment}: half .* and half .*@${former}`));
    assert.match(out, /not enough tasks yet/);
    assert.match((await run('compare', '--end', experiment)).out, /has ended/);
    assert.match((await run('effect')).out, /; ended\n/);
    assert.equal((await run('compare', id)).code, 2);
  });
});
