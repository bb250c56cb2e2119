import { ENGINE_CALLS, type Engine, type EngineApi } from '../../core/model/engine.ts';
import { type LocalizedText, localized } from '../../core/model/localizedText.ts';
import type { LibraryTrouble } from '../../core/model/ports/libraryUpkeep.ts';
import { HOST_CALLS, type HostApi } from '../../core/model/ports/chatModel.ts';
import { createAnswerer } from '../../protocol/calls/answerer.ts';
import { createCaller } from '../../protocol/calls/caller.ts';
import type { EngineStart, FromEngineProcess, WireFailure } from '../../protocol/engineProcess.ts';
import { startEngineChild, type EngineChild } from './engineChild.ts';
import { toError, toWireFailure } from '../../protocol/wireFailure.ts';
import { EngineStopped } from './engineErrors.ts';

/** A process that dies this often within the time below is not started again by itself. */
const MOST_DEATHS = 3;
const DEATHS_MS = 60_000;

/** Before the first and the second start after a death. */
const RESTART_MS = [100, 2000];

export type LinkState =
  | { readonly state: 'starting' | 'ready' | 'restarting' }
  | { readonly state: 'failed'; readonly error: Error };

export interface EngineLinkOptions {
  /** The bundled entry of the engine process. */
  readonly entry: string;
  /** Asked at each start of the process. */
  readonly settings: () => Omit<EngineStart, 'type' | 'succeedsHeavy'>;
  readonly onState: (state: LinkState) => void;
  readonly onChanged: () => void;
  /** A line the process printed, or what became of it. */
  readonly onLine: (line: string) => void;
  readonly onEmbedderDeath: (how: string) => void;
  /** Each process tells a trouble of the library once. */
  readonly onTrouble: (trouble: LibraryTrouble) => void;
  /** What the process asks of the extension. */
  readonly host: HostApi;
}

/**
 * The engine process as its parent keeps it: started by the first call and started again when it
 * dies. What a dying process owed is asked of the next one once. That loses nothing, whatever the
 * method: facts are identified by what they say, so writing one again changes nothing, and an
 * extraction takes up where it was. Where the first asking was written and not yet acknowledged, a
 * use counts twice, and the answer tells of the second asking alone: a pack or project that was
 * forgotten, accepted or restored by then answers with no ids, so that no undo is offered.
 */
export interface EngineLink {
  readonly engine: Engine;
  readonly state: LinkState;
  readonly pid: number | undefined;
  rest(resting: boolean): void;
  /** Lets another process take over, with new settings or after a failure. */
  restart(): Promise<void>;
  /** Stops what runs, closes the library and ends the process. */
  close(): Promise<void>;
}

export function openEngineLink(options: EngineLinkOptions): EngineLink {
  const { entry, settings, onState, onChanged, onLine } = options;
  const caller = createCaller<EngineApi, WireFailure>(ENGINE_CALLS, {
    send: (message) => {
      if (message.type === 'call') assertUsable();
      if (child !== undefined) child.send(message);
      else if (message.type === 'call') startUnlessAwaited();
      return child !== undefined;
    },
    toError,
  });
  const changeListeners = new Set<() => void>();
  const deathsMs: number[] = [];
  let state: LinkState = { state: 'starting' };
  let child: EngineChild | undefined;
  let restartTimer: NodeJS.Timeout | undefined;
  let stopping: Promise<void> | undefined;
  let resting = false;
  let closed = false;
  /** A process was there before. */
  let succeeds = false;
  /** The next process takes over from a heavy one. */
  let succeedsHeavy = false;

  function setState(next: LinkState): void {
    if (state.state === next.state && next.state !== 'failed') return;
    state = next;
    onState(next);
  }

  function start(): void {
    if (closed) return;
    restartTimer = undefined;
    const host = createAnswerer<HostApi, WireFailure>(HOST_CALLS, {
      api: () => Promise.resolve(options.host),
      send: (answer) => {
        started.send({ type: 'answer', answer });
      },
      toFailure: toWireFailure,
    });
    const started = startEngineChild(entry, {
      onMessage: (message) => {
        if (message.type === 'ask') void host.take(message.asked);
        // What another process takes over is asked of that one.
        else if (child === started || closed) take(message);
      },
      onExit: (how) => {
        void host.close();
        if (child === started) bury(how);
      },
      onOutput: onLine,
    });
    child = started;
    started.send({ type: 'start', ...settings(), succeedsHeavy });
    succeedsHeavy = false;
    if (resting) started.send({ type: 'rest', resting });
    for (const message of caller.messages()) started.send(message);
  }

  function take(message: Exclude<FromEngineProcess, { type: 'ask' }>): void {
    switch (message.type) {
      case 'ready':
        becomeReady();
        break;
      case 'heavy':
        if (caller.size > 0) break;
        succeedsHeavy = true;
        void renew();
        break;
      case 'unable':
        fail(toError(message.failure));
        // It ends by itself.
        void stop();
        break;
      case 'progress':
      case 'result':
      case 'failure':
      case 'stopped':
        caller.take(message);
        break;
      case 'changed':
        announceChange();
        break;
      case 'embedderDied':
        onLine(`the embedding process ended with ${message.how}`);
        options.onEmbedderDeath(message.how);
        break;
      case 'trouble':
        onLine(message.trouble.message.text);
        options.onTrouble(message.trouble);
        break;
    }
  }

  function becomeReady(): void {
    setState({ state: 'ready' });
    // While no process looked, others may have written.
    if (succeeds) announceChange();
    succeeds = true;
  }

  function announceChange(): void {
    for (const listener of changeListeners) listener();
    onChanged();
  }

  function bury(how: LocalizedText): void {
    child = undefined;
    const stopped = new EngineStopped(localized`the engine process ended with ${how}`);
    onLine(stopped.message);
    caller.bury(stopped);
    const nowMs = performance.now();
    deathsMs.push(nowMs);
    while (nowMs - (deathsMs[0] ?? nowMs) > DEATHS_MS) deathsMs.shift();
    if (deathsMs.length >= MOST_DEATHS) {
      fail(
        new EngineStopped(localized`the engine process ended ${MOST_DEATHS} times within a minute`),
      );
      return;
    }
    setState({ state: 'restarting' });
    restartTimer = setTimeout(start, RESTART_MS[deathsMs.length - 1]);
  }

  function fail(error: Error): void {
    if (!closed) setState({ state: 'failed', error });
    caller.rejectAll(error);
  }

  /** Another one waits until it is gone: together they would hold the memory of two. */
  async function stop(): Promise<void> {
    clearTimeout(restartTimer);
    restartTimer = undefined;
    stopping ??= child?.stop();
    child = undefined;
    await stopping;
    stopping = undefined;
  }

  async function restart(): Promise<void> {
    deathsMs.length = 0;
    const wasStarted = child !== undefined || state.state !== 'starting';
    setState({ state: 'starting' });
    await renew(wasStarted);
  }

  async function renew(isNeeded = true): Promise<void> {
    await stop();
    if (child === undefined && (isNeeded || caller.size > 0)) start();
  }

  async function close(): Promise<void> {
    closed = true;
    await stop();
    caller.rejectAll(new EngineStopped(localized`the engine is closed`));
  }

  function assertUsable(): void {
    if (closed) throw new EngineStopped(localized`the engine is closed`);
    if (state.state === 'failed') throw state.error;
  }

  function startUnlessAwaited(): void {
    if (restartTimer === undefined && stopping === undefined) start();
  }

  return {
    engine: {
      ...caller.api,
      watch: (onChange) => {
        changeListeners.add(onChange);
        return { close: () => void changeListeners.delete(onChange) };
      },
      close,
    },
    get state() {
      return state;
    },
    get pid() {
      return child?.pid;
    },
    rest: (next) => {
      resting = next;
      child?.send({ type: 'rest', resting });
    },
    restart,
    close,
  };
}
