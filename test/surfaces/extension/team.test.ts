import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/model/errors.ts';
import { localized } from '../../../src/core/model/localizedText.ts';
import { showWhole } from '../../../src/extension/team/showWhole.ts';
import { createServerKeys } from '../../../src/extension/keys/serverKeys.ts';
import { describeSync, describeTrouble } from '../../../src/extension/team/teamText.ts';

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
      page: (markdown: string) => Promise.resolve(shown.push(`page ${markdown}`) > 0),
    };
    await showWhole(JSON.stringify({ code: 'short' }), showing);
    const code = '```\nsecret at the end'.padStart(5000, 'x');
    assert.ok(await showWhole(JSON.stringify({ code, last: 'the end' }), showing));
    assert.match(shown[0] ?? '', /^dialog [^]*short/);
    assert.match(shown[1] ?? '', /^page ```json\n/);
    const block = (shown[1] ?? '').split(/^(?:page )?```(?:json)?\n/m)[1] ?? '';
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
    assert.equal(said[0], 'Team: not reached');
  });
});
