import assert from 'node:assert/strict';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

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

/** Its end is left to the test, which makes it long. */
const SHELF = `/** A shelf of jars, on which all else stands. */
public class Shelf {
  /** The jar behind this one. */
  public Jar nextJar(int at) {
    if (at > 3) {
      return jars.get(at);
    }
    return null;
  }

  /** Opens the shelf of that number. */
  public static Shelf openShelf(int number) {
    if (number < 1) {
      throw new Missing(number);
    }
    return new Shelf(number);
  }
`;

const OAK_SHELF = `/** A shelf made of oak. */
public class OakShelf extends Door {
  /** Swings its door. */
  @Override
  public void swingDoor(int angle) {
    if (angle > 90) {
      creak(angle);
    }
  }
}
`;

const LABELS = `/** Prints labels of jars. */
public class Labels {
  /** Prints one. */
  public void printLabel(Jar jar) {
    if (jar != null) {
      printer.print(jar);
    }
  }
}
`;

const CONFIG = `impl Config {
    /// Writes the headers.
    pub fn write_headers(&mut self, at: usize) {
        if at > 0 {
            self.wtr.write(at);
        }
    }
}
`;

const JOINER = `impl Joiner {
    /// Writes the headers of both.
    fn write_headers(&mut self) -> Result<()> {
        let mut headers = self.left.headers()?.clone();
        if self.joins {
            headers.extend(self.right.headers()?.iter());
        }
        self.wtr.write_record(&headers)
    }
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

  const helpersOf = async (): Promise<readonly string[]> => {
    await bench.extract({ git: false });
    const { rows } = await bench.engine.find.patterns({ text: '', tab: 'reuse' });
    return rows
      .filter(({ group }) => group === 'helpers')
      .map(({ qualifiedName }) => qualifiedName)
      .sort();
  };

  it('is what the program is built of, but for its tools and what is called on a class', async () => {
    bench.write('core/Shelf.java', `${SHELF}${'// more of it\n'.repeat(760)}}\n`);
    bench.write('core/OakShelf.java', OAK_SHELF);
    bench.write('util/Labels.java', LABELS);
    for (const at of [1, 2, 3, 4]) {
      bench.write(
        `app/Use${at}.java`,
        `class Use${at} {
  void go${at}(Shelf shelf, OakShelf oak) {
    new Labels().printLabel(shelf.nextJar(${at}));
    Shelf.openShelf(${at}).nextJar(${at + 1});
    oak.swingDoor(${at});
  }
}
`,
      );
    }
    assert.deepEqual(await helpersOf(), ['Labels', 'Labels.printLabel', 'Shelf.openShelf']);
  });

  it('is a method of Rust that its file keeps, where another file has one that it gives', async () => {
    bench.write('src/config.rs', CONFIG);
    bench.write('src/cmd/join.rs', JOINER);
    for (const at of [1, 2, 3, 4, 5, 6]) {
      bench.write(
        `src/cmd/use${at}.rs`,
        `pub fn run_${at}(config: &mut Config) {\n    config.write_headers(${at});\n}\n`,
      );
    }
    assert.deepEqual(await helpersOf(), ['Config.write_headers']);
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
