import assert from 'node:assert/strict';
import { AppError } from '../../src/core/model/errors.ts';
import { localized } from '../../src/core/model/localizedText.ts';
import type { Embedder } from '../../src/core/model/ports/embedder.ts';
import type { PatternList } from '../../src/core/model/team/wire.ts';
import type { TeamServerOptions } from '../../src/server/serve.ts';
import { createHashEmbedder } from '../support/engine/hashEmbedder.ts';
import { pair, type TestServer } from '../support/team/teamServer.ts';

/** @param knowsVectors whether the database has the extension that compares them */
export function describeMeaning(
  name: string,
  open: (options?: Partial<TeamServerOptions>) => Promise<TestServer>,
  knowsVectors: () => boolean | Promise<boolean>,
): void {
  describe(`search by meaning on ${name}`, () => {
    let team: TestServer;
    const hashes = createHashEmbedder();
    const embed: Embedder['embed'] = (texts, signal) =>
      texts.some((text) => text.includes('poison'))
        ? Promise.reject(new AppError('embedder-failed', localized`the process ended`))
        : hashes.embed(texts, signal);

    before(async () => {
      team = await open({ embedder: { ...hashes, embed } });
      await team.server.ready;
    });
    after(() => team.close());

    const search = async (text: string, more = '', at = team): Promise<PatternList> => {
      const path = `/patterns?sort=meaning&text=${encodeURIComponent(text)}${more}`;
      return (await at.ask<PatternList>('GET', path)).body;
    };
    const post = async (title: string, message: string): Promise<string> => {
      const sent = { body: pair(title, { commit_msg: message }) };
      return String((await team.ask('POST', '/patterns', sent)).body['id']);
    };
    /** Vectors are made in the background: asks until the answer is as expected, or long enough. */
    const until = async (
      ask: () => Promise<PatternList>,
      isThere: (list: PatternList) => boolean,
    ): Promise<PatternList> => {
      for (let tries = 0; ; tries += 1) {
        const list = await ask();
        if (isThere(list) || tries === 400) return list;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const first = ({ patterns }: PatternList): string | undefined => patterns[0]?.id;

    it('finds what has few of the words, mixed with what has all, or says that it went by words', async () => {
      const near = await post('umbrella_stand', 'fix: umbrellas were soaked by rainstorms');
      await post('ledger_total', 'fix: ledgers summed twice');
      const question = 'umbrellas soaked quickly';
      if (!(await knowsVectors())) {
        const list = await search(question);
        assert.deepEqual([list.sort, list.total], ['relevance', 0]);
        assert.deepEqual([first(await search('umbrellas soaked'))], [near]);
        return;
      }
      const found = await until(
        () => search(question),
        (list) => first(list) === near,
      );
      assert.deepEqual([found.sort, first(found)], ['meaning', near]);
      const byWords = await team.ask<PatternList>('GET', '/patterns?text=umbrellas+soaked+quickly');
      assert.deepEqual([byWords.body.sort, byWords.body.total], ['relevance', 0]);
    });

    it('lists the same by pages and by the cursor, within filters', async () => {
      for (let at = 0; at < 12; at += 1) await post(`gadget_${at}`, `fix: gadgets number ${at}`);
      const all = await until(
        () => search('gadgets', '&per_page=200'),
        ({ total }) => total >= 12,
      );
      const ids = all.patterns.map(({ id }) => id);
      const pages = [1, 2, 3].map((page) => search('gadgets', `&per_page=4&page=${page}`));
      const paged = (await Promise.all(pages)).flatMap(({ patterns }) => patterns);
      assert.deepEqual(
        paged.map(({ id }) => id),
        ids.slice(0, 12),
      );
      const { cursor = '' } = await search('gadgets', '&per_page=4');
      const next = await search('gadgets', `&per_page=4&cursor=${cursor}`);
      assert.deepEqual(
        next.patterns.map(({ id }) => id),
        ids.slice(4, 8),
      );
      assert.equal((await search('gadgets', '&language=go')).total, 0);
      assert.equal(await team.codeOf('GET', '/patterns?sort=meaning'), 'bad-request');
    });

    it('follows what is edited, deleted and restored', async () => {
      const id = await post('lantern', 'fix: lanterns flicker');
      const ask = (): Promise<PatternList> => search('thermostat calibration');
      await team.ask('POST', `/patterns/${id}`, {
        body: { name: 'thermostat', description: 'thermostat calibration drifts' },
      });
      assert.equal(first(await until(ask, (list) => first(list) === id)), id);
      await team.ask('DELETE', `/patterns/${id}`);
      assert.notEqual(first(await ask()), id);
      await team.ask('POST', `/patterns/${id}`, { body: { restore: true } });
      assert.equal(first(await until(ask, (list) => first(list) === id)), id);
    });

    it('goes by words, and says so, while nothing can be embedded', async () => {
      const none = (): Promise<never> =>
        Promise.reject(new AppError('embedder-failed', localized`no memory is left`));
      const other = await open({ embedder: { ...createHashEmbedder(), embed: none } });
      await other.server.ready;
      await other.ask('POST', '/patterns', { body: pair('compass_needle') });
      const list = await search('compass needle', '', other);
      assert.deepEqual([list.sort, list.total], ['relevance', 1]);
      await other.close();
    });

    it('finds nothing by nonsense, however few patterns there are', async () => {
      if (await knowsVectors()) {
        const id = await post('parasol', 'fix: parasols fold at noon');
        await until(
          () => search('parasols fold slowly'),
          (list) => first(list) === id,
        );
      }
      const list = await search('zzqx vvkk');
      assert.deepEqual([list.total, list.patterns], [0, []]);
    });

    it('embeds the others where a text cannot be embedded, and says which one', async () => {
      const poison = await post('poison', 'fix: poison is kept in a box');
      await post('sundial_shadow', 'fix: sundials throw their shadow northward');
      assert.equal((await search('sundial shadow')).total, 1);
      if (!(await knowsVectors())) return;
      const list = await until(
        () => search('sundial slowly'),
        ({ total }) => total > 0 && team.log.some((line) => line.includes(poison)),
      );
      assert.deepEqual([list.sort, list.patterns[0]?.name], ['meaning', 'sundial_shadow']);
      assert.equal(team.log.filter((line) => line.includes('the process ended')).length, 1);
      assert.match(team.log.join('\n'), new RegExp(`pattern ${poison} is found by words`));
    });
  });
}
