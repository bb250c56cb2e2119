import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type {
  ExperimentComparison,
  ExperimentOrder,
  ExperimentReport,
  PlacesOrder,
} from '../../../src/core/model/api/experiments.ts';
import { localized } from '../../../src/core/model/localizedText.ts';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';
import { createTemporaryFolder } from '../../support/temporaryFolder.ts';

const HYPERS = { localizer: 'words', generator: null, places: 15, addsGold: false };
const REPORT: ExperimentReport = {
  name: 'places',
  points: [
    {
      ...{ key: '0123456789abcdef', hypers: HYPERS, finished: 2, failed: 1, open: 0, tokens: 1200 },
      measures: [
        {
          ...{ stage: 'localization', measure: 'file-recall@1' },
          ...{ mean: 0.5, low: 0.25, high: 0.75, count: 2 },
        },
      ],
    },
  ],
  failures: [{ why: 'model-failed: nobody is there', runs: 1 }],
  badLines: 0,
};
const COMPARISON: ExperimentComparison = {
  first: { experiment: 'places', key: '0123456789abcdef', differs: { localizer: 'words' } },
  second: { experiment: 'places', key: 'fedcba9876543210', differs: { localizer: 'hybrid' } },
  differences: [
    {
      ...{ stage: 'localization', measure: 'file-recall@1', count: 40, first: 0.5, second: 0.75 },
      ...{ difference: { mean: 0.25, low: 0.1, high: 0.4, count: 40 }, isClear: true },
    },
  ],
};

describe('experiment', () => {
  const ordered = async (argv: readonly string[]) => {
    const orders: ExperimentOrder[] = [];
    const engine = createMemoryEngine({
      experiments: {
        run: (order) => {
          orders.push(order);
          const counts = { points: 2, instances: 3, finished: 5, known: 1, failed: 0 };
          const notes = [localized`line ${4} holds no issue`];
          return Promise.resolve({ name: order.name, ...counts, notes });
        },
      },
    });
    const answer = await runCli(['experiment', 'run', ...argv], { engine, cwd: '/work' });
    return { ...answer, order: orders[0] };
  };

  it('passes grids, limits and where it goes on from', async () => {
    const { order } = await ordered([
      ...['judged', 'lite.jsonl', '--repo', 'clones', '-n', '50', '--jobs', '4'],
      ...['--generator', 'agentless,codemonkeys', '--selector', 'mix', '--candidates', '4,8'],
      ...['--repetitions', '2', '--from', 'places', '--gold', '--grade-again'],
    ]);
    assert.deepEqual(order, {
      name: 'judged',
      source: {
        kind: 'instances',
        file: resolve('/work/lite.jsonl'),
        repository: resolve('/work/clones'),
      },
      grid: {
        ...{ localizers: [], generators: ['agentless', 'codemonkeys'], selectors: ['mix'] },
        ...{ candidates: [4, 8], places: [] },
      },
      ...{ limit: 50, repetitions: 2, atOnce: 4, from: 'places', addsGold: true },
      gradesAgain: true,
    });
  });

  it('says how many runs ended, what was passed over, and how to go on', async () => {
    const { code, out } = await ordered(['fixes', '--fixes']);
    assert.equal(code, 0);
    assert.equal(
      out,
      [
        'fixes: 2 ways to resolve 3 issues',
        '  5 runs now, 1 before, 0 failed',
        '  line 4 holds no issue',
        'pattern-foundry experiment show fixes tells what came of it',
        '',
      ].join('\n'),
    );
  });

  it('runs tests of nobody who was not asked, and shows by what', async () => {
    const asked = await ordered(['fixes', '--fixes', '--test', '--test-command', 'make test']);
    assert.match(asked.err, /tests of .* run by: make test/);
    assert.equal(asked.order?.tests?.isTrusted, false);
    const trusted = await ordered(['fixes', '--fixes', '--test', '--trust']);
    assert.deepEqual(trusted.order?.tests, { isTrusted: true, usesNetwork: false });
  });

  it('refuses steps and numbers that are none, and no issues at all', async () => {
    for (const argv of [
      ['x', '--fixes', '--localizer', 'words,magic'],
      ['x', '--fixes', '--candidates', 'many'],
      ['x', 'lite.jsonl', '--fixes'],
      ['x'],
      ['x', '--fixes', '--trust', '--timeout', '5'],
    ]) {
      const { code, err, order } = await ordered(argv);
      assert.equal(code, 2, argv.join(' '));
      assert.match(err, /bad-argument/);
      assert.equal(order, undefined);
    }
  });

  it('shows each way with its measures and intervals, and why runs failed', async () => {
    const engine = createMemoryEngine({ experiments: { show: () => Promise.resolve(REPORT) } });
    const { out } = await runCli(['experiment', 'show', 'places'], { engine });
    assert.equal(
      out,
      [
        '01234567 localizer=words places=15',
        '  2 runs, 1 failed, 1,200 tokens',
        '  step          measure         mean  95 %            issues',
        '  localization  file-recall@1  0.500  [0.250, 0.750]       2',
        '',
        'what the measures say:',
        '  file-recall@1  share of the files to be changed that come first; more is better',
        '',
        'what failed:',
        '  1 run: model-failed: nobody is there',
        '',
      ].join('\n'),
    );
    const json = await runCli(['experiment', 'show', 'places', '--json'], { engine });
    assert.deepEqual(JSON.parse(json.out), REPORT);
  });

  it('says why nothing is graded, and why no test says anything of the patches', async () => {
    const shown = async (point: Partial<ExperimentReport['points'][number]>): Promise<string> => {
      const report = { ...REPORT, points: REPORT.points.map((one) => ({ ...one, ...point })) };
      const engine = createMemoryEngine({ experiments: { show: () => Promise.resolve(report) } });
      return (await runCli(['experiment', 'show', 'places'], { engine })).out;
    };
    assert.match(await shown({ measures: [], finished: 0 }), /graded: no run came to its end/);
    assert.match(await shown({ measures: [] }), /graded: it is not known what resolves/);
    const measure = { mean: 0.5, low: 0.2, high: 0.7, count: 3 };
    const similar = { stage: 'generation', measure: 'similarity-best', ...measure };
    const passed = { stage: 'generation', measure: 'pass-rate-best', ...measure };
    assert.match(await shown({ measures: [similar] }), /no pass rate: no tests were run/);
    const tested = { hypers: { tests: 'detected' }, measures: [similar] };
    assert.match(await shown(tested), /no pass rate: no test that came with these fixes/);
    const out = await shown({ measures: [similar, passed] });
    assert.doesNotMatch(out, /no pass rate/);
    assert.match(out, /pass-rate-best +share of the tests .*best of the patches.*; more is better/);
  });

  it('tells which of two ways is better, where that is more than chance', async () => {
    const names: (readonly string[])[] = [];
    const engine = createMemoryEngine({
      experiments: {
        compare: (given) => {
          names.push(given);
          return Promise.resolve([COMPARISON]);
        },
      },
    });
    const { out } = await runCli(['experiment', 'compare', 'places'], { engine });
    assert.deepEqual(names, [['places']]);
    assert.match(out, /^first: {2}places@01234567 localizer=words\nsecond: places@fedcba98/);
    assert.match(out, /0\.250 +\[0\.100, 0\.400\] +40 +second higher/);
  });

  it('lists what is on record, and says where there is nothing', async () => {
    const row = { name: 'places', points: 2, instances: 3, finished: 6, failed: 0, open: 1 };
    const rows = [{ ...row, tokens: 0, begunAt: Date.UTC(2026, 10, 30) }];
    const list = async (experiments: typeof rows) =>
      runCli(['experiment', 'list'], {
        engine: createMemoryEngine({ experiments: { list: () => Promise.resolve(experiments) } }),
      });
    assert.match((await list(rows)).out, /places +2 +3 +6 +0 +1 +0 +30 Nov 2026/);
    const none = await list([]);
    assert.deepEqual(
      [none.code, none.out],
      [1, 'no experiment is on record; experiment run begins one\n'],
    );
  });

  it('imports what another program located, and says what it passed over', async () => {
    const orders: PlacesOrder[] = [];
    const passedOver = [
      { code: 'unreadable' as const, count: 7, first: [localized`line ${4}`] },
      { code: 'path-outside' as const, count: 1, first: [localized`../x.py`] },
    ];
    const imports = (instances: number) =>
      createMemoryEngine({
        experiments: {
          importPlaces: (order) => {
            orders.push(order);
            const places = instances * 3;
            return Promise.resolve({ format: 'agentless', instances, places, passedOver });
          },
        },
      });
    const argv = ['experiment', 'import', 'loc_outputs.jsonl', 'lite.jsonl'];
    const run = await runCli(argv, { engine: imports(2), cwd: '/work' });
    assert.deepEqual(orders, [
      {
        located: resolve('/work/loc_outputs.jsonl'),
        instances: resolve('/work/lite.jsonl'),
        repository: resolve('/work'),
      },
    ]);
    assert.equal(run.code, 0);
    assert.equal(
      run.out,
      [
        'imported 6 places for 2 issues from Agentless',
        '7 passed over, cannot be read (unreadable):',
        '  line 4',
        '  … 6 more',
        '1 passed over, paths that leave the repository (path-outside):',
        '  ../x.py',
        'resolve and experiment run use it with --localizer imported',
        '',
      ].join('\n'),
    );
    const none = await runCli([...argv, '--json'], { engine: imports(0) });
    assert.equal(none.code, 1);
    assert.deepEqual((JSON.parse(none.out) as { passedOver: readonly object[] }).passedOver[1], {
      code: 'path-outside',
      count: 1,
      first: ['../x.py'],
    });
  });

  it('says how much it forgot', async () => {
    const engine = createMemoryEngine({ experiments: { forget: () => Promise.resolve(6) } });
    const { out } = await runCli(['experiment', 'forget', 'places'], { engine });
    assert.equal(out, '6 runs of places deleted\n');
  });

  it('writes what is trained on to a file or to standard output', async () => {
    const orders: object[] = [];
    const engine = createMemoryEngine({
      experiments: {
        training: (order) => {
          orders.push(order);
          return Promise.resolve(['{"messages":[]}', '{"messages":[1]}']);
        },
      },
    });
    const printed = await runCli(['experiment', 'export', 'judged'], { engine });
    assert.equal(printed.out, '{"messages":[]}\n{"messages":[1]}\n');
    const folder = createTemporaryFolder();
    const file = join(folder.path, 'rows.jsonl');
    const given = ['judged', '--format', 'preferences', '--measure', 'coverage-best', '-o', file];
    const { out } = await runCli(['experiment', 'export', ...given], { engine });
    assert.match(out, /^wrote 2 lines to /);
    assert.equal(readFileSync(file, 'utf8'), printed.out);
    folder.remove();
    assert.deepEqual(orders, [
      { name: 'judged', format: 'chat' },
      { name: 'judged', format: 'preferences', measure: 'coverage-best' },
    ]);
    const misplaced = await runCli(['experiment', 'export', 'judged', '--measure', 'x'], {
      engine,
    });
    assert.match(misplaced.err, /--measure is for --format preferences/);
  });
});
