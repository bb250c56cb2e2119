import { openEngine } from '../core/engine/open.ts';
import { HOST_CALLS, type HostApi } from '../core/model/ports/chatModel.ts';
import { createCaller } from '../protocol/calls/caller.ts';
import type { FromEngineProcess, ToEngineProcess, WireFailure } from '../protocol/engineProcess.ts';
import { toError } from '../protocol/wireFailure.ts';
import { serve } from './serve.ts';

/** One engine for the extension that started this process, over the channel between them. */
export function serveExtension(): void {
  let ending = false;
  /** The last message is on its way. */
  let sent = Promise.resolve();

  const host = createCaller<HostApi, WireFailure>(HOST_CALLS, {
    send: (asked) => {
      send({ type: 'ask', asked });
      return process.connected;
    },
    toError,
  });

  const serving = serve({
    open: ({ library, assetsDir, embedderIdleMs }) =>
      openEngine({
        library,
        assetsDir,
        embedderIdleMs,
        onEmbedderDeath: (how) => {
          send({ type: 'embedderDied', how });
        },
        onTrouble: (trouble) => {
          send({ type: 'trouble', trouble });
        },
        models: host.api.models,
        // Settings and absolute paths come with each call.
        folder: undefined,
        env: process.env,
        now: () => Date.now(),
        clockMs: () => performance.now(),
      }),
    send,
    onUnable: () => void end(1),
  });

  process.on('message', (message: ToEngineProcess) => {
    if (message.type === 'close') void close();
    else if (message.type === 'answer') host.take(message.answer);
    else serving.take(message);
  });
  // The parent is gone, however it went.
  process.on('disconnect', () => void close());
  process.on('SIGTERM', () => void close());
  process.on('SIGINT', () => void close());

  async function close(): Promise<void> {
    if (ending) return;
    ending = true;
    await serving.close();
    await end(0);
  }

  async function end(exitCode: number): Promise<void> {
    ending = true;
    await sent;
    process.exit(exitCode);
  }

  function send(message: FromEngineProcess): void {
    // Nobody is left to hear it.
    if (!process.connected) return;
    sent = new Promise((resolve) => {
      process.send?.(message, () => {
        resolve();
      });
    });
  }
}
