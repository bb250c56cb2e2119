import assert from 'node:assert/strict';

import type { EventBody } from '../../../../src/core/model/event.ts';
import type { Provenance } from '../../../../src/core/model/pattern.ts';
import { FACTS } from '../../../../src/core/library/facts/all.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';
import {
  changeOf,
  commitOf,
  fileOf,
  forgetOf,
  idiomOf,
  idiomsOf,
  patternOf,
  outcomeOf,
  ratingOf,
  shownOf,
  useOf,
} from '../../../support/library/libraryEvents.ts';

const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

const NOWHERE: Provenance = {
  ...{ project: null, projectName: null, path: null, range: null },
  ...{ commit: null, author: null, date: null },
};

const BODIES: readonly EventBody[] = [
  { type: 'project', project: 'dir:/work', name: 'work', aliases: ['git:1'] },
  fileOf('dir:/work', 'a.ts', ['alpha']),
  idiomsOf('dir:/work', [idiomOf('alpha', ['a.ts', 'b.ts'])]),
  commitOf('dir:/work', 'c'.repeat(40), [changeOf('beta')]),
  { type: 'revert', project: 'dir:/work', commit: 'd'.repeat(40), reverts: ['c'.repeat(40)] },
  {
    type: 'history',
    project: 'dir:/work',
    heads: ['c'.repeat(40)],
    sinceSeconds: null,
    version: 1,
  },
  {
    ...{ type: 'lastChange', project: 'dir:/work', path: 'a.ts', commit: 'c'.repeat(40) },
    ...{ author: 'someone@example.org', dateSeconds: 1_700_000_000 },
  },
  { type: 'measure', project: 'dir:/work', pattern: 'p', uses: 1, tests: 1 },
  {
    ...patternOf('imported', 'alpha'),
    pack: 'pack',
    provenance: [{ ...NOWHERE, project: 'p', path: 'a', commit: 'c', author: 'a', date: 'd' }],
  },
  { type: 'edit', pattern: 'p', name: 'n', description: 'd', tags: ['t'] },
  { type: 'variant', pattern: 'p', of: 'q', cosine: 1, overlap: 1 },
  { type: 'succession', from: 'p', to: 'q' },
  {
    ...{ type: 'version', pattern: 'p', version: '0a1b2c3d', since: 0, projects: ['git:1'] },
    ...{ name: 'n', description: 'd', tags: ['t'], code: 'c', before: 'b', withdrawn: true },
  },
  {
    ...{ type: 'experiment', experiment: '0a1b2c3d', ended: false },
    ...{ a: { pattern: 'p', version: '1a1b2c3d' }, b: { pattern: 'q', version: null } },
  },
  { type: 'accept', pattern: 'p' },
  { type: 'dismiss', pattern: 'p', mark: '0a1b2c3d' },
  forgetOf('alpha'),
  { type: 'person', person: 'a'.repeat(24), name: 'ann', formerName: null, writers: [] },
  { type: 'forget', subject: { project: 'p' }, purge: true },
  { type: 'restore', subject: { pattern: 'p' } },
  ratingOf('alpha', 5),
  useOf('alpha'),
  shownOf('alpha', { task: 'parse dates' }),
  outcomeOf('alpha', 'abcdef01.2', 'edited'),
  { type: 'impressions', writer: 'w', day: 'd', counts: { p: 1 } },
];

describe('no field of any fact', () => {
  for (const body of BODIES) {
    it(`lets a token into the library: ${body.type}`, async () => {
      for (const [place, planted] of plantings(body)) {
        const stored = await FACTS.admit(createSecretGate(), planted as EventBody).catch(() => '');
        assert.ok(!JSON.stringify(stored).includes(TOKEN), place);
      }
    });
  }

  it('loses an id, a hash, a key or a date to redaction', async () => {
    const clean: EventBody = {
      ...patternOf('kept', 'alpha'),
      provenance: [
        {
          ...NOWHERE,
          project: 'git:0123456789abcdef0123456789abcdef01234567',
          commit: '89abcdef0123456789abcdef0123456789abcdef',
          date: '2024-05-06T07:08:09.000Z',
        },
      ],
    };
    assert.deepEqual(await FACTS.admit(createSecretGate(), clean), clean);
  });

  it('makes two sessions one where their names look like secrets', async () => {
    const gate = createSecretGate();
    const sessions = await Promise.all(
      [TOKEN, `${TOKEN.slice(0, -1)}x`].map((session) => FACTS.admit(gate, rated(session))),
    );
    assert.equal(new Set(sessions.map((body) => JSON.stringify(body))).size, 2);
  });
});

function rated(session: string): EventBody {
  return { type: 'rating', pattern: 'p', rating: 5, session, task: null, by: 'ann' };
}

/** The value with the token in place of each text in it, one at a time, and as a key of counts. */
function* plantings(value: unknown): Generator<readonly [place: string, planted: unknown]> {
  if (typeof value === 'string') yield ['', TOKEN];
  if (typeof value !== 'object' || value === null) return;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  for (const [name, inner] of entries) {
    // The type says what the fields are; without it there is no fact.
    if (name === 'type') continue;
    for (const [place, planted] of plantings(inner)) {
      const changed = entries.map(([other, kept]) => [other, other === name ? planted : kept]);
      const whole = Object.fromEntries(changed) as Record<string, unknown>;
      yield [`${name}.${place}`, Array.isArray(value) ? Object.values(whole) : whole];
    }
    if (name === 'counts') yield ['counts', { ...value, counts: { [TOKEN]: 1 } }];
  }
}
