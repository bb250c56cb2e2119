import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Told, told, verbatim } from '../../model/told.ts';
import type { EmbedderReply, EmbedderRequest, EmbedderSettings } from './protocol.ts';

/** A running embedding process, seen from its parent. */
export interface EmbedderChild {
  send(request: EmbedderRequest): void;
  /** Whether the parent stays alive for the process; it does not at first. */
  keepParent(keep: boolean): void;
  /** Resolves when the process is gone. `onExit` is not called. */
  stop(): Promise<void>;
}

export interface EmbedderListeners {
  readonly onReply: (reply: EmbedderReply) => void;
  /** The process ended although nobody stopped it; says how. */
  readonly onExit: (how: Told) => void;
}

/** Starts the bundle `entry` under Node, also where the program that runs this is Electron. */
export function startEmbedderChild(
  entry: string,
  settings: EmbedderSettings,
  { onReply, onExit }: EmbedderListeners,
): EmbedderChild {
  const child = fork(entry, [JSON.stringify(settings)], {
    env: childEnvironment(),
    // Loaders and inspectors of the parent mean nothing to the bundle.
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let ended = false;
  const end = (how: Told) => {
    if (ended) return;
    ended = true;
    onExit(how);
  };
  child.on('message', (reply: EmbedderReply) => {
    // Replies may still be on their way when the process is gone.
    if (!ended) onReply(reply);
  });
  child.on('error', (error) => {
    end(verbatim(error.message));
  });
  child.on('exit', (code, signal) => {
    end(signal === null ? told`exit code ${code ?? -1}` : verbatim(signal));
  });
  const keepParent = (keep: boolean) => {
    if (keep) {
      child.ref();
      child.channel?.ref();
    } else {
      child.unref();
      child.channel?.unref();
    }
  };
  keepParent(false);
  return {
    keepParent,
    send: (request) => {
      // A process that is gone says so by its exit.
      if (child.connected) child.send(request, () => undefined);
    },
    stop: async () => {
      if (ended) return;
      ended = true;
      child.ref();
      const gone = once(child, 'exit');
      // It keeps nothing that a kill could damage, and may be deep in a batch.
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function childEnvironment(): NodeJS.ProcessEnv {
  // A variable that is undefined is left out.
  return { ...process.env, NODE_OPTIONS: undefined, ELECTRON_RUN_AS_NODE: '1' };
}
