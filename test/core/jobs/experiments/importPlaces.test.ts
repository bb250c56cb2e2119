import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';

import type { CodePointer } from '../../../../src/core/model/resolution/codePointer.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import { type Bench, openBench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const BOAT = [
  'import math',
  '',
  'SPEED = 5',
  '',
  'class Boat:',
  '    def steer(self, angle):',
  '        angle = angle % 360',
  '        self.angle = angle',
  '',
  '    def stop(self):',
  '        self.speed = 0',
  '',
  'def steer(boat):',
  '    boat.steer(90)',
  '',
].join('\n');
const TEXT = 'a boat turns the wrong way';

describe('importing where other programs located issues', () => {
  let repository: TestRepository;
  let folder: TemporaryFolder;
  let bench: Bench;
  beforeEach(async () => {
    repository = createRepository();
    repository.commit([
      {
        message: 'first',
        files: {
          'fleet/boat.py': BOAT,
          'fleet/crew.py': 'def hire(name):\n    return name\n',
          'notes.txt': 'none\n',
        },
      },
    ]);
    repository.git('reset', '--quiet', '--hard', 'main');
    folder = createTemporaryFolder();
    const instances = ['boat-1', 'boat-2'].map((id) => ({
      ...{ instance_id: id, problem_statement: id === 'boat-1' ? TEXT : `${TEXT} (${id})` },
      base_commit: repository.git('rev-parse', 'HEAD').trim(),
    }));
    folder.write({ 'lite.jsonl': jsonLines(instances) });
    bench = await openBench(repository.folder);
  });
  afterEach(async () => {
    await bench.close();
    folder.remove();
    repository.remove();
  });

  const importFrom = async (located: string, signal?: AbortSignal) => {
    const summary = await bench.engine.experiments.importPlaces(
      {
        located: join(folder.path, located),
        instances: join(folder.path, 'lite.jsonl'),
        repository: repository.folder,
      },
      { ...(signal && { signal }) },
    );
    const passedOver = summary.passedOver.map(({ code, count }) => [code, count]);
    return { ...summary, passedOver };
  };
  const importLines = async (...lines: readonly unknown[]) => {
    folder.write({ 'loc_outputs.jsonl': jsonLines(lines) });
    return importFrom('loc_outputs.jsonl');
  };
  const locate = async (text = TEXT, revision?: string): Promise<readonly CodePointer[]> => {
    const issue = { text, folder: repository.folder, ...(revision && { revision }) };
    const asked = { localizer: 'imported' as const };
    return (await bench.engine.resolution.localize(issue, asked)).places;
  };
  const shown = (places: readonly CodePointer[]): readonly string[] =>
    places.map(({ kind, path, symbol, range }) =>
      kind === 'file'
        ? path
        : `${symbol ?? 'lines'} ${(range?.start.line ?? 0) + 1}-${range?.end.line ?? 0}`,
    );
  const failsWith = (code: string) => (error: unknown) =>
    error instanceof AppError && error.code === code;

  it('answers with what Agentless found, what more of its answers name first', async () => {
    const summary = await importLines({
      instance_id: 'boat-1',
      found_files: ['fleet/boat.py', 'fleet/crew.py'],
      found_related_locs: [['class: Boat\nfunction: stop'], ['function: hire']],
      found_edit_locs: [
        [['class: Boat\nfunction: stop'], ['']],
        [['function: Boat.steer\nline: 7\nline: 8'], ['']],
        [['line: 7', 'line: 3'], []],
      ],
      edit_loc_traj: { prompt: 'long' },
    });
    assert.deepEqual([summary.format, summary.instances, summary.passedOver], ['agentless', 1, []]);
    const places = await locate();
    assert.equal(places.length, summary.places);
    assert.deepEqual(shown(places), [
      ...['fleet/boat.py', 'fleet/crew.py'],
      ...['Boat.steer 6-8', 'lines 7-8', 'Boat 5-11', 'Boat.stop 10-11', 'lines 3-3', 'hire 1-2'],
    ]);
    // The files as they lie on the disk are those of the commit.
    assert.deepEqual(await locate(TEXT, 'main'), places);
  });

  it('reads each form in which versions of Agentless write what is to be edited', async () => {
    const file = 'fleet/boat.py';
    for (const edits of [
      ['function: Boat.stop\nline: 11'],
      [['function: Boat.stop', 'line: 11']],
      [[['function: Boat.stop\nline: 11']]],
      [['function: Boat.stop\nlines: 11-11']],
      { [file]: ['function: Boat.stop\nline: 11'] },
      { [file]: 'class: Boat.stop\nline: 11' },
      [{ [file]: ['method: Boat.stop', 'line: 11'] }, {}],
    ]) {
      await importLines({ instance_id: 'boat-1', found_files: [file], found_edit_locs: edits });
      assert.deepEqual(
        shown(await locate()),
        [file, 'Boat.stop 10-11', 'lines 11-11'],
        JSON.stringify(edits),
      );
    }
  });

  it('answers with the order of CodeMonkeys, with what it says of each file', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    folder.write({
      'runs/boat-1/02_ranking.json': JSON.stringify({
        model_rankings: [{ message: 'first the crew', ranking: ['fleet/crew.py'] }],
        ranked_files: [
          { tokens: 12, path: 'fleet/crew.py' },
          { tokens: 80, path: 'fleet/boat.py' },
        ],
      }),
      'runs/boat-1/01_relevance_decisions/fleet/crew.py.json': JSON.stringify({
        ...{ message: 'yes', status: 'relevant', summary: `hires those who steer, with ${secret}` },
      }),
      'runs/boat-1/01_relevance_decisions/fleet/boat.py.json': '{"message',
      'runs/boat-2/01_relevance_decisions/fleet/crew.py.json': '{}',
      'runs/notes.txt': 'none',
    });
    const summary = await importFrom('runs');
    assert.deepEqual(
      [summary.format, summary.instances, summary.passedOver],
      ['codemonkeys', 1, [['unreadable', 1]]],
    );
    const places = await locate();
    assert.deepEqual(shown(places), ['fleet/crew.py', 'fleet/boat.py']);
    const why = places.map((place) => place.why[0]?.text ?? '');
    assert.match(why[0] ?? '', /says: hires those who steer/);
    assert.ok(!why.join('').includes(secret));
    // The folder of one instance is read as well.
    assert.equal((await importFrom('runs/boat-1')).instances, 1);
  });

  it('passes over what is damaged, unknown or outside, and keeps the rest', async () => {
    folder.write({
      'loc_outputs.jsonl': [
        '{"instance_id": "boat-1"',
        JSON.stringify(['boat-1']),
        JSON.stringify({ instance_id: 'boat-1', found_files: 'fleet/boat.py' }),
        JSON.stringify({ instance_id: 'boat-1', found_files: [], found_edit_locs: [[[[[7]]]]] }),
        JSON.stringify({ instance_id: 'ship-9', found_files: ['fleet/boat.py'] }),
        JSON.stringify({
          instance_id: 'boat-1',
          found_files: [
            ...['../secrets.py', '/etc/passwd', 'fleet/../../x.py', '.git/config', 'C:\\x.py'],
            ...['fleet/gone.py', '__proto__', 'fleet/boat.py', 'fleet/boat.py'],
          ],
          found_edit_locs: {
            'fleet/boat.py': ['function: sail\nline: 999\nline: 0\nfunction: steer'],
            ['__proto__']: ['function: steer'],
          },
        }),
        JSON.stringify({ instance_id: 'boat-2', found_files: ['fleet/gone.py'] }),
      ].join('\r\n'),
    });
    const { instances, passedOver } = await importFrom('loc_outputs.jsonl');
    assert.equal(instances, 1);
    assert.deepEqual(
      new Map(passedOver as [string, number][]),
      new Map([
        ['unreadable', 4],
        ['path-outside', 5],
        ['path-not-found', 3],
        ['spot-not-found', 2],
        ['nothing-left', 1],
        ['instance-unknown', 1],
      ]),
    );
    assert.deepEqual(shown(await locate()), ['fleet/boat.py', 'steer 13-14']);
    await assert.rejects(locate(`${TEXT} (boat-2)`), failsWith('places-not-imported'));
  });

  it('reads no file of CodeMonkeys that nobody would hold in memory', async () => {
    folder.write({ 'runs/boat-1/02_ranking.json': '{}', 'runs/boat-2/02_ranking.json': '[' });
    truncateSync(join(folder.path, 'runs/boat-1/02_ranking.json'), 1e9);
    const { instances, passedOver } = await importFrom('runs');
    assert.deepEqual([instances, passedOver], [0, [['unreadable', 2]]]);
  });

  it('tells instances whose code is not there', async () => {
    folder.write({
      'lite.jsonl': jsonLines([
        { instance_id: 'boat-1', problem_statement: TEXT, base_commit: 'f'.repeat(40) },
        { instance_id: 'boat-2' },
      ]),
    });
    const { instances, passedOver } = await importLines({
      ...{ instance_id: 'boat-1', found_files: ['fleet/boat.py'] },
    });
    assert.deepEqual([instances, passedOver], [0, [['instance-unusable', 2]]]);
  });

  it('keeps what was imported last, and knows nothing of other code', async () => {
    await importLines({ instance_id: 'boat-1', found_files: ['fleet/boat.py'] });
    await importLines({ instance_id: 'boat-1', found_files: ['fleet/crew.py'] });
    assert.deepEqual(shown(await locate()), ['fleet/crew.py']);
    repository.commit([{ message: 'second', files: { 'fleet/crew.py': 'crew = []\n' } }]);
    await assert.rejects(locate(TEXT, 'main'), failsWith('places-not-imported'));
  });

  it('serves experiments, which ask nobody', async () => {
    await importLines({ instance_id: 'boat-1', found_files: ['fleet/boat.py'] });
    const file = join(folder.path, 'lite.jsonl');
    const { finished, failed } = await bench.engine.experiments.run({
      name: 'taken',
      source: { kind: 'instances', file, repository: repository.folder },
      grid: { localizers: ['imported'] },
    });
    assert.deepEqual([finished, failed], [1, 1]);
    const [failure] = (await bench.engine.experiments.show('taken')).failures;
    assert.match(failure?.why ?? '', /^places-not-imported/);
  });

  it('tells how far it is', async () => {
    folder.write({
      'loc_outputs.jsonl': jsonLines([
        { instance_id: 'boat-1', found_files: ['fleet/boat.py'] },
        { instance_id: 'boat-2', found_files: ['fleet/crew.py'] },
      ]),
    });
    const told: string[] = [];
    await bench.engine.experiments.importPlaces(
      {
        located: join(folder.path, 'loc_outputs.jsonl'),
        instances: join(folder.path, 'lite.jsonl'),
        repository: repository.folder,
      },
      { onProgress: ({ stage, done, total }) => told.push(`${stage} ${done}/${total ?? '?'}`) },
    );
    assert.deepEqual(told, ['issues 1/2', 'issues 2/2']);
  });

  it('refuses what is neither, and can be stopped', async () => {
    folder.write({ 'empty/readme.txt': 'nothing', 'loc_outputs.jsonl': '' });
    for (const located of ['empty', 'gone.jsonl', 'gone']) {
      await assert.rejects(importFrom(located), failsWith('bad-argument'), located);
    }
    await assert.rejects(importFrom('loc_outputs.jsonl', AbortSignal.abort()), {
      name: 'AbortError',
    });
  });
});

function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
