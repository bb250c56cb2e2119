import assert from 'node:assert/strict';

import { noise, strangers, useMining, type Files } from '../../../support/engine/idioms.ts';

const NAMES = strangers(20);

/** A file for each name, among others that share nothing. */
function among(extension: string, textOf: (name: string) => string): Files {
  return NAMES.reduce<Files>(
    (files, name) => ({ ...files, [`store/${name}.${extension}`]: textOf(name) }),
    noise('misc'),
  );
}

describe('shapes that are no idioms', () => {
  const { mine } = useMining();

  const templatesOf = async (files: Files): Promise<readonly string[]> =>
    (await mine(files)).map(({ template }) => template);

  it('are those that any program in the language could hold', async () => {
    const files = (keeper: string): Files =>
      among(
        'go',
        (name) => `package store

func sum_${name}(s *Store) int {
	s.${keeper}.Lock()
	defer s.${keeper}.Unlock()
	return s.${name} + only_${name}()
}
`,
      );
    assert.deepEqual(await templatesOf(files('mu')), []);
    assert.deepEqual(await templatesOf(files('shelfGuard')), [
      's.shelfGuard.Lock()\ndefer s.shelfGuard.Unlock()',
    ]);
  });

  it('are calls of one thing after another', async () => {
    const files = among(
      'py',
      (name) => `from store.ledger import ledger


def post_${name}(a_${name}):
    ledger.enter_sum(a_${name}.net_${name})
    ledger.enter_sum(a_${name}.tax_${name})
    ledger.enter_sum(a_${name}.all_${name})
`,
    );
    assert.deepEqual(await templatesOf(files), []);
  });

  it('set one variable and ask for another one, as blocks that were cut in the middle do', async () => {
    const files = (asked: 'title' | 'body'): Files =>
      among(
        'ts',
        (name) => `export async function ${name}(notice, heartbeat) {
  const title${name} = pick_${name}(heartbeat, ${name});
  const body${name} = notice.body${name}?.trim() || '';
  if (${asked}${name} !== '') {
    ${name}.text = await notice.renderNotice(${asked}${name}, heartbeat);
  }
  done_${name}(title${name});
}
`,
      );
    assert.deepEqual(await templatesOf(files('title')), []);
    const [found = ''] = await templatesOf(files('body'));
    assert.match(found, /^const \$1 = notice[^]*if \(\$1 !== ''\)/);
  });
});
