import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

const retry = (name: string, wait: string): string =>
  `export async function ${name}(request, attempts) {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const response = await request();
    if (response.ok) return response;
    await ${wait}(attempt * 100);
  }
  throw new Error('no answer');
}
`;

describe('code that is like the code at a place', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
    bench.write('fetchUser.js', retry('retryUser', 'pause'));
    bench.write('fetchOrder.js', `// orders\n\n${retry('retryOrder', 'delayed.by')}`);
    await bench.extract();
  });
  after(() => bench.close());

  it('is never the function itself, nor what it was before it was edited', async () => {
    const file = join(bench.project, 'fetchOrder.js');
    const edited = `// orders\n\n${retry('retryOrder', 'delayed.by').replace("'no answer'", 'gone')}`;
    for (const text of [undefined, edited]) {
      const { rows, around } = await bench.engine.find.patterns({
        text: '',
        at: { file, line: 5, ...(text !== undefined && { text }) },
        minRelevance: 0,
        surface: 'lens',
      });
      assert.deepEqual(
        rows.map(({ name }) => name),
        ['retryUser'],
      );
      assert.equal(around?.name, 'retryOrder');
      assert.equal(around.range.start.line, 2);
      const shown = await bench.engine.outcomes.impression(rows[0]?.impression ?? '');
      assert.equal(shown?.surface, 'lens');
    }
  });

  it('says of no function where the place is in none', async () => {
    const at = { file: join(bench.project, 'fetchOrder.js'), line: 1 };
    const { around } = await bench.engine.find.patterns({ text: '', at });
    assert.equal(around, undefined);
  });

  it('is found by how its name begins, and typing on is the same look', async () => {
    const named = async (start: string): Promise<readonly (readonly [string, string | null])[]> => {
      const query = { text: '', named: start, surface: 'completion' } as const;
      const { rows } = await bench.engine.find.patterns(query);
      return rows.map(({ name, impression }) => [name, impression]);
    };
    const begun = await named('retry');
    assert.deepEqual(begun.map(([name]) => name).sort(), ['retryOrder', 'retryUser']);
    assert.deepEqual(
      await named('retryO'),
      begun.filter(([name]) => name === 'retryOrder'),
    );
    const shouted = (await named('RETRYO')).map(([name]) => name);
    assert.deepEqual(shouted, ['retryOrder']);
    assert.deepEqual(await named('try'), []);
  });
});
