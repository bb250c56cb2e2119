import assert from 'node:assert/strict';
import type { PackChange } from '../../../src/core/model/api/packs.ts';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';

const PACK = {
  ...{ name: '@t/retry', version: '1.0.0', description: '', author: '', licenses: [] },
  ...{ patterns: 405, kinds: { function: 405 }, signer: null, isKnownSigner: null },
};

describe('pack', () => {
  it('add names few of many patterns, and all of them in JSON', async () => {
    const added = Array.from({ length: 405 }, (_, at) => `pattern_${at}`);
    const change: PackChange = { pack: PACK, from: null, added, removed: [], changed: [] };
    const memory = createMemoryEngine();
    const engine = { ...memory, packs: { ...memory.packs, add: () => Promise.resolve(change) } };
    const { out } = await runCli(['pack', 'add', '@t/retry'], { engine });
    assert.equal(out.split('\n').filter((line) => line.includes('pattern_')).length, 15);
    assert.match(out, /\n {2}\+ and 390 more; --json names all\n$/);
    const json = await runCli(['pack', 'add', '@t/retry', '--json'], { engine });
    assert.equal((JSON.parse(json.out) as PackChange).added.length, 405);
  });

  it('write asks before it writes all there is, and takes what was chosen at once', async () => {
    const memory = createMemoryEngine();
    const asked: unknown[] = [];
    const write = (request: { readonly ids?: readonly string[] | undefined }) => {
      asked.push(request.ids);
      const counts = { written: [], unchanged: 1, problems: [], projects: [] };
      return Promise.resolve({ folder: '/shop', ...counts });
    };
    const engine = { ...memory, packs: { ...memory.packs, write } };
    const all = await runCli(['pack', 'write'], { engine });
    assert.deepEqual([all.code, asked], [2, []]);
    assert.match(
      all.err,
      /this would write 3 patterns, a file each in \.pattern-foundry\/patterns/,
    );
    for (const how of [['feed'], ['--rated', 'up'], ['--yes']]) {
      assert.equal((await runCli(['pack', 'write', ...how], { engine })).code, 0);
    }
    assert.deepEqual(asked, [['feed'], undefined, undefined]);
  });

  it('read says what waits by the command that accepts it, whatever the pack is called', async () => {
    const memory = createMemoryEngine();
    const hintFor = async (pack: string): Promise<string | undefined> => {
      const names = { added: ['new'], changed: [], removed: [], differing: [] };
      const answer = { pack, patterns: 2, ...names, waiting: ['new', 'old'], problems: [] };
      const packs = { ...memory.packs, read: () => Promise.resolve(answer) };
      const { out } = await runCli(['pack', 'read'], { engine: { ...memory, packs } });
      assert.match(out, /\n {2}\+ new\n2 waiting: .*\n {2}\? old\n$/);
      return /2 waiting: (.*)/.exec(out)?.[1];
    };
    const command = 'pattern-foundry accept --pack';
    assert.equal(await hintFor('@team/fixes'), `${command} @team/fixes`);
    assert.equal(await hintFor('repository a/b'), `${command} "repository a/b"`);
    assert.equal(await hintFor("a $(rm b) it's"), `${command} 'a $(rm b) it'\\''s'`);
  });

  it('build takes the project of the folder, or all', async () => {
    const memory = createMemoryEngine();
    const asked: unknown[] = [];
    const engine = {
      ...memory,
      packs: {
        ...memory.packs,
        build: ({ folders }: { readonly folders?: readonly string[] | undefined }) => {
          asked.push(folders);
          return Promise.resolve({ ...PACK, projects: folders?.length === 0 ? [] : ['shop'] });
        },
      },
    };
    const argv = ['pack', 'build', 'out', '--name', '@t/retry'];
    const here = await runCli(argv, { engine, cwd: '/shop' });
    const all = await runCli([...argv, '--all'], { engine, cwd: '/shop' });
    assert.deepEqual(asked, [['/shop'], []]);
    assert.match(here.out, /of shop; --all takes those of all projects/);
    assert.doesNotMatch(all.out, /--all/);
  });
});
