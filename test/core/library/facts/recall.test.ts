import assert from 'node:assert/strict';
import fc from 'fast-check';

import { FACTS } from '../../../../src/core/library/facts/all.ts';
import { dumpView } from '../../../../src/core/library/view/dump.ts';
import type { View } from '../../../../src/core/library/view/view.ts';
import type { EventBody, LibraryEvent } from '../../../../src/core/model/event.ts';
import { anyEvents } from '../../../support/library/anyEvents.ts';
import {
  commitOf,
  changeOf,
  fileOf,
  fragmentOf,
  idiomOf,
  idiomsOf,
  idOf,
  patternOf,
  toEvents,
} from '../../../support/library/libraryEvents.ts';
import { loadViews, viewOf } from '../../../support/library/view.ts';

const P = 'git:1';

/** What a view recalls, as events a journal could hold. */
function recalledFrom(view: View): readonly LibraryEvent[] {
  return [...FACTS.recall(view)].map(({ body, order }, index) => ({
    ...body,
    ...{ id: `z.${index}`, rev: 10_000 + index, at: 0 },
    ...order,
  }));
}

/** The view does not keep what idioms were mined from. */
function withoutMined(event: LibraryEvent): LibraryEvent {
  return event.type === 'idioms' ? { ...event, contentHash: '' } : event;
}

/** All a view says, but for the revision of a project's name, of which several events may tell. */
function meaningOf({ db }: View): readonly string[] {
  return [...dumpView(db, true)].map((line) => {
    const [key, name, parent, , ...rest] = JSON.parse(line) as readonly unknown[];
    const isProject = rest.length === 3 && /^(?:git|dir|remote):/.test(String(key));
    return isProject ? JSON.stringify([key, name, parent, ...rest]) : line;
  });
}

function bodiesIn(view: View): readonly EventBody[] {
  return [...FACTS.recall(view)].map(({ body }) => body);
}

describe('facts that are read back from a view', () => {
  before(loadViews);

  it('make the same view again, whatever was recorded', () => {
    fc.assert(
      fc.property(anyEvents, (all) => {
        const view = viewOf(all.map(withoutMined));
        const again = viewOf(recalledFrom(view));
        assert.deepEqual(meaningOf(again), meaningOf(view));
        view.close();
        again.close();
      }),
      { numRuns: 40 },
    );
  }).timeout(60_000);

  it('are as they were recorded', () => {
    const bodies: readonly EventBody[] = [
      fileOf(P, 'a.ts', [
        { ...fragmentOf('alpha', 3), details: 'Waits a minute between.' },
        'beta',
      ]),
      idiomsOf(P, [idiomOf('alpha', ['a.ts', 'b.ts'])]),
      commitOf(P, 'c'.repeat(40), [changeOf('gamma')]),
      {
        ...patternOf('imported', 'delta', P),
        change: {
          message: 'Fix it',
          confidence: 0.5,
          testsChanged: true,
          reverted: true,
          issues: ['#7'],
        },
      },
      { type: 'edit', pattern: idOf('alpha'), name: 'first', tags: ['one', 'two'] },
      { type: 'forget', subject: { pattern: idOf('beta') }, purge: true },
      { type: 'restore', subject: { project: P } },
    ];
    const found = bodiesIn(viewOf(toEvents(bodies)));
    const [idioms] = bodies.filter(({ type }) => type === 'idioms');
    for (const body of bodies) {
      const wanted = body === idioms ? { ...idioms, contentHash: '' } : body;
      const same = found.find(({ type }) => type === body.type);
      assert.deepEqual(same, wanted);
    }
  });
});
