import assert from 'node:assert/strict';

import { openBench } from '../../../support/engine/engine.ts';
import { noise } from '../../../support/engine/idioms.ts';

describe('places that deviate from an idiom', () => {
  it('are told until they are dismissed, for good', async () => {
    const shop = await openBench();
    try {
      const load = (row: string, rest: string): string =>
        `from store.session import open_session, audit_log\n\n\ndef load_${row}(key):\n    ${row} = open_session().lookup("${row}", key)\n${rest}`;
      for (const row of ['order', 'ticket', 'label', 'parcel', 'voucher', 'refund', 'invoice']) {
        const rest = `    if ${row} is None:\n        audit_log.record_missing("${row}", key)\n        raise MissingRow(key)\n    return ${row}\n`;
        shop.write(`store/${row}s.py`, load(row, rest));
      }
      for (const [path, text] of Object.entries(noise('misc'))) shop.write(path, text);
      // Both say the same in the same words, each in its own place.
      const weigh = (name: string, end: string): string =>
        load(
          name,
          `    weight = ${name}.weight\n    while weight > 9:\n        weight -= 9\n${end}`,
        );
      const plain = weigh('lost', '    return weight\n');
      shop.write('store/lost.py', plain);
      shop.write('depot/lost.py', plain);
      await shop.extract({ git: false });
      const find = async () => {
        const filter = { kind: { any: ['idiom'] } } as const;
        const { rows } = await shop.engine.find.patterns({ text: '', filter });
        return shop.engine.patterns.detail(rows[0]?.id ?? '');
      };
      const before = await find();
      assert.deepEqual(
        before?.deviations.map(({ path }) => path),
        ['depot/lost.py', 'store/lost.py'],
      );
      const { id } = before.pattern;
      for (const { mark } of before.deviations.slice(1)) {
        await shop.engine.curate.dismiss(id, mark);
      }
      const left = async () => (await find())?.deviations.map(({ path }) => path);
      assert.deepEqual(await left(), ['depot/lost.py']);
      // The function of a dismissed place moves and is edited, and another one does the same there.
      const other = plain.replace('load_lost', 'weigh_lost');
      shop.write('store/lost.py', `${other}\n\n${weigh('lost', '    return weight * 1000\n')}`);
      await shop.extract({ git: false });
      assert.deepEqual(await left(), ['depot/lost.py', 'store/lost.py']);
      await shop.engine.curate.dismiss(id, before.deviations[0]?.mark ?? '');
      assert.deepEqual(await left(), ['store/lost.py']);
      await shop.reopen();
      assert.deepEqual(await left(), ['store/lost.py']);
    } finally {
      await shop.close();
    }
  });
});
