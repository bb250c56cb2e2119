/** Entry of the embedding process: takes jobs from its parent and answers batch by batch. */
import { constants, setPriority } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { createBatches } from './batches.ts';
import type { Batch } from './batches.ts';
import { loadEncoder } from './model.ts';
import type { Encoder } from './model.ts';
import type { EmbedderReply, EmbedderRequest, EmbedderSettings } from './protocol.ts';
import { loadOnnxRuntime } from './runtime.ts';

/** Texts turned into tokens before requests are looked at again. */
const TOKENIZED_AT_ONCE = 32;

/**
 * Tokens of a batch, padding included. More take longer a text, as they leave the processor's cache,
 * and whoever asks next waits for the batch under way.
 */
const BATCH_TOKENS = 512;

/** Batches still to do, by job. */
const waiting = new Map<number, Batch[]>();

process.on('disconnect', () => process.exit());
serve(JSON.parse(process.argv[2] ?? '{}') as EmbedderSettings);

function serve(settings: EmbedderSettings): void {
  // A library takes all cores but lets whoever else wants one go first.
  if (settings.inBackground === true) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const loading = load(settings);
  let running = false;
  process.on('message', (request: EmbedderRequest) => {
    if (request.type === 'cancel') waiting.delete(request.job);
    else void accept(request.job, request.texts);
  });

  async function accept(job: number, texts: readonly string[]): Promise<void> {
    waiting.set(job, []);
    const encoder = await loading;
    if (!encoder) return;
    const tokens: (readonly number[])[] = [];
    for (const text of texts) {
      tokens.push(encoder.toTokens(text));
      if (tokens.length % TOKENIZED_AT_ONCE === 0) await setImmediate();
    }
    if (!waiting.has(job)) return;
    waiting.set(job, createBatches(tokens, BATCH_TOKENS));
    if (!running) await run(encoder);
  }

  async function run(encoder: Encoder): Promise<void> {
    running = true;
    for (let next = shortestJob(); next; next = shortestJob()) {
      await encode(encoder, next);
      await setImmediate();
    }
    running = false;
  }
}

async function load(settings: EmbedderSettings): Promise<Encoder | undefined> {
  try {
    const runtime = await loadOnnxRuntime(settings);
    const encoder = await loadEncoder(runtime, settings.assetsDir, settings.maxTokens);
    reply({ type: 'ready', runtime: runtime.name });
    return encoder;
  } catch (error) {
    reply({ type: 'unable', message: toMessage(error) });
    return undefined;
  }
}

async function encode(encoder: Encoder, { job, batch }: Next): Promise<void> {
  try {
    const vectors = await encoder.encode(batch.tokens);
    reply({ type: 'vectors', job, indexes: batch.indexes, vectors });
  } catch (error) {
    waiting.delete(job);
    reply({ type: 'failed', job, message: toMessage(error) });
  }
}

interface Next {
  readonly job: number;
  readonly batch: Batch;
}

/** The next batch of the job with the fewest left: a query passes a library being embedded. */
function shortestJob(): Next | undefined {
  const [shortest] = [...waiting]
    .filter(([, batches]) => batches.length > 0)
    .sort(([, a], [, b]) => a.length - b.length);
  const batch = shortest?.[1].shift();
  if (!shortest || !batch) return undefined;
  if (shortest[1].length === 0) waiting.delete(shortest[0]);
  return { job: shortest[0], batch };
}

function reply(message: EmbedderReply): void {
  process.send?.(message);
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
