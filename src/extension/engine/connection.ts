import { join } from 'node:path';
import { EventEmitter, l10n, type LogOutputChannel } from 'vscode';
import type { ModelHost } from '../../core/model/ports/chatModel.ts';
import type { LibraryTrouble } from '../../core/model/ports/libraryUpkeep.ts';
import { describeFailure } from '../failure.ts';
import type { EngineConnection, EngineState } from '../shell.ts';
import { EngineStopped } from './engineErrors.ts';
import { openEngineLink, type LinkState } from './engineLink.ts';

/** Long enough for somebody who thinks between two searches. */
const EMBEDDER_IDLE_MS = 60_000;

export interface EngineConnectionOptions {
  /** `dist` of the extension. */
  readonly bundles: string;
  readonly log: LogOutputChannel;
  /** Folder of the library as it is set when the process starts; its own choice if `undefined`. */
  readonly library: () => string | undefined;
  readonly models: ModelHost;
}

/** The connection as its owner has it. */
export interface OpenedEngineConnection extends EngineConnection {
  /** Resolves within little more than two seconds, when the process is gone. */
  close(): Promise<void>;
}

export function openEngineConnection({
  bundles,
  log,
  library,
  models,
}: EngineConnectionOptions): OpenedEngineConnection {
  const stateEmitter = new EventEmitter<EngineState>();
  const libraryEmitter = new EventEmitter<void>();
  const embedderEmitter = new EventEmitter<void>();
  const troubleEmitter = new EventEmitter<LibraryTrouble>();
  const link = openEngineLink({
    entry: join(bundles, 'engine.js'),
    settings: () => ({
      library: library(),
      assetsDir: join(bundles, 'assets'),
      embedderIdleMs: EMBEDDER_IDLE_MS,
    }),
    onState: (state) => {
      stateEmitter.fire(toEngineState(state));
    },
    onChanged: () => {
      libraryEmitter.fire();
    },
    onEmbedderDeath: () => {
      embedderEmitter.fire();
    },
    onTrouble: (trouble) => {
      troubleEmitter.fire(trouble);
    },
    onLine: (line) => {
      log.warn(line);
    },
    host: { models },
  });
  return {
    engine: link.engine,
    get state() {
      return toEngineState(link.state);
    },
    onDidChangeState: stateEmitter.event,
    onDidChangeLibrary: libraryEmitter.event,
    onDidRestartEmbedder: embedderEmitter.event,
    onDidMeetTrouble: troubleEmitter.event,
    get pid() {
      return link.pid;
    },
    rest: (resting) => {
      link.rest(resting);
    },
    restart: () => link.restart(),
    close: async () => {
      await link.close();
      const emitters = [stateEmitter, libraryEmitter, embedderEmitter, troubleEmitter];
      for (const emitter of emitters) emitter.dispose();
    },
  };
}

function toEngineState(state: LinkState): EngineState {
  if (state.state !== 'failed') return { state: state.state };
  const failure = describeFailure(state.error);
  if (!(state.error instanceof EngineStopped)) return { state: 'failed', failure };
  const hint = l10n.t('Try again. If it stops again, see the log for details.');
  return { state: 'failed', failure: { ...failure, hint } };
}
