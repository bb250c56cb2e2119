import assert from 'node:assert/strict';
import { attribute } from '../../../src/core/learning/attribute.ts';
import type { Attribution } from '../../../src/core/model/learning.ts';
import type { Session } from '../../../src/core/model/sessions/session.ts';
import { chatSession, commandSession } from '../../support/sessions/learningSessions.ts';

/** As a label tells that it ended. */
function attributed(session: Session, method: 'simple' | 'heuristic'): Attribution {
  const label = session.marks.find(({ kind }) => kind === 'label')?.isGood;
  const outcome = label === undefined ? 'unknown' : label ? 'success' : 'failure';
  return attribute(session, method, { outcome });
}

const FAILED = ['ImportError: no module named shop', 1] as const;

describe('attributing an outcome', () => {
  const sumOf = ({ contributions }: Attribution): number =>
    contributions.reduce((sum, [, share]) => sum + share, 0);

  it('simple: the last change that went well gets all of it', () => {
    const session = commandSession('a', [
      ['cat shop.py', 'total = 1'],
      ['sed -i s/1/2/ shop.py', ''],
      ['sed -i s/2/3/ gone.py', "sed: can't read gone.py: No such file or directory", 2],
      ['pytest', '1 passed'],
    ]);
    const { contributions, method } = attributed(session, 'simple');
    assert.equal(method, 'simple');
    assert.deepEqual(contributions, [
      [1, 1],
      [0, 0],
      [2, 0],
      [3, 0],
    ]);
  });

  it('simple: says so where nothing was changed, with shares of 0', () => {
    const found = attributed(commandSession('a', [['ls', 'shop.py']], true), 'simple');
    assert.equal(sumOf(found), 0);
    assert.deepEqual(
      found.notes.map(({ text }) => text),
      ['no step made the outcome'],
    );
  });

  it('heuristic: what mended a failing run counts more than a change that was changed again', () => {
    const session = commandSession(
      'a',
      [
        ['sed -i s/1/2/ shop.py', ''],
        ['pytest', 'E   AssertionError: 2', 1],
        ['sed -i s/2/3/ shop.py', ''],
        ['pytest', '1 passed'],
      ],
      true,
    );
    const found = attributed(session, 'heuristic');
    const [[first] = [], [second] = []] = found.contributions;
    assert.deepEqual([first, second], [2, 0]);
    assert.ok(Math.abs(sumOf(found) - 1) < 1e-9);
    assert.equal(found.firstFault, undefined, 'it is known to have succeeded');
  });

  it('of a failure: an error that was passed over is the first fault, with the line as evidence', () => {
    const session = commandSession('a', [
      ['ls', 'shop.py'],
      ['python check.py', ...FAILED],
      ['sed -i s/1/2/ shop.py', ''],
      ['python other.py', 'ok'],
    ]);
    const { firstFault, notes } = attributed(session, 'heuristic');
    assert.equal(firstFault?.step, 1);
    assert.equal(firstFault.agent, 'mini-swe-agent');
    assert.match(firstFault.evidence[0]?.what.text ?? '', /passed over: ImportError/);
    assert.match(notes[0]?.text ?? '', /^nobody but the agent says/);
  });

  it('of a failure: an error that was got over is no fault', () => {
    const session = commandSession('a', [
      ['python check.py', ...FAILED],
      ['touch shop/__init__.py', ''],
      ['python check.py', 'ok'],
    ]);
    assert.equal(attributed(session, 'heuristic').firstFault, undefined);
  });

  it('of a failure: the same thing a third time with the same result', () => {
    const session = commandSession('a', [
      ['ls', 'a'],
      ['ls', 'a'],
      ['pwd', '/'],
      ['ls', 'a'],
    ]);
    assert.equal(attributed(session, 'heuristic').firstFault?.step, 3);
  });

  it('of a team: the first program, on which the rest is built', () => {
    const session = chatSession([
      ['Sales', 'How many loaves?'],
      ['Sales', 'Let us look it up.'],
      ['Data', '```python\nprint(40)  # sample data\n```'],
      ['terminal', 'Code output: 40'],
      ['Check', 'It sells 40. TERMINATE'],
    ]);
    const found = attributed(session, 'heuristic');
    assert.deepEqual([found.firstFault?.step, found.firstFault?.agent], [2, 'Data']);
    assert.deepEqual(
      found.firstFault?.evidence.map(({ what }) => what.text),
      [
        'is the first program of the run, on which the rest is built',
        'invents data: “sample data”',
      ],
    );
    assert.equal(found.contributions[0]?.[0], 2);
    assert.ok(Math.abs(sumOf(found) - 1) < 1e-9);
    assert.ok(found.contributions.every(([step, share]) => step !== 3 || share === 0));
  });

  it('of a led team: the last action of a worker, or the first one of a long run', () => {
    const turn = (at: number) =>
      [
        ['Lead -> Surfer', `Look at page ${at}`],
        ['Surfer', `Page ${at} says nothing`],
      ] as const;
    const short = chatSession([['user', 'Find it'], ...turn(1), ...turn(2), ['Lead', 'It is 7.']]);
    assert.deepEqual(
      [
        attributed(short, 'heuristic').firstFault?.step,
        attributed(short, 'heuristic').firstFault?.agent,
      ],
      [4, 'Surfer'],
    );
    const turns = Array.from({ length: 20 }, (_, at) => turn(at)).flat();
    assert.equal(
      attributed(chatSession([['user', 'Find it'], ...turns]), 'heuristic').firstFault?.step,
      2,
    );
  });

  it('finds the first fault of one expert that talks to nobody but a terminal', () => {
    const { firstFault } = attributed(
      chatSession([
        ['user', 'How many loaves?'],
        ['Sales', 'Let us assume 40 loaves, for demonstration.'],
        ['Sales', '```python\nprint(40)\n```'],
        ['terminal', 'Code output: 40'],
        ['Sales', 'It sells 40. TERMINATE'],
      ]),
      'heuristic',
    );
    assert.deepEqual([firstFault?.step, firstFault?.agent], [2, 'Sales']);
  });
});
