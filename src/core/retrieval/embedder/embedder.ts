import { AppError } from '../../model/errors.ts';
import type { Embedder } from '../../model/ports/embedder.ts';
import { type LocalizedText, localized, verbatim } from '../../model/localizedText.ts';
import { startChildProcess, type ChildProcess } from '../../platform/childProcess.ts';
import { systemClock } from '../../platform/clock.ts';
import { DIMENSIONS } from './protocol.ts';
import type { EmbedderReply, EmbedderRequest, EmbedderSettings } from './protocol.ts';

/** Longest text in tokens unless told otherwise: what the model was made for. */
const MAX_TOKENS = 256;
const IDLE_MS = 60_000;
const REST_MS = 60_000;

export interface EmbedderOptions extends Omit<EmbedderSettings, 'maxTokens'> {
  /** The bundled entry of the embedding process. */
  readonly entry: string;
  /** 256 when absent. */
  readonly maxTokens?: number | undefined;
  /** The process ends after this long without work; a minute when absent. */
  readonly idleMs?: number | undefined;
  /** The process died by itself; says how. */
  readonly onDeath?: ((how: string) => void) | undefined;
}

interface Job {
  readonly texts: readonly string[];
  readonly vectors: (Float32Array | undefined)[];
  missing: number;
  /** Indexes of the texts that were last asked for, in the order they were sent. */
  asked: readonly number[];
  /** A process died and gave nothing for this job before. */
  died: boolean;
  readonly resolve: (vectors: readonly Float32Array[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Embeds with all-MiniLM-L6-v2 in a process of its own, started by the first text. When the
 * process dies, what it owed is asked of another one once. Where that one dies too, or cannot load
 * the model, whoever asks in the next minute fails at once: starting one takes a second of a core.
 */
export function openEmbedder(options: EmbedderOptions): Embedder {
  const { entry, idleMs = IDLE_MS, maxTokens = MAX_TOKENS, onDeath, ...others } = options;
  const settings = { ...others, maxTokens };
  const jobs = new Map<number, Job>();
  let jobCount = 0;
  let runtime: Embedder['runtime'] = 'none';
  let child: ChildProcess<EmbedderRequest> | undefined;
  let callOffStop: (() => void) | undefined;
  let resting: AppError | undefined;

  async function embed(
    texts: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    signal?.throwIfAborted();
    if (texts.length === 0) return [];
    if (resting !== undefined) throw resting;
    const id = ++jobCount;
    const onAbort = () => {
      child?.send({ type: 'cancel', job: id });
      jobs.get(id)?.reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort);
    try {
      return await new Promise((resolve, reject) => {
        const vectors = texts.map(() => undefined);
        const missing = texts.length;
        const job: Job = { texts, vectors, missing, asked: [], died: false, resolve, reject };
        jobs.set(id, job);
        ask(id, job);
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
      jobs.delete(id);
      if (jobs.size === 0) waitIdle();
    }
  }

  function ask(id: number, job: Job): void {
    callOffStop?.();
    child ??= startChildProcess(entry, {
      args: [JSON.stringify(settings)],
      // A variable that is undefined is left out.
      // ONNX Runtime reports how it is used to its maker unless it is told not to.
      env: { ...process.env, NODE_OPTIONS: undefined, ORT_DISABLE_TELEMETRY: '1' },
      onMessage: onReply,
      onExit,
    });
    child.keepParent(true);
    job.asked = job.texts.map((_, index) => index).filter((index) => !job.vectors[index]);
    const texts = job.asked.map((index) => job.texts[index] ?? '');
    child.send({ type: 'embed', job: id, texts });
  }

  function onReply(reply: EmbedderReply): void {
    switch (reply.type) {
      case 'ready':
        runtime = reply.runtime;
        break;
      case 'vectors': {
        const job = jobs.get(reply.job);
        if (job) fill(job, reply.indexes, reply.vectors);
        break;
      }
      case 'failed':
        jobs.get(reply.job)?.reject(failure(verbatim(reply.message)));
        break;
      case 'unable':
        rest(failure(verbatim(reply.message)));
        rejectAll(verbatim(reply.message));
        void stopChild();
        break;
    }
  }

  function onExit(how: LocalizedText): void {
    child = undefined;
    runtime = 'none';
    onDeath?.(how.text);
    const owed = [...jobs];
    for (const [id, job] of owed) {
      if (job.died) {
        const reason = failure(localized`embedding process ended with ${how}`);
        rest(reason);
        job.reject(reason);
      } else {
        job.died = true;
        ask(id, job);
      }
    }
  }

  function rest(reason: AppError): void {
    resting = reason;
    systemClock.after(REST_MS, () => (resting = undefined));
  }

  function waitIdle(): void {
    child?.keepParent(false);
    callOffStop?.();
    callOffStop = systemClock.after(idleMs, () => void stopChild());
  }

  function rejectAll(message: LocalizedText): void {
    for (const job of jobs.values()) job.reject(failure(message));
  }

  async function stopChild(): Promise<void> {
    callOffStop?.();
    const stopped = child;
    child = undefined;
    runtime = 'none';
    // It keeps nothing that a kill could damage, and may be deep in a batch.
    await stopped?.stop();
  }

  return {
    model: `all-MiniLM-L6-v2/int8/${maxTokens}`,
    get runtime() {
      return runtime;
    },
    embed,
    close: async () => {
      rejectAll(localized`embedder closed`);
      await stopChild();
    },
  };
}

function fill(job: Job, indexes: readonly number[], vectors: Float32Array): void {
  job.died = false;
  indexes.forEach((asked, row) => {
    const index = job.asked[asked];
    if (index === undefined) return;
    job.vectors[index] = vectors.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS);
  });
  job.missing -= indexes.length;
  if (job.missing === 0) job.resolve(job.vectors.filter((vector) => vector !== undefined));
}

function failure(message: LocalizedText): AppError {
  return new AppError('embedder-failed', message);
}
