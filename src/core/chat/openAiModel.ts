import { setTimeout as wait } from 'node:timers/promises';
import { APIConnectionError, APIError, OpenAI } from 'openai';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import type { ChatAnswer, ChatModel, ChatRequest, ChatUsage } from '../model/ports/chatModel.ts';
import { guessTokens } from './guessTokens.ts';

export interface OpenAiDoor {
  /** Such as `http://127.0.0.1:11434/v1`. */
  readonly address: string;
  readonly key: string | undefined;
  readonly name: string;
  /** Milliseconds in which something must come, at first and between two pieces; two minutes when absent. */
  readonly silenceMs?: number;
  /** Waits before asking again, for tests that do not want to. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

const SILENCE_MS = 120_000;
/** Somebody who waits for an answer waits no longer for a server that has no time. */
const MOST_WAIT_MS = 120_000;
const TRIES = 4;
/** Servers that lose count would send for ever; no token is longer on average. */
const MOST_CHARACTERS_A_TOKEN = 16;

/** What servers of one protocol do not agree on; learned from what they refuse. */
interface Dialect {
  limit: 'max_tokens' | 'max_completion_tokens';
  takesShapes: boolean;
}

/**
 * A model behind the protocol of OpenAI, as Ollama, llama.cpp, vLLM and most vendors speak it.
 * Answers are streamed, so that one that is stopped costs no more.
 */
export function createOpenAiModel(door: OpenAiDoor): ChatModel {
  const pause = door.wait ?? ((ms, signal) => wait(ms, undefined, { signal }));
  const client = new OpenAI({
    baseURL: door.address,
    // The package insists on one; servers on this machine take any.
    apiKey: door.key ?? 'none',
    organization: null,
    project: null,
    // It would not wait as long as a server asks it to.
    maxRetries: 0,
    logLevel: 'off',
  });
  const dialect: Dialect = { limit: 'max_tokens', takesShapes: true };
  return {
    name: door.name,
    async complete(request, { signal } = {}) {
      for (let attempt = 1; ; attempt += 1) {
        signal?.throwIfAborted();
        try {
          return await ask(client, { ...door, dialect }, request, signal);
        } catch (error) {
          signal?.throwIfAborted();
          const again = attempt < TRIES && learnDialect(error, dialect);
          const waitMs = again ? 0 : attempt < TRIES ? waitOf(error, attempt) : undefined;
          if (waitMs === undefined) throw toAppError(error, door);
          if (waitMs > 0) await pause(waitMs, signal);
        }
      }
    },
  };
}

/** @returns whether the same is worth asking in other words */
function learnDialect(error: unknown, dialect: Dialect): boolean {
  if (!(error instanceof APIError) || error.status !== 400) return false;
  if (dialect.limit === 'max_tokens' && error.message.includes('max_completion_tokens')) {
    dialect.limit = 'max_completion_tokens';
    return true;
  }
  const isRefused = /response_format|json_schema/.test(error.message) && dialect.takesShapes;
  if (isRefused) dialect.takesShapes = false;
  return isRefused;
}

/** One try; throws where nothing comes for too long. */
async function ask(
  client: OpenAI,
  door: OpenAiDoor & { readonly dialect: Dialect },
  request: ChatRequest,
  signal: AbortSignal | undefined,
): Promise<ChatAnswer> {
  const { address, silenceMs = SILENCE_MS } = door;
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort();
  }, silenceMs);
  const signals = [silence.signal, ...(signal === undefined ? [] : [signal])];
  try {
    const chunks = await client.chat.completions.create(toBody(door, request), {
      signal: AbortSignal.any(signals),
    });
    const answer = await collect(chunks, request, () => timer.refresh());
    // A stream that is stopped ends as if it were whole.
    silence.signal.throwIfAborted();
    signal?.throwIfAborted();
    return answer;
  } catch (error) {
    if (!silence.signal.aborted) throw error;
    const seconds = Math.ceil(silenceMs / 1000);
    const message = localized`the model at ${address} did not respond for ${seconds} s`;
    throw new AppError('model-failed', message, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function toBody(
  { name, dialect }: OpenAiDoor & { readonly dialect: Dialect },
  { messages, maxTokens, temperature = 0, shape }: ChatRequest,
): Body {
  return {
    model: name,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...{ [dialect.limit]: maxTokens },
    temperature,
    stream: true,
    stream_options: { include_usage: true },
    ...(shape !== undefined &&
      dialect.takesShapes && {
        response_format: {
          type: 'json_schema' as const,
          json_schema: { name: 'answer', schema: shape, strict: true },
        },
      }),
  };
}

type Body = OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming;

async function collect(
  chunks: AsyncIterable<OpenAI.Chat.Completions.ChatCompletionChunk>,
  request: ChatRequest,
  onPiece: () => void,
): Promise<ChatAnswer> {
  let text = '';
  let reason: string | undefined;
  let counted: Omit<ChatUsage, 'isGuessed'> | undefined;
  for await (const { choices, usage } of chunks) {
    onPiece();
    const [choice] = choices;
    text += choice?.delta.content ?? '';
    reason = choice?.finish_reason ?? reason;
    if (usage) counted = { input: usage.prompt_tokens, output: usage.completion_tokens };
    if (text.length > request.maxTokens * MOST_CHARACTERS_A_TOKEN) break;
  }
  // One that breaks off has no reason.
  return { text, isCut: reason !== 'stop', usage: toUsage(counted, request, text) };
}

function toUsage(
  counted: Omit<ChatUsage, 'isGuessed'> | undefined,
  { messages }: ChatRequest,
  text: string,
): ChatAnswer['usage'] {
  if (counted !== undefined) return { ...counted, isGuessed: false };
  return { input: guessTokens(messages), output: guessTokens(text), isGuessed: true };
}

const BUSY: ReadonlySet<unknown> = new Set([429, 503, 529]);

/** How long to wait before the same may be asked again; `undefined` where that is no use. */
function waitOf(error: unknown, attempt: number): number | undefined {
  if (error instanceof APIConnectionError) return attempt < 2 ? 200 : undefined;
  if (!(error instanceof APIError) || !BUSY.has(error.status)) return undefined;
  const waitMs = askedWaitMs(error.headers as Headers | undefined) ?? 500 * 2 ** attempt;
  return waitMs <= MOST_WAIT_MS ? waitMs : undefined;
}

/** `Retry-After` holds seconds, or a date by the clock of the server. */
function askedWaitMs(headers: Headers | undefined): number | undefined {
  const asked = headers?.get('retry-after') ?? '';
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(asked)) return Number(asked) * 1000;
  const ms = Date.parse(asked) - Date.parse(headers?.get('date') ?? '');
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function toAppError(error: unknown, { address }: OpenAiDoor): AppError {
  if (error instanceof AppError) return error;
  const options = { cause: error };
  if (error instanceof APIConnectionError) {
    const message = localized`the model at ${address} cannot be reached`;
    return new AppError('model-failed', message, options);
  }
  if (error instanceof APIError) {
    const reason = error.message.slice(0, 300);
    return new AppError('model-failed', localized`the model at ${address}: ${reason}`, options);
  }
  const message = localized`the model at ${address} does not speak the protocol`;
  return new AppError('model-failed', message, options);
}
