import assert from 'node:assert/strict';

import { experienceReads } from '../../../../src/core/library/read/sessions/experiences.ts';
import { experienceOf, toEvents } from '../../../support/library/libraryEvents.ts';
import { loadViews, viewOf } from '../../../support/library/view.ts';

describe('what a library knows of sessions', () => {
  before(loadViews);

  it('is the newest of those recorded in projects that are not forgotten', () => {
    const view = viewOf(
      toEvents([
        experienceOf('git:kept', 's1', ['older']),
        experienceOf('git:kept', 's2', ['other']),
        experienceOf('git:gone', 's1', ['newer']),
        { type: 'forget', subject: { project: 'git:gone' }, purge: false },
      ]),
    );
    const reads = experienceReads(() => view);
    assert.deepEqual(
      reads.all().map(({ session, project }) => [session, project]),
      [
        ['s1', 'git:kept'],
        ['s2', 'git:kept'],
      ],
    );
    const found = reads.recorded('s1');
    assert.deepEqual(found, experienceOf('git:kept', 's1', ['older']));
    assert.equal(reads.recorded('s3'), undefined);
    view.close();
  });
});
