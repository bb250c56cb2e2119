import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askForShape, z } from '../../../src/core/chat/askForShape.ts';
import { openChat, type OpenedChat } from '../../../src/core/chat/openChat.ts';
import type { ModelSettings, SendingPreview } from '../../../src/core/model/ports/chatModel.ts';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';
import {
  startChatServer,
  type ChatServer,
  type ScriptedReply,
} from '../../support/model/chatServer.ts';

const SCHEMA = z.object({ step: z.number() });
const question = (
  content: string,
): { messages: { role: 'user'; content: string }[]; maxTokens: number } => ({
  messages: [{ role: 'user', content }],
  maxTokens: 100,
});

describe('the port to a model', () => {
  let server: ChatServer | undefined;
  let derived = '';
  let previews: SendingPreview[] = [];
  let isWanted = true;

  beforeEach(() => {
    derived = mkdtempSync(join(tmpdir(), 'chat-'));
    previews = [];
    isWanted = true;
  });

  afterEach(async () => {
    await server?.close();
    server = undefined;
    rmSync(derived, { recursive: true, force: true });
  });

  async function open(
    script: readonly ScriptedReply[],
    set: Partial<ModelSettings> = {},
    usdOf: () => number | undefined = () => undefined,
  ): Promise<OpenedChat> {
    server ??= await startChatServer(script);
    const settings: ModelSettings = {
      ...{ door: 'address', address: server.address, name: 'small', uses: ['learning'] },
      ...{ maxTokens: 10_000, maxUsd: 1 },
      ...set,
    };
    return openChat(
      {
        gate: createSecretGate(),
        derived,
        usdOf,
        host: {
          settings: () => Promise.resolve(settings),
          key: () => Promise.resolve(undefined),
          confirm: (preview) => {
            previews.push(preview);
            return Promise.resolve(isWanted);
          },
          complete: ({ messages }) =>
            Promise.resolve({
              text: `editor: ${messages[0]?.content ?? ''}`,
              isCut: false,
            }),
        },
      },
      'learning',
    );
  }

  async function model(...given: Parameters<typeof open>) {
    const opened = await open(...given);
    if ('why' in opened) assert.fail(opened.why.text);
    return opened;
  }

  it('is closed unless the person allows it for this use', async () => {
    const none = await open([], { door: 'none' });
    assert.ok('why' in none);
    const other = await open([], { uses: ['descriptions'] });
    assert.ok('why' in other && other.why.text.includes('do not allow a model for learning'));
    assert.equal(server?.requests.length, 0);
  });

  it('sends no secret, and shows what it sends the first time alone', async () => {
    const key = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const { model: first } = await model([{ text: 'one' }, { text: 'two' }]);
    await first.complete(question(`token = "${key}"`));
    const { model: second } = await model([]);
    await second.complete(question('more'));
    assert.equal(previews.length, 1);
    assert.equal(previews[0]?.use, 'learning');
    const sent = JSON.stringify(server?.requests.map(({ body }) => body.messages));
    assert.ok(!sent.includes(key));
    assert.deepEqual(
      previews.map(({ messages }) => messages[0]?.content),
      server?.requests.slice(0, 1).map(({ body }) => body.messages[0]?.content),
    );
  });

  it('sends nothing where the person does not want it', async () => {
    isWanted = false;
    const { model: refused } = await model([{ text: 'never' }]);
    await assert.rejects(refused.complete(question('a')), { code: 'model-not-allowed' });
    await assert.rejects(refused.complete(question('b')), { code: 'model-not-allowed' });
    assert.equal(previews.length, 1);
    assert.equal(server?.requests.length, 0);
  });

  it('asks the same once, also in a later run, and samples apart', async () => {
    const { model: first } = await model([{ text: 'one' }, { text: 'two' }]);
    const one = await first.complete(question('a'));
    const { model: later, spent } = await model([]);
    assert.equal((await later.complete(question('a'))).text, one.text);
    assert.equal(spent().calls, 0);
    assert.equal((await later.complete({ ...question('a'), sample: 1 })).text, 'two');
    assert.deepEqual(spent(), { calls: 1, tokens: 15, usd: 0 });
  });

  it('asks again what was answered by half', async () => {
    const { model: first } = await model([{ text: 'half', isCut: true }, { text: 'whole' }]);
    assert.equal((await first.complete(question('a'))).isCut, true);
    assert.equal((await first.complete(question('a'))).text, 'whole');
    assert.equal((await first.complete(question('a'))).text, 'whole');
    assert.equal(server?.requests.length, 2);
  });

  it('counts what broke off towards the budget, and not what the server refused', async () => {
    const { model: flaky, spent } = await model([
      { status: 401, message: 'no such key' },
      { breaksAfter: 'half of an answer' },
    ]);
    await assert.rejects(flaky.complete(question('a')), { code: 'model-failed' });
    assert.deepEqual(spent(), { calls: 0, tokens: 0, usd: 0 });
    await assert.rejects(flaky.complete(question('a')), { code: 'model-failed' });
    assert.equal(spent().calls, 1);
    assert.ok(spent().tokens > 3, `${spent().tokens}`);
  });

  it('keeps to the budget of tokens, also for calls side by side', async () => {
    const { model: small } = await model([{ text: 'one' }, { text: 'two' }], { maxTokens: 150 });
    const both = await Promise.allSettled([
      small.complete(question('a')),
      small.complete(question('b')),
    ]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['fulfilled', 'rejected'],
    );
    assert.equal(server?.requests.length, 1);
  });

  it('keeps to the budget of money where the price is known', async () => {
    const { model: dear } = await model(
      [],
      { address: 'http://192.0.2.1/v1', maxUsd: 0.5 },
      () => 1,
    );
    await assert.rejects(dear.complete(question('a')), { code: 'model-budget-spent' });
  });

  it('asks the model of the editor through its surface', async () => {
    const { model: editor } = await model([], { door: 'editor', address: '', name: '' });
    assert.equal((await editor.complete(question('a'))).text, 'editor: a');
    assert.equal(previews[0]?.to, 'VS Code');
  });

  it('takes an answer of the right shape, out of whatever is around it', async () => {
    const { model: asked } = await model([
      { text: '<think>{"step": 1}?</think>Here:\n```json\n{"step": 3}\n```' },
    ]);
    assert.deepEqual(await askForShape(asked, { ...question('a'), schema: SCHEMA }), { step: 3 });
    assert.ok(server?.requests[0]?.body.response_format !== undefined);
  });

  it('asks once more with what was wrong, and then refuses', async () => {
    const { model: mended } = await model([{ text: '{"step": "x"}' }, { text: '{"step": 2}' }]);
    assert.deepEqual(await askForShape(mended, { ...question('a'), schema: SCHEMA }), { step: 2 });
    const again = server?.requests[1]?.body.messages.at(-1)?.content;
    assert.match(again ?? '', /cannot be used: step/);
  });

  it('refuses an answer of the right shape that makes no sense', async () => {
    const { model: useless } = await model([{ text: 'no idea' }, { text: '{"step": 9}' }]);
    const fault = ({ step }: { step: number }): string | undefined =>
      step > 5 ? 'there is no step 9' : undefined;
    await assert.rejects(askForShape(useless, { ...question('b'), schema: SCHEMA, fault }), {
      code: 'model-answer-unusable',
      message: /no step 9/,
    });
    assert.equal(server?.requests.length, 2);
  });
});
