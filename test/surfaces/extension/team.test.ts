import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/model/errors.ts';
import { localized } from '../../../src/core/model/localizedText.ts';
import { jsonPage, showWhole } from '../../../src/extension/team/showWhole.ts';
import { createServerKeys } from '../../../src/extension/keys/serverKeys.ts';
import {
  describeSync,
  describeTrouble,
  fareText,
  groupShared,
} from '../../../src/extension/team/teamText.ts';

const SHARED = {
  ...{
    pattern: 'a',
    name: 'retry',
    author: 'ann',
    shared_at: '2026-03-04T05:06:07.000Z',
    own: false,
  },
  ...{ helpful: 0, votes: 0, good_outcomes: 0, outcomes: 0, waiting: false, offer: null },
};

const l10n = {
  t: (text: string, ...values: string[]) =>
    text.replace(/\{(\d)\}/g, (_, at: string) => values[Number(at)] ?? ''),
};

describe('the team in VS Code', () => {
  it('reads a key for the one server that it was given for', async () => {
    const kept = new Map<string, string>();
    const secrets = {
      get: (name: string) => Promise.resolve(kept.get(name)),
      store: (name: string, value: string) => {
        kept.set(name, value);
        return Promise.resolve();
      },
      delete: (name: string) => {
        kept.delete(name);
        return Promise.resolve();
      },
    };
    const keys = createServerKeys(secrets, 'team');
    await keys.store('https://a.example', 'key of a', undefined);
    assert.equal(await keys.read('https://b.example'), undefined);
    assert.equal(await createServerKeys(secrets, 'model').read('https://a.example'), undefined);
    assert.equal(await keys.read('https://a.example'), 'key of a');
    await keys.store('https://b.example', 'key of b', 'https://a.example');
    assert.deepEqual([...kept.values()], ['key of b']);
    await keys.store('https://b.example', 'new key of b', 'https://b.example');
    assert.equal(await keys.read('https://b.example'), 'new key of b');
    await keys.forget('https://b.example');
    assert.equal(kept.size, 0);
  });

  it('shows all that would leave, as a page where a dialog is too small', async () => {
    const shown: string[] = [];
    const showing = {
      dialog: (detail: string) => Promise.resolve(shown.push(`dialog ${detail}`) > 0),
      page: () => Promise.resolve(shown.push('page') > 0),
    };
    await showWhole(JSON.stringify({ code: 'short' }), showing);
    const code = '```\nsecret at the end'.padStart(5000, 'x');
    assert.ok(await showWhole(JSON.stringify({ code, last: 'the end' }), showing));
    assert.match(shown[0] ?? '', /^dialog [^]*short/);
    assert.equal(shown[1], 'page');
    const page = jsonPage(JSON.stringify({ code, last: 'the end' }));
    assert.match(page, /^```json\n/);
    const block = page.split(/^```(?:json)?\n/m)[1] ?? '';
    assert.deepEqual(JSON.parse(block), { code, last: 'the end' });
  });

  it('says in its line what was new, or that nothing was, or what went wrong', () => {
    const sync = { received: 0, sent: 0, told: 0 };
    assert.equal(describeSync(sync, l10n), 'Team: up to date');
    assert.equal(describeSync({ ...sync, received: 3 }, l10n), 'Team: 3 new');
    assert.equal(describeSync({ received: 3, sent: 1, told: 1 }, l10n), 'Team: 3 new, 2 sent');
    const said = (
      ['team-unreachable', 'team-refused', 'team-key-needed', 'disk-full'] as const
    ).map((code) => describeTrouble(new AppError(code, localized`it failed`), l10n));
    assert.equal(new Set(said).size, 4);
    assert.equal(said[0], 'Team: unreachable');
  });

  it('lists what waits first, then what each person shared, and own patterns last', () => {
    const all = [
      { ...SHARED, own: true, author: 'me' },
      { ...SHARED, name: 'one' },
      { ...SHARED, author: 'bob' },
      { ...SHARED, author: 'bob', waiting: true },
      { ...SHARED, name: 'two' },
      { ...SHARED, offer: { name: 'n', description: '', tags: [] } },
    ];
    assert.deepEqual(
      groupShared(all, l10n).map(({ name, isWaiting, shared }) => [name, isWaiting, shared.length]),
      [
        ['To Be Reviewed', true, 2],
        ['ann', false, 2],
        ['bob', false, 1],
        ['You', false, 1],
      ],
    );
    assert.deepEqual(groupShared([], l10n), []);
  });

  it('says when a pattern was shared and how it fared', () => {
    assert.equal(fareText(SHARED, l10n), 'no votes · 2026-03-04');
    const fared = { ...SHARED, helpful: 2, votes: 3, good_outcomes: 4, outcomes: 5 };
    assert.equal(fareText(fared, l10n), 'helpful to 2 of 3 · worked 4 of 5 times · 2026-03-04');
  });
});
