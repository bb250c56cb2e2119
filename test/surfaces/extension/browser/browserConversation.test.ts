import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type {
  BrowserAction,
  BrowserApi,
  DetailView,
  ListPage,
  ToBrowser,
} from '../../../../src/protocol/browser.ts';
import { createAnswers } from '../../../../src/extension/browser/browserCalls.ts';
import {
  createConversation,
  type Conversation,
} from '../../../../src/extension/browser/conversation.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { RETRY } from '../../../support/engine/snippets.ts';

const LIST = {
  text: '',
  order: 'value',
  state: 'live',
  filters: {},
  tab: 'reuse',
  scope: 'workspace',
  weaker: false,
  facets: true,
  offset: 0,
  limit: 10,
} as const;

/** Finds what is not worth listing by itself, too. */
const SEARCH = { ...LIST, text: 'retry', order: 'relevance' } as const;

const CALL = { type: 'call', area: 'patterns' } as const;

describe('the conversation with the browser', () => {
  let bench: Bench;
  let said: ToBrowser[];
  let acted: BrowserAction[];
  let nonsense: number;
  let lookedAt: string[];

  beforeEach(async () => {
    bench = await openBench();
    said = [];
    acted = [];
    nonsense = 0;
    lookedAt = [];
  });
  afterEach(() => bench.close());

  function converse(
    change: Partial<BrowserApi['patterns']> = {},
    { engine } = bench,
  ): Conversation {
    const answers = createAnswers({
      engine,
      folders: () => [bench.project],
      minRelevance: () => Promise.resolve(0.6),
      displayed: ({ text }) => text.toUpperCase(),
      onLook: (id) => lookedAt.push(id),
    });
    return createConversation({
      answers: { ...answers, ...change },
      say: (message) => said.push(message),
      onReady: () => said.push({ type: 'changed' }),
      act: (action) => {
        acted.push(action);
        return Promise.resolve();
      },
      describe: (error) => ({ code: 'test', message: String(error), hint: '' }),
      onNonsense: () => (nonsense += 1),
    });
  }

  async function ask(talk: Conversation, method: string, parameters: unknown): Promise<unknown> {
    await talk.hear({ type: 'call', call: 1, area: 'patterns', method, parameters: [parameters] });
    const message = said.pop();
    assert.equal(message?.type, 'result', JSON.stringify(message));
    return message.value;
  }

  it('lists, rates, edits, forgets and restores', async () => {
    const { id } = await bench.engine.curate.add({
      code: RETRY,
      language: 'javascript',
      name: 'again',
    });
    const talk = converse();
    const page = (await ask(talk, 'list', LIST)) as ListPage;
    assert.deepEqual(
      page.rows.map((row) => row.id),
      [id],
    );
    assert.deepEqual(((await ask(talk, 'rate', { id, rating: 5 })) as { thumbs: unknown }).thumbs, {
      up: 1,
      down: 0,
      own: 5,
    });
    assert.deepEqual(
      ((await ask(talk, 'rate', { id, rating: null })) as { thumbs: unknown }).thumbs,
      { up: 0, down: 0, own: null },
    );
    const edited = (await ask(talk, 'edit', { id, tags: ['net'] })) as DetailView;
    assert.ok(edited.detail.pattern.tags.includes('net'));
    assert.deepEqual(await ask(talk, 'forget', { id }), [id]);
    assert.equal(((await ask(talk, 'list', LIST)) as ListPage).total, 0);
    assert.deepEqual(await ask(talk, 'restore', { ids: [id] }), [id]);
    assert.equal(((await ask(talk, 'list', LIST)) as ListPage).total, 1);
  });

  it('discards a pack that waits and has it back', async () => {
    const { id } = await bench.engine.curate.add({ code: RETRY, language: 'javascript' });
    const { text } = await bench.engine.jobs.export({ format: 'pack' }, undefined);
    const other = await openBench();
    await other.engine.jobs.import({ text }, 'team');
    const talk = converse({}, other);
    const waiting = async (): Promise<number> =>
      ((await ask(talk, 'list', { ...LIST, state: 'quarantined' })) as ListPage).total;
    assert.deepEqual(await ask(talk, 'forget', { pack: 'team' }), [id]);
    assert.equal(await waiting(), 0);
    assert.deepEqual(await ask(talk, 'restore', { ids: [id] }), [id]);
    assert.equal(await waiting(), 1);
    await other.close();
  });

  it('answers a rating with the row that the list shows', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract({ git: false });
    const talk = converse();
    const { rows } = (await ask(talk, 'list', SEARCH)) as ListPage;
    const [row] = rows;
    assert.ok(row !== undefined);
    const rated = await ask(talk, 'rate', { id: row.id, rating: 5 });
    const after = (await ask(talk, 'list', SEARCH)) as ListPage;
    const found = after.rows.find(({ id }) => id === row.id);
    assert.ok(found !== undefined);
    const { score, signals, relevance, impression } = found;
    assert.deepEqual({ ...Object(rated), score, signals, relevance, impression }, found);
  });

  it('says where a pattern stands in the folders that are open', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract({ git: false });
    const talk = converse();
    const { rows } = (await ask(talk, 'list', SEARCH)) as ListPage;
    const view = (await ask(talk, 'detail', { id: rows[0]?.id })) as DetailView;
    assert.deepEqual(lookedAt, [rows[0]?.id]);
    assert.deepEqual(
      view.places.map(({ state, folder }) => [state, folder]),
      [['unchanged', bench.project]],
    );
    assert.deepEqual(view.commitProjects, []);
  });

  it('lists what hardly matches only where that is asked for', async () => {
    const vague = {
      ...SEARCH,
      text: 'server settings, colours of buttons and errors of uploads',
    };
    bench.write('retry.js', RETRY);
    await bench.extract({ git: false });
    const talk = converse();
    const total = async (weaker: boolean): Promise<number> =>
      ((await ask(talk, 'list', { ...vague, weaker })) as ListPage).total;
    assert.deepEqual([await total(false), await total(true)], [0, 1]);
  });

  it('says in the language of the person why there is nothing', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract({ git: false });
    const idioms = { ...LIST, filters: { kind: { any: ['idiom'] } } };
    const { emptyReason } = (await ask(converse(), 'list', idioms)) as ListPage;
    assert.match(emptyReason ?? '', /^NO IDIOMS: /);
  });

  it('answers with nothing where there is no such pattern', async () => {
    assert.equal(await ask(converse(), 'detail', { id: '0'.repeat(16) }), undefined);
  });

  it('says what failed', async () => {
    await converse().hear({
      ...CALL,
      call: 3,
      method: 'rate',
      parameters: [{ id: '0'.repeat(16), rating: 5 }],
    });
    assert.deepEqual(said, [
      {
        type: 'failure',
        call: 3,
        failure: {
          code: 'test',
          message: 'AppError: there is no pattern 0000000000000000',
          hint: '',
        },
      },
    ]);
  });

  it('says so when it does not understand a request, which would be waited for otherwise', async () => {
    const talk = converse();
    const parameters = { ...LIST, text: 'x'.repeat(100_001) };
    await talk.hear({ ...CALL, call: 6, method: 'list', parameters: [parameters] });
    await talk.hear({ ...CALL, call: 7, method: 'close', parameters: [{}] });
    const failure = {
      code: 'test',
      message: 'AppError: the request is invalid or too long',
      hint: '',
    };
    assert.deepEqual(said, [
      { type: 'failure', call: 6, failure },
      { type: 'failure', call: 7, failure },
    ]);
    assert.equal(nonsense, 0);
  });

  it('says that it stopped what was cancelled, and fails nothing of it', async () => {
    const signals: AbortSignal[] = [];
    const talk = converse({
      list: (_query, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          assert.ok(signal !== undefined);
          signals.push(signal);
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    });
    const heard = [4, 5].map((number) =>
      talk.hear({ ...CALL, call: number, method: 'list', parameters: [LIST] }),
    );
    await setImmediate();
    await talk.hear({ type: 'abort', call: 4 });
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    talk.close();
    await Promise.all(heard);
    assert.deepEqual(said, [
      { type: 'stopped', call: 4 },
      { type: 'stopped', call: 5 },
    ]);
  });

  it('passes on actions, greets, and counts nonsense', async () => {
    const talk = converse();
    await talk.hear({ type: 'ready' });
    await talk.hear({ type: 'action', action: 'showLog' });
    await talk.hear({ ...CALL, call: -1, method: 'list', parameters: [LIST] });
    assert.deepEqual(said, [{ type: 'changed' }]);
    assert.deepEqual(
      acted.map(({ action }) => action),
      ['showLog'],
    );
    assert.equal(nonsense, 1);
  });
});
