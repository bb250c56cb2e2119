import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  createLinkBench,
  type LinkBench,
  type Linked,
} from '../../../support/engine/engineLink.ts';

describe('a library that lost a file while no editor was open', () => {
  let bench: LinkBench;

  beforeEach(() => {
    bench = createLinkBench();
  });

  afterEach(() => bench.close());

  const add = async ({ link }: Linked, name: string): Promise<void> => {
    await link.engine.curate.add({ code: `${name} = wait(3)`, name });
  };

  it('is told of with what may be recovered, and recovered at one call', async () => {
    const writer = bench.open();
    await add(writer, 'alpha');
    await writer.link.engine.library.doctor('rebuild');
    await writer.link.close();
    const journal = join(bench.library, 'journal');
    for (const name of readdirSync(journal)) rmSync(join(journal, name));
    const { link, troubles, until } = bench.open();
    await link.engine.library.stats();
    await until(() => troubles.length > 0);
    assert.deepEqual([...new Set(troubles.map(({ isRecoverable }) => isRecoverable))], [true]);
    await assert.rejects(link.engine.library.doctor('rebuild'), { code: 'library-incomplete' });
    const { findings } = await link.engine.library.doctor('recover');
    assert.equal(findings[0]?.check, 'recovered');
    assert.ok(findings.every(({ level }) => level === 'ok'));
    assert.equal((await link.engine.find.patterns({ text: 'alpha', limit: 5 })).rows.length, 1);
  });
});
