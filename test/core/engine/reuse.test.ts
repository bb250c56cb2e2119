import assert from 'node:assert/strict';
import { openBench, type Bench } from '../../support/engine.ts';

/** Go of a package that three of its files use. */
const USES = [1, 2, 3].map(
  (at) => `package shop

func order${at}(jar Jar, seal string) string {
	warnOfOldLids()
	jar.ServeHTTP(seal)
	if demoOfSeals(seal) != "" {
		return sealWith(seal, ${at})
	}
	return sealWith(seal, ${at + 7})
}
`,
);

const SHOP = `package shop

func sealWith(seal string, times int) string {
	if times > 3 {
		return seal + seal
	}
	return seal
}

// ServeHTTP answers a visitor.
func (j Jar) ServeHTTP(seal string) {
	if seal != "" {
		j.open(seal)
	}
}
`;

/** Called in two files only, as it is a step of one procedure. */
const WARNING = `package shop

func warnOfOldLids() {
	if isOld() {
		print("old lids do not close")
	}
}
`;

const EXAMPLE = `package main

func demoOfSeals(seal string) string {
	if seal == "" {
		return "none"
	}
	return seal
}
`;

describe('what is left out of the list to reuse', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    await bench.close();
  });

  it('is what a protocol calls, what examples show and a step that takes and gives nothing', async () => {
    bench.write('shop.go', SHOP);
    bench.write('old/lids.go', WARNING);
    bench.write('_examples/seals/main.go', EXAMPLE);
    for (const [at, text] of USES.entries()) {
      bench.write(`order${at}.go`, at === 0 ? text.replace('\twarnOfOldLids()\n', '') : text);
    }
    await bench.extract({ git: false });
    const { rows } = await bench.engine.find.patterns({ text: '', tab: 'reuse' });
    assert.deepEqual(
      rows.filter(({ group }) => group === 'helpers').map(({ name }) => name),
      ['sealWith'],
    );
    assert.ok(!rows.some(({ name }) => name === 'demoOfSeals'));
  });

  for (const folder of ['src/main/java/com/example/demo', 'app/docs', 'src/examples']) {
    it(`is nothing of a module that is called like examples: ${folder}`, async () => {
      bench.write(`${folder}/shop.go`, SHOP);
      for (const [at, text] of USES.entries()) bench.write(`${folder}/order${at}.go`, text);
      await bench.extract({ git: false });
      const { rows } = await bench.engine.find.patterns({ text: '', tab: 'reuse' });
      assert.ok(rows.some(({ name, group }) => name === 'sealWith' && group === 'helpers'));
    });
  }
});
