import assert from 'node:assert/strict';
import type { Injection } from '../../../../src/core/model/api/prompts.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository } from '../../../support/projects/repository.ts';

const sluice = (open: string): string => `def open_sluice(gate, level):
    if level < gate.floor:
        return 0
    if gate.stuck:
        gate.free()
    gate.turn(${open})
    return gate.flow
`;
const WEIR = `def open_weir_sluice(gate, crests):
    for crest in crests:
        while crest.height > gate.height and not gate.locked:
            gate.lift(crest)
    return [crest.name for crest in crests if crest.dry]
`;
const WORDS = { introduction: 'From a library.', before: 'Before', after: 'After' };

describe('the source of what is put before a language model', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
    bench.write('.pattern-foundry.yaml', 'injection:\n  holdout: 0\n');
    bench.write('water/sluice.py', sluice('1'));
    await bench.extract();
  });
  afterEach(() => bench.close());

  const inject = (): Promise<Injection> =>
    bench.engine.prompts.inject({
      ...{ task: 'open the sluice gate', prompt: '', folders: [bench.project] },
    });

  async function offered(): Promise<string> {
    const query = { text: 'open sluice', folders: [bench.project] };
    return (await bench.engine.prompts.offer(query)).text;
  }

  it('is not spoken of while it stands as it was', async () => {
    const { text, patterns } = await inject();
    assert.deepEqual(
      patterns.map(({ source }) => source),
      ['unchanged'],
    );
    assert.doesNotMatch(text + (await offered()), /stale|another place/);
  });

  it('is marked wherever it is shown once it has changed', async () => {
    bench.write('water/sluice.py', sluice('1').replace('gate.flow', 'gate.flow or gate.rest()'));
    const { text, patterns } = await inject();
    assert.equal(patterns[0]?.source, 'changed');
    const marked = /stale: the code it was read from has changed since/;
    assert.match(text, marked);
    assert.match(await offered(), marked);
    const { text: quoted } = await bench.engine.prompts.quote(patterns[0].id, WORDS);
    assert.match(quoted, marked);
    const { warnings } = await bench.engine.prompts.context({
      ...{ task: 'open the sluice gate', folder: bench.project },
    });
    assert.ok(warnings.some((warning) => /open_sluice .* has changed/.test(warning.text)));
  });

  it('keeps a pattern out of prompts once it is gone, before that is learned', async () => {
    bench.write('water/sluice.py', 'DRY = True\n');
    const { text, leftOut, patterns } = await inject();
    assert.deepEqual([text, patterns], ['', []]);
    assert.deepEqual(
      leftOut.map(({ name, reason }) => [name, reason]),
      [['open_sluice', 'gone']],
    );
    assert.match(await offered(), /stale: .* no longer there/);
  });

  it('is why it was left out, which is told of what was added instead', async () => {
    bench.write('water/weir.py', WEIR);
    await bench.extract();
    bench.write('water/sluice.py', 'DRY = True\n');
    const { outcomes, prompts } = bench.engine;
    const task = 'open the sluice gate of the weir';
    const { look } = await prompts.inject({ task, prompt: '', folders: [bench.project] });
    const { leftOut, impression } = await outcomes.why(look ?? '');
    assert.deepEqual(
      leftOut.map(({ name, reason, detail }) => [name, reason, detail.text]),
      [['open_sluice', 'gone', 'the code it was read from is no longer there']],
    );
    const [recent] = await outcomes.recent(5);
    assert.deepEqual([recent?.impression.id, recent?.name], [impression.id, 'open_weir_sluice']);
  });

  it('is found where it has moved', async () => {
    bench.write('water/sluice.py', `DRY = True\n\n\n${sluice('1')}`);
    const { text, patterns } = await inject();
    assert.equal(patterns[0]?.source, 'moved');
    assert.match(text, /at another place/);
  });
});

describe('a fix that was undone later', () => {
  it('is marked where it is offered and added to no prompt', async () => {
    const repository = createRepository();
    const file = 'sluice.py';
    repository.commit([
      { message: 'Add the sluice', files: { [file]: sluice('1') } },
      { message: 'Fix the sluice that opened too far', files: { [file]: sluice('gate.step') } },
    ]);
    repository.git('reset', '--hard', '--quiet');
    repository.git('revert', '--no-edit', 'HEAD');
    const bench = await openBench(repository.folder);
    try {
      await bench.extract();
      const task = 'Fix the sluice that opened too far';
      const filter = { kind: { any: ['fix'] } } as const;
      const { offers, text } = await bench.engine.prompts.offer({ text: task, filter });
      assert.equal(offers[0]?.reverted, true);
      assert.match(text, /stale: the change was undone later/);
      const { patterns } = await bench.engine.prompts.inject({ task, prompt: '' });
      assert.ok(patterns.every(({ kind }) => kind !== 'fix'));
    } finally {
      await bench.close();
      repository.remove();
    }
  });
});
