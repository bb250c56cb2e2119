import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { openLibrary } from '../library/library.ts';
import { createAdapters } from './adapters.ts';
import { createCurate } from './curate.ts';
import { createExperiments } from './experiments.ts';
import { createFind } from './find.ts';
import { createJobs } from './jobs.ts';
import { createLearning } from './learning.ts';
import { createLibrary } from './library.ts';
import type { EngineParts } from './parts.ts';
import { createOutcomes } from './outcomes.ts';
import { createPacks } from './packs.ts';
import { createPatterns } from './patterns.ts';
import { createPrompts } from './prompts.ts';
import { createSessions } from './sessions.ts';
import { createTeam } from './team.ts';
import { createSuggest } from './suggest.ts';
import { createResolution } from './resolution.ts';
import { libraryPlace } from '../libraryPlace.ts';
import { expandHome } from '../platform/homePath.ts';
import type { ConfigOverrides } from '../model/config.ts';
import type { Engine } from '../model/engine.ts';
import type { EpochMs } from '../model/epochMs.ts';
import type { LibraryTrouble } from '../model/ports/libraryUpkeep.ts';
import type { Library } from '../model/ports/library.ts';
import { NO_HOST, type ModelHost } from '../model/ports/chatModel.ts';
import { openChat } from '../chat/openChat.ts';
import { createChanges } from '../jobs/curate/changes.ts';
import { createMeaning } from '../jobs/extract/meaning.ts';
import { type CodeMeaning, openCodeMeaning } from '../jobs/resolve/localizers/codeMeaning.ts';
import { codeVectorsFolder } from '../library/codeIndexes.ts';
import { settleShowings } from '../jobs/outcomes/settle.ts';
import { openShowings } from '../jobs/outcomes/showings.ts';
import { createTokenCounter } from '../prompts/tokens.ts';
import { openEmbedder } from '../retrieval/embedder/embedder.ts';
import { embeddingText, textHash } from '../retrieval/embedder/embeddingText.ts';
import { createQueryVectors } from '../retrieval/embedder/queryVectors.ts';
import { WEIGHTS } from '../retrieval/ranking/rank.ts';
import { openWords, type Words } from '../retrieval/words/words.ts';
import { createSecretGate } from '../secrets/gate.ts';
import { listedUsd } from '../sessions/metrics/prices.ts';
import { loadConfig } from '../sources/config/config.ts';
import { personName } from '../sources/person.ts';

export interface EngineOptions {
  /** Folder of the library; the place the environment or the platform names when absent. */
  readonly library: string | undefined;
  /** Where `npm run build` put grammars, queries, weights and WebAssembly. */
  readonly assetsDir: string;
  /** Settings that win over those of `.pattern-foundry.yaml`. */
  readonly configFlags?: ConfigOverrides;
  /**
   * Folder whose settings searches follow and that relative paths start from; without one they
   * follow no file, and relative paths start where the process does.
   */
  readonly folder: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: () => EpochMs;
  /** Milliseconds that only grow. */
  readonly clockMs: () => number;
  /** The embedding process ends after this long without work; a minute when absent. */
  readonly embedderIdleMs?: number;
  /** The embedding process died by itself and is started again by whoever needs it; says how. */
  readonly onEmbedderDeath?: (how: string) => void;
  /** What this surface knows of language models; none is ever asked when absent. */
  readonly models?: ModelHost;
  /** Something that was in the library is missing from it, or may be; told once. */
  readonly onTrouble?: (trouble: LibraryTrouble) => void;
}

/**
 * Opens the library and everything around it; grammars, word index and embedding process start when
 * they are first needed.
 *
 * @throws AppError `library-damaged`, `library-unreadable`, `library-on-shared-drive`
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { assetsDir, configFlags = {}, now, clockMs } = options;
  const person = personName(options.env);
  const gate = createSecretGate();
  const embedderOptions = {
    assetsDir,
    entry: join(dirname(assetsDir), 'embedder.js'),
    idleMs: options.embedderIdleMs,
    onDeath: options.onEmbedderDeath,
  };
  // A process cannot take back that it let others go first, and a person waits for a query.
  const embedder = openEmbedder({ ...embedderOptions, inBackground: true });
  const queryEmbedder = openEmbedder(embedderOptions);
  const library = await openLibrary({
    folder: libraryFolder(options),
    assetsDir,
    gate,
    personName: person,
    random: randomBytes,
    now,
    model: embedder.model,
    ...(options.onTrouble && { onTrouble: options.onTrouble }),
    textHashOf: (document) => textHash(embeddingText(document)),
  });
  const { corpus, vectors } = library;
  const showings = openShowings({ library, writer: randomBytes(6).toString('hex'), now });
  const changes = createChanges(library);
  const queryVectors = createQueryVectors({
    embedder: queryEmbedder,
    vectors,
    onLate: () => {
      changes.announce();
    },
  });
  let openedMeaning: CodeMeaning | undefined;
  const codeMeaning = (): CodeMeaning =>
    (openedMeaning ??= openCodeMeaning({
      ...{ assetsDir, embedder, queryEmbedder },
      folder: codeVectorsFolder(join(library.folder, 'derived')),
    }));
  let openedWords: Words | undefined;
  const words = (): Words =>
    (openedWords ??= openWords({ folder: join(library.folder, 'derived'), corpus }));
  const current = (): Library => {
    library.refresh();
    return library;
  };

  const meaning = createMeaning({
    ...{ library: current, embedder, words },
    onEmbedded: () => {
      changes.announce();
    },
  });

  const parts: EngineParts = {
    ...{ current, gate, meaning, queryVectors, codeMeaning, words, showings, changes, person },
    ...{ assetsDir, configFlags, now, clockMs },
    weights: WEIGHTS,
    countTokens: createTokenCounter(assetsDir),
    chat: (use) => {
      const derived = join(current().folder, 'derived');
      const host = options.models ?? NO_HOST;
      return openChat({ host, gate, derived, usdOf: listedUsd }, use);
    },
    firstCommits: new Map(),
    ...{ folder: options.folder, env: options.env },
    settings: (folder, settings) => loadConfig(folder, { settings, flags: configFlags }).config,
  };
  const outcomes = createOutcomes(parts);
  return {
    patterns: createPatterns(parts),
    sessions: createSessions(parts),
    find: createFind(parts),
    curate: createCurate(parts),
    outcomes,
    jobs: createJobs(parts),
    library: createLibrary(parts),
    adapters: createAdapters(parts),
    resolution: createResolution(parts),
    experiments: createExperiments(parts),
    prompts: createPrompts(parts),
    suggest: createSuggest(parts, outcomes),
    learning: createLearning(parts),
    team: createTeam(parts),
    packs: createPacks(parts),
    watch: (onChange) => changes.watch(onChange),
    close: async ({ hurried = false } = {}) => {
      changes.close();
      await meaning.close();
      await openedMeaning?.close();
      await Promise.all([embedder.close(), queryEmbedder.close()]);
      await showings.close();
      if (!hurried) {
        await settleShowings(library, now());
        library.upkeep.saveSnapshot();
        if (library.readOnlyReason === undefined) openedWords?.save();
      }
      library.close(hurried);
    },
  };
}

function libraryFolder({ library, env }: EngineOptions): string {
  const home = homedir();
  return library === undefined ? libraryPlace({ env, home }) : resolve(expandHome(library, home));
}
