import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localized } from '../../../src/core/model/localizedText.ts';
import type { CodePointer } from '../../../src/core/model/resolution/codePointer.ts';
import type { Patch } from '../../../src/core/model/resolution/patch.ts';
import type { MendedBy } from '../../../src/core/model/resolution/mended.ts';
import type { Selected } from '../../../src/core/model/resolution/stages.ts';
import { makePatch } from '../../../src/core/resolution/patches/makePatch.ts';
import type { ResolutionDocument } from '../../../src/cli/placeDocument.ts';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';

const FILE: CodePointer = {
  kind: 'file',
  path: 'shop/cart.py',
  symbol: null,
  range: null,
  score: 1,
  signals: { mention: 1 },
  why: [localized`the issue names this file`],
};
const TOTAL: CodePointer = {
  ...FILE,
  kind: 'declaration',
  symbol: 'Cart.total',
  range: { start: { line: 2, character: 0 }, end: { line: 7, character: 0 } },
  score: 0.5,
  why: [localized`the issue names ${'total'}`],
};

describe('resolve', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-resolve-'));
    mkdirSync(join(folder, 'shop'));
    writeFileSync(join(folder, 'issue.md'), 'total is wrong\n');
    writeFileSync(
      join(folder, 'instance.json'),
      JSON.stringify({ problem_statement: 'total is wrong', base_commit: 'abc', repo: 'shop' }),
    );
    writeFileSync(join(folder, 'tracker.json'), JSON.stringify({ title: 'Total', body: 'wrong' }));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  const asked = async (argv: readonly string[], stdin?: string) => {
    const engine = createMemoryEngine();
    const around = { engine, cwd: folder, ...(stdin !== undefined && { stdin }) };
    const { code, err } = await runCli(['resolve', '--only', 'localize', ...argv], around);
    return { code, err, call: engine.calls[0] };
  };

  it('prints the places as one JSON document, with plain reasons', async () => {
    const engine = createMemoryEngine({ places: [FILE, TOTAL] });
    const { code, out } = await runCli(['resolve', 'total', '--only', 'localize', '--json'], {
      engine,
    });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), {
      places: [
        { ...FILE, why: ['the issue names this file'] },
        { ...TOTAL, why: ['the issue names total'] },
      ],
    });
  });

  it('prints files with their functions below them, in lines as editors count them', async () => {
    const engine = createMemoryEngine({ places: [FILE, TOTAL] });
    const { out } = await runCli(['resolve', 'total', '--only', 'localize'], { engine });
    assert.equal(
      out,
      [
        '1. shop/cart.py  likely',
        '   the issue names this file',
        '   Cart.total:3-7  likely',
        '     the issue names total',
        '',
      ].join('\n'),
    );
  });

  it('says that it is not sure where nothing but words speaks for the places', async () => {
    const guess = { ...FILE, signals: { body: 1, title: 2 } };
    const engine = createMemoryEngine({ places: [guess] });
    const { out } = await runCli(['resolve', 'total', '--only', 'localize'], { engine });
    assert.match(
      out,
      /^Not sure: nothing in the issue names code[^]*1\. shop\/cart\.py {2}guess\n/,
    );
    const called = { ...guess, signals: { called: 1 } };
    const led = createMemoryEngine({ places: [called] });
    const other = await runCli(['resolve', 'total', '--only', 'localize'], { engine: led });
    assert.match(other.out, /^1\. shop\/cart\.py {2}possible\n/);
  });

  it('takes the text itself, a file, standard input, an instance or an issue of a tracker', async () => {
    const here = { folder };
    assert.deepEqual(
      [
        (await asked(['total', 'is', 'wrong'])).call,
        (await asked(['issue.md'])).call,
        (await asked(['-'], 'total is wrong')).call,
        (await asked(['instance.json'])).call,
        (await asked(['tracker.json'])).call,
        (await asked(['{ is no JSON'])).call,
      ],
      [
        ['localize', { text: 'total is wrong', ...here }, {}],
        ['localize', { text: 'total is wrong\n', ...here }, {}],
        ['localize', { text: 'total is wrong', ...here }, {}],
        ['localize', { text: 'total is wrong', folder: join(folder, 'shop'), revision: 'abc' }, {}],
        ['localize', { text: 'Total\n\nwrong', ...here }, {}],
        ['localize', { text: '{ is no JSON', ...here }, {}],
      ],
    );
  });

  it('passes repository, revision, localizer and limit on; what is typed wins', async () => {
    const { call } = await asked([
      ...['instance.json', '--repo', 'other', '--revision', 'v1'],
      ...['--localizer', 'words', '--limit', '3'],
    ]);
    assert.deepEqual(call, [
      'localize',
      { text: 'total is wrong', folder: join(folder, 'other'), revision: 'v1' },
      { localizer: 'words', limit: 3 },
    ]);
  });

  it('refuses an empty issue, JSON without one, and steps and localizers it does not know', async () => {
    for (const argv of [
      ['-'],
      ['{"name": "x"}'],
      ['total', '--only', 'guess'],
      ['total', '--localizer', 'magic'],
    ]) {
      const { code, err, call } = await asked(argv, '');
      assert.equal(code, 2, argv.join(' '));
      assert.match(err, /bad-argument/);
      assert.equal(call, undefined);
    }
  });

  it('says so when nothing is found', async () => {
    const { code, out } = await runCli(['resolve', 'total', '--only', 'localize']);
    assert.equal(code, 1);
    assert.match(out, /nothing found/);
  });

  describe('as a whole', () => {
    const [patch] = [made('a + b', 'a - b')];
    const chosen: Selected = {
      choice: { kind: 'chosen', patch },
      judged: [
        {
          ...{ patch, score: 1, isTested: true as const },
          why: [localized`tests that failed pass with it: ${1}`],
        },
      ],
      why: [],
      notes: [],
    };

    it('prints the places, and the chosen patch with what speaks for it', async () => {
      const engine = createMemoryEngine({ places: [FILE, TOTAL], selected: chosen });
      const { code, out } = await runCli(['resolve', 'total'], { engine });
      assert.equal(code, 0);
      assert.match(out, /1\. shop\/cart\.py[^]*Proposed fix\n\ntests that failed pass with it: 1/);
      assert.match(out, /^-a \+ b\n\+a - b$/m);
      assert.deepEqual(
        engine.calls.map(([name]) => name),
        ['resolve', 'close'],
      );
    });

    it('says in the head that no test tried what is proposed', async () => {
      const selected = {
        ...chosen,
        judged: [{ patch, score: 1, why: [localized`it is alike`] }],
      };
      const engine = createMemoryEngine({ places: [FILE], selected });
      const { out } = await runCli(['resolve', 'total'], { engine });
      assert.match(out, /^Proposed fix, not tried by any test$/m);
    });

    it('writes the chosen patch only when it is asked to', async () => {
      const engine = createMemoryEngine({ places: [FILE], selected: chosen });
      const { out } = await runCli(['resolve', 'total', '--apply', '--json'], { engine });
      const document = JSON.parse(out) as ResolutionDocument;
      assert.deepEqual(document.applied, ['cart.py']);
      assert.deepEqual(
        document.candidates.map(({ id, isChosen }) => [id, isChosen]),
        [[patch.id, true]],
      );
      assert.equal(engine.calls.at(-2)?.[0], 'apply');
    });

    it('says what there is to know of the tests', async () => {
      const notes = [localized`the tests failed before any patch`];
      const engine = createMemoryEngine({ places: [FILE], selected: { ...chosen, notes } });
      const { out } = await runCli(['resolve', 'total'], { engine });
      assert.match(out, /Note: the tests failed before any patch/);
    });

    it('tells a tie and that nothing is good enough, and then writes nothing', async () => {
      const tie: Selected = { ...chosen, choice: { kind: 'tie', patches: [patch, patch] } };
      const none: Selected = { ...chosen, choice: { kind: 'none' }, why: [localized`it breaks`] };
      for (const [selected, exit, said] of [
        [tie, 1, /equally likely[^]*Nothing was written: no one patch was chosen\./],
        [none, 1, /No fix is good enough: it breaks/],
      ] as const) {
        const engine = createMemoryEngine({ places: [FILE], selected });
        const { code, out } = await runCli(['resolve', 'total', '--apply'], { engine });
        assert.equal(code, exit);
        assert.match(out, said);
        assert.ok(engine.calls.every(([name]) => name !== 'apply'));
      }
    });

    it('has found something where it found places, and nothing where it found none', async () => {
      const none: Selected = { ...chosen, choice: { kind: 'none' }, judged: [], why: [] };
      const codeOf = async (places: readonly CodePointer[]): Promise<number> => {
        const engine = createMemoryEngine({ places, selected: none });
        return (await runCli(['resolve', 'total'], { engine })).code;
      };
      assert.equal(await codeOf([FILE]), 0);
      assert.equal(await codeOf([]), 1);
    });

    it('says what mended it already, with the place as it is now', async () => {
      const mendedBy: MendedBy = {
        commit: '0123456789abcdef0123456789abcdef01234567',
        date: '2026-03-04T05:06:07.000Z',
        subject: 'fix: total of nothing is 0',
        sureness: 0.82,
        places: [{ path: TOTAL.path, symbol: TOTAL.symbol, range: TOTAL.range }],
      };
      const none: Selected = { ...chosen, choice: { kind: 'none' }, judged: [] };
      const engine = createMemoryEngine({ places: [FILE], selected: none, mendedBy });
      const { out } = await runCli(['resolve', 'total'], { engine });
      assert.match(
        out,
        /^Probably fixed already by 01234567 of 2026-03-04: fix: total of nothing is 0\n {3}shop\/cart\.py:3 Cart\.total\n/,
      );
      assert.match(out, /No fix is proposed/);
      const nowhere = createMemoryEngine({ places: [], selected: none, mendedBy });
      assert.equal((await runCli(['resolve', 'total'], { engine: nowhere })).code, 0);
      const { out: json } = await runCli(['resolve', 'total', '--json'], { engine });
      assert.deepEqual((JSON.parse(json) as ResolutionDocument).mendedBy, mendedBy);
    });

    it('shows how tests would run, and runs none that nobody allowed', async () => {
      const argv = ['resolve', 'total', '--test', '--test-command', 'make check'];
      const engine = createMemoryEngine({ selected: chosen });
      const { err } = await runCli(argv, { engine });
      assert.match(err, /The tests run by: \["npm","test"\]/);
      const [, , asked] = engine.calls.at(-2) ?? [];
      assert.deepEqual(asked, {
        tests: { command: 'make check', usesNetwork: false, isTrusted: false },
      });
      const { code } = await runCli(['resolve', 'total', '--timeout', '5']);
      assert.equal(code, 2);
      for (const option of ['--network', '--trust']) {
        assert.equal((await runCli(['resolve', 'total', option])).code, 2);
      }
      for (const option of ['--apply', '--test', '--candidates=3', '--generator=patterns']) {
        const early = await runCli(['resolve', 'total', '--only', 'localize', option]);
        assert.equal(early.code, 2, option);
        assert.match(early.err, /ends before --/);
      }
      const { code: both } = await runCli(['resolve', 'total', '--apply', '--revision', 'v1']);
      assert.equal(both, 2);
    });
  });
});

function made(before: string, after: string): Patch {
  const patch = makePatch([{ path: 'cart.py', before: `${before}\n`, after: `${after}\n` }], {
    origin: { by: 'patterns', sample: 0 },
  });
  assert.ok(!('refused' in patch));
  return patch;
}
