import { setTimeout as wait } from 'node:timers/promises';
import { APIConnectionError, APIError, OpenAI } from 'openai';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import type {
  ChatAnswer,
  ChatModel,
  ChatRequest,
  ChatUsage,
  ChatWatch,
} from '../model/ports/chatModel.ts';
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
  readonly limit: 'max_tokens' | 'max_completion_tokens';
  readonly takesShapes: boolean;
  readonly takesTemperature: boolean;
  /** Takes the wish to be told what an answer took. */
  readonly takesCounting: boolean;
}

const USUAL_DIALECT: Dialect = {
  ...{ limit: 'max_tokens', takesShapes: true, takesTemperature: true, takesCounting: true },
};

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
  let learned = USUAL_DIALECT;
  return {
    name: door.name,
    async complete(request, watch = {}) {
      const { signal } = watch;
      for (let attempt = 1; ;) {
        signal?.throwIfAborted();
        // A call beside this one may learn meanwhile what this one is refused for.
        const dialect = learned;
        try {
          return await ask(client, { ...door, dialect }, request, watch);
        } catch (error) {
          signal?.throwIfAborted();
          const lesson = lessonOf(error, dialect);
          if (lesson !== undefined) {
            learned = { ...learned, ...lesson };
            continue;
          }
          const waitMs = attempt < TRIES ? waitOf(error, attempt) : undefined;
          if (waitMs === undefined) throw toAppError(error, door);
          await pause(waitMs, signal);
          attempt += 1;
        }
      }
    },
  };
}

/** What a refusal says of a server that was not known; `undefined` where other words are no use. */
function lessonOf(error: unknown, dialect: Dialect): Partial<Dialect> | undefined {
  // Servers that check each field answer 422.
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) {
    return undefined;
  }
  const isAbout = (part: RegExp): boolean => part.test(error.message);
  if (dialect.limit === 'max_tokens' && isAbout(/max_completion_tokens/)) {
    return { limit: 'max_completion_tokens' };
  }
  if (dialect.takesShapes && isAbout(/response_format|json_schema/)) return { takesShapes: false };
  if (dialect.takesTemperature && isAbout(/temperature/)) return { takesTemperature: false };
  if (dialect.takesCounting && isAbout(/stream_options|include_usage/)) {
    return { takesCounting: false };
  }
  return undefined;
}

/** One try; throws where nothing comes for too long. */
async function ask(
  client: OpenAI,
  door: OpenAiDoor & { readonly dialect: Dialect },
  request: ChatRequest,
  { signal, onLost }: ChatWatch,
): Promise<ChatAnswer> {
  const { address, silenceMs = SILENCE_MS } = door;
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort();
  }, silenceMs);
  let isAccepted = false;
  const heard: Heard = { text: '' };
  const signals = [silence.signal, ...(signal === undefined ? [] : [signal])];
  try {
    const chunks = await client.chat.completions.create(toBody(door, request), {
      signal: AbortSignal.any(signals),
    });
    isAccepted = true;
    await listen(chunks, { heard, request, onPiece: () => timer.refresh() });
    // A stream that is stopped ends as if it were whole.
    silence.signal.throwIfAborted();
    signal?.throwIfAborted();
    // One that breaks off has no reason.
    return { text: heard.text, isCut: heard.reason !== 'stop', usage: toUsage(heard, request) };
  } catch (error) {
    // What a server refuses costs nothing; what it works on does, also when nobody waits for it.
    const isBegun = isAccepted || silence.signal.aborted || signal?.aborted === true;
    if (isBegun) onLost?.(toUsage(heard, request));
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
    ...(dialect.takesTemperature && { temperature }),
    stream: true,
    ...(dialect.takesCounting && { stream_options: { include_usage: true } }),
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

/** What has come of an answer so far. */
interface Heard {
  text: string;
  /** Why it ended; `undefined` while it has not. */
  reason?: string;
  counted?: Omit<ChatUsage, 'isGuessed'>;
}

async function listen(
  chunks: AsyncIterable<OpenAI.Chat.Completions.ChatCompletionChunk>,
  { heard, request, onPiece }: { heard: Heard; request: ChatRequest; onPiece: () => void },
): Promise<void> {
  for await (const { choices, usage } of chunks) {
    onPiece();
    const [choice] = choices;
    heard.text += choice?.delta.content ?? '';
    if (choice?.finish_reason) heard.reason = choice.finish_reason;
    if (usage) heard.counted = { input: usage.prompt_tokens, output: usage.completion_tokens };
    if (heard.text.length > request.maxTokens * MOST_CHARACTERS_A_TOKEN) break;
  }
}

function toUsage({ counted, text }: Heard, { messages }: ChatRequest): ChatUsage {
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
