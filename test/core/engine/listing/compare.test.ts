import assert from 'node:assert/strict';
import type { Injection } from '../../../../src/core/model/api/prompts.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

const mix = (last: string): string =>
  `def mix_colours(first, second):\n    if first is None:\n        return second\n    if second is None:\n        return first\n    return ${last}\n`;
const TASKS = 40;

interface Compared {
  readonly experiment: string;
  /** Name of the version that comes first. */
  readonly former: string;
}

describe('comparing two patterns or versions', () => {
  let bench: Bench;
  let clock: number;
  beforeEach(async () => {
    clock = Date.UTC(2026, 0, 1);
    bench = await openBench(undefined, () => clock);
    bench.write('.pattern-foundry.yaml', 'injection:\n  holdout: 0\n');
  });
  afterEach(() => bench.close());

  const add = async (name: string, code: string): Promise<string> =>
    (await bench.engine.curate.add({ code, language: 'python', name })).id;
  const inject = (session: string): Promise<Injection> =>
    bench.engine.prompts.inject({ task: 'mix colours', prompt: '', session });

  /** One task with either arm, which passes with the second and takes twice as long. */
  async function runTask(session: string, { experiment, former }: Compared): Promise<void> {
    const { outcomes } = bench.engine;
    const { text, look, patterns } = await inject(session);
    assert.equal(patterns.length, 1);
    const isNew = text.includes('average');
    assert.equal(text.includes('first + second'), !isNew);
    const shown = (await outcomes.impression(look ?? '')) ?? assert.fail();
    assert.equal(shown.version === former, !isNew);
    assert.equal(shown.arm, `${experiment}${isNew ? 'b' : 'a'}`);
    clock += isNew ? 60_000 : 30_000;
    await outcomes.record(look ?? '', { kind: isNew ? 'passed' : 'failed' });
  }

  it('shows either to half of the tasks, always the same one, and tells which did better', async () => {
    const { outcomes } = bench.engine;
    const id = await add('mix_colours', mix('first + second'));
    const next = await bench.engine.curate.edit(id, { code: mix('average(first, second) / 2') });
    const former = (await bench.engine.patterns.versions(next.id)).at(-1)?.version ?? '';
    const { experiment } = await outcomes.compare(
      { pattern: next.id, version: former.slice(0, 6) },
      { pattern: next.id },
    );
    assert.equal((await inject('s0')).text, (await inject('s0')).text);
    for (let at = 0; at < TASKS; at++) await runTask(`s${at}`, { experiment, former });
    const { comparisons, cost } = await outcomes.effect();
    const compared = comparisons[0] ?? assert.fail();
    const { verdict, treated, held } = compared.effect;
    assert.deepEqual([verdict, treated + held], ['helps', TASKS]);
    assert.ok(Math.min(treated, held) > TASKS / 4);
    assert.deepEqual([compared.a.version, compared.b.version], [former, null]);
    assert.ok(Number(cost.tokens) > 20);
    assert.equal(cost.treatedMs, treated > held ? 60_000 : 30_000);
    assert.equal(cost.heldMs, null);
    await outcomes.endComparison(experiment.slice(0, 4));
    const texts = await Promise.all(
      Array.from({ length: 8 }, async (_, at) => (await inject(`after ${at}`)).text),
    );
    assert.ok(texts.every((text) => !text.includes('first + second')));
    assert.equal((await outcomes.effect()).comparisons[0]?.ended, true);
  });

  it('puts one of two patterns in the place where either fits', async () => {
    const a = await add('mix_colours', mix('first + second'));
    const b = await add('blend_tints', `${mix('max(first, second)')}\n`.replaceAll('colours', 'x'));
    await bench.engine.outcomes.compare({ pattern: a }, { pattern: b });
    const shown = await Promise.all(
      Array.from({ length: 16 }, async (_, at) => (await inject(`s${at}`)).patterns),
    );
    const names = new Set(shown.map((patterns) => patterns.map(({ name }) => name).join()));
    assert.deepEqual([...names].sort(), ['blend_tints', 'mix_colours']);
  });

  it('is refused where there is nothing to compare', async () => {
    const { outcomes } = bench.engine;
    const a = await add('mix_colours', mix('first + second'));
    const b = await add('other', mix('first and second and (first or second)'));
    const refused = { code: 'bad-argument' };
    await assert.rejects(outcomes.compare({ pattern: a }, { pattern: a }), refused);
    await assert.rejects(outcomes.compare({ pattern: a }, { pattern: 'x' }), {
      code: 'pattern-not-found',
    });
    await assert.rejects(outcomes.compare({ pattern: a, version: 'x' }, { pattern: b }), {
      code: 'version-not-found',
    });
    const parsed = await add(
      'read_header',
      'def read_header(stream):\n    head = stream.read(4)\n    if head != MAGIC:\n        raise ValueError(head)\n    return head\n',
    );
    await assert.rejects(outcomes.compare({ pattern: a }, { pattern: parsed }), {
      code: 'bad-argument',
      message: 'mix_colours and read_header are about different things: no task fits both',
    });
    await outcomes.compare({ pattern: a }, { pattern: b });
    await assert.rejects(outcomes.compare({ pattern: b }, { pattern: a }), refused);
    await assert.rejects(outcomes.endComparison('x'), refused);
    await assert.rejects(outcomes.endComparison(''), refused);
  });
});
