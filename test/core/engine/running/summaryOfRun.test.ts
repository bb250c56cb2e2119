import assert from 'node:assert/strict';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { POLL, RETRY, ROUND } from '../../../support/engine/snippets.ts';

const user = (name: string, call: string): string =>
  `import { ${call} } from './${call}.js';\nexport function ${name}(all) {\n  return all.map((one) => ${call}(one, 2));\n}\n`;

describe('the summary of a run', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  it('begins what is worth reusing as the list does', async () => {
    const helpers = { roundToCoins: ROUND, retry: RETRY, poll: POLL };
    for (const [name, text] of Object.entries(helpers)) {
      bench.write(`lib/${name}.js`, text);
      for (const at of [1, 2, 3, 4, 5]) {
        bench.write(`shop/${name}User${at}.js`, user(`${name}Use${at}`, name));
      }
    }
    const { reusable } = await bench.extract();
    const { rows } = await bench.engine.find.patterns({ text: '', tab: 'reuse' });
    assert.ok(rows.length >= 2);
    assert.deepEqual(
      reusable.map(({ id }) => id),
      rows.map(({ id }) => id),
    );
  });

  it('names the files of what was left out', async () => {
    bench.write('lib/whole.js', ROUND);
    bench.write('lib/torn.js', RETRY.replace('try {', 'try } else {'));
    const { leftOut, leftOutIn } = await bench.extract();
    assert.deepEqual(leftOut, { 'broken-syntax': 1 });
    assert.deepEqual(leftOutIn, ['lib/torn.js']);
  });
});
