import assert from 'node:assert/strict';
import { createOpenAiModel, type OpenAiDoor } from '../../../src/core/chat/openAiModel.ts';
import type { ChatAnswer, ChatRequest } from '../../../src/core/model/ports/chatModel.ts';
import {
  startChatServer,
  type ChatServer,
  type ScriptedReply,
  type SentRequest,
} from '../../support/model/chatServer.ts';

const REQUEST: ChatRequest = { messages: [{ role: 'user', content: 'why?' }], maxTokens: 50 };

describe('a model behind an address', () => {
  let server: ChatServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  const requests = (): readonly SentRequest[] => server?.requests ?? [];

  async function ask(
    script: readonly ScriptedReply[],
    {
      request = REQUEST,
      signal,
      ...door
    }: Partial<OpenAiDoor> & { request?: ChatRequest; signal?: AbortSignal } = {},
  ): Promise<ChatAnswer> {
    server = await startChatServer(script);
    const { address } = server;
    const model = createOpenAiModel({ address, key: 'secret', name: 'small', ...door });
    return model.complete(request, { ...(signal && { signal }) });
  }

  it('puts the pieces of an answer together and tells what it took', async () => {
    const answer = await ask([{ text: 'because it rained, 雨 too' }]);
    assert.deepEqual(answer, {
      text: 'because it rained, 雨 too',
      isCut: false,
      usage: { input: 10, output: 5, isGuessed: false },
    });
    const [sent] = requests();
    assert.ok(sent !== undefined);
    assert.equal(sent.path, '/v1/chat/completions');
    assert.equal(sent.authorization, 'Bearer secret');
    assert.equal(sent.body.model, 'small');
    assert.equal(sent.body.max_tokens, 50);
  });

  it('guesses what an answer took where the server does not tell', async () => {
    const { usage } = await ask([{ text: 'short', isUncounted: true }]);
    assert.equal(usage.isGuessed, true);
    assert.ok(usage.input > 0 && usage.output > 0);
  });

  it('says that an answer was cut', async () => {
    assert.equal((await ask([{ text: 'and then', isCut: true }])).isCut, true);
  });

  it('waits as long as a server asks it to, and asks again', async () => {
    const busy = { status: 429, message: 'slow down', headers: { 'retry-after': '50' } };
    const down = { status: 503, message: 'starting' };
    const waits: number[] = [];
    const wait = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
    const { text } = await ask([busy, down, busy, { text: 'now' }], { wait });
    assert.equal(text, 'now');
    assert.deepEqual(waits, [50_000, 2000, 50_000]);
  });

  it('does not wait for hours, and does not ask before', async () => {
    const busy = {
      status: 429,
      message: 'come back tomorrow',
      headers: { 'retry-after': '86400' },
    };
    await assert.rejects(ask([busy, { text: 'too early' }]), {
      code: 'model-failed',
      message: /come back tomorrow/,
    });
    assert.equal(requests().length, 1);
  });

  it('asks in other words where a server of the protocol wants that', async () => {
    const limit = { status: 400, message: "use 'max_completion_tokens' instead" };
    const shape = { status: 400, message: 'response_format is not supported' };
    const request = { ...REQUEST, shape: { type: 'object' } };
    await ask([limit, shape, { text: '{}' }], { request });
    const sent = requests().at(-1)?.body;
    assert.equal(sent?.max_completion_tokens, 50);
    assert.equal(sent.response_format, undefined);
  });

  it('leaves out what a server takes no word of, as often as it finds another', async () => {
    const script = [
      { status: 400, message: "use 'max_completion_tokens' instead" },
      { status: 400, message: "'temperature' does not support 0 with this model" },
      { status: 422, message: 'stream_options: extra fields are not permitted' },
      { status: 400, message: 'response_format is not supported' },
      { status: 400, message: 'temperature, once more' },
    ];
    const request = { ...REQUEST, shape: { type: 'object' } };
    await assert.rejects(ask(script, { request }), { message: /once more/ });
    const { temperature, stream_options, response_format } = requests().at(-1)?.body ?? {};
    assert.deepEqual(
      [temperature, stream_options, response_format],
      [undefined, undefined, undefined],
    );
    assert.equal(requests()[0]?.body.temperature, 0);
    assert.equal(requests().length, 5);
  });

  it('asks in other words also where a call beside it has just learned them', async () => {
    const refusal = { status: 400, message: "'temperature' does not support 0 with this model" };
    server = await startChatServer([refusal, refusal, { text: 'one' }, { text: 'two' }]);
    const model = createOpenAiModel({ address: server.address, key: 'k', name: 'small' });
    const both = await Promise.all([model.complete(REQUEST), model.complete(REQUEST)]);
    assert.deepEqual(both.map(({ text }) => text).sort(), ['one', 'two']);
  });

  it('says what the server refuses, and does not ask again', async () => {
    await assert.rejects(ask([{ status: 401, message: 'no such key' }]), {
      code: 'model-failed',
      message: /no such key/,
    });
    assert.equal(requests().length, 1);
  });

  it('breaks off an answer without end', async () => {
    const { text, isCut } = await ask([{ never: 'ends' }]);
    assert.equal(isCut, true);
    assert.ok(text.length < 5000);
  });

  it('gives up a server that says nothing', async () => {
    await assert.rejects(ask([{ never: 'begins' }], { silenceMs: 60 }), {
      code: 'model-failed',
      message: /did not respond/,
    });
  });

  it('says that what came is no answer', async () => {
    await assert.rejects(ask([{ raw: 'data: {"choices": [oops\n\n' }]), { code: 'model-failed' });
  });

  it('does not take half an answer for a whole one', async () => {
    await assert.rejects(ask([{ breaksAfter: 'half of' }]), { code: 'model-failed' });
  });

  it('says that nobody is there', async () => {
    const model = createOpenAiModel({
      address: 'http://127.0.0.1:9/v1',
      key: undefined,
      name: 'm',
    });
    await assert.rejects(model.complete(REQUEST), {
      code: 'model-failed',
      message: /cannot be reached/,
    });
  });

  it('stops at once, also while it waits for a server', async () => {
    const stop = new AbortController();
    const busy = { status: 503, message: 'busy', headers: { 'retry-after': '60' } };
    const asked = ask([busy], { signal: stop.signal });
    setTimeout(() => {
      stop.abort();
    }, 50);
    await assert.rejects(asked, { name: 'AbortError' });
  });

  it('stops in the middle of an answer', async () => {
    const stop = new AbortController();
    const asked = ask([{ never: 'ends' }], {
      signal: stop.signal,
      request: { ...REQUEST, maxTokens: 100_000_000 },
    });
    setTimeout(() => {
      stop.abort();
    }, 50);
    await assert.rejects(asked, { name: 'AbortError' });
  });
});
