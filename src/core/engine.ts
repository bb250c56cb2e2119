import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { openLibrary } from './library/library.ts';
import { libraryPlace } from './libraryPlace.ts';
import type { Config, ConfigOverrides } from './model/config.ts';
import type { Engine } from './model/engine.ts';
import { AppError } from './model/errors.ts';
import { told } from './model/told.ts';
import type { EpochMs } from './model/event.ts';
import type { Library } from './model/ports.ts';
import { browsePatterns, patternDetail } from './jobs/find/browse.ts';
import { createChanges } from './jobs/curate/changes.ts';
import {
  acceptPatterns,
  addPattern,
  addTexts,
  editPattern,
  forgetPatterns,
  ratePattern,
  recordUse,
  restorePatterns,
} from './jobs/curate/curate.ts';
import { readDraft } from './jobs/curate/draft.ts';
import { readDraftFragments } from './jobs/curate/draftFragments.ts';
import { exportPatterns } from './jobs/exchange/exportPatterns.ts';
import { importPatterns } from './jobs/exchange/importPatterns.ts';
import { openImpressions } from './jobs/find/impressions.ts';
import { locateOccurrences } from './jobs/locate/locate.ts';
import { readQuery } from './jobs/find/readQuery.ts';
import { runExtraction, runReport } from './jobs/extract/runExtraction.ts';
import { openEmbedder } from './retrieval/embedder/embedder.ts';
import { embeddingText, textHash } from './retrieval/embedder/embeddingText.ts';
import { createQueryVectors } from './retrieval/embedder/queryVectors.ts';
import { createSearch } from './retrieval/ranking/search.ts';
import { openWords, type Words } from './retrieval/words/words.ts';
import { createSecretGate } from './secrets/gate.ts';
import { loadConfig } from './sources/config/config.ts';
import { personName } from './sources/person.ts';
import type { FirstCommits } from './sources/project.ts';

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
}

/**
 * Opens the library and everything around it; grammars, word index and embedding process start when
 * they are first needed.
 *
 * @throws AppError `library-damaged`, `library-on-shared-drive`
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { assetsDir, configFlags = {}, now, clockMs } = options;
  const person = personName(options.env);
  const gate = createSecretGate();
  const embedder = openEmbedder({
    assetsDir,
    entry: join(dirname(assetsDir), 'embedder.js'),
    idleMs: options.embedderIdleMs,
    onDeath: options.onEmbedderDeath,
  });
  const library = await openLibrary({
    folder: resolve(options.library ?? libraryPlace({ env: options.env, home: homedir() })),
    assetsDir,
    gate,
    random: randomBytes,
    now,
    model: embedder.model,
    textHashOf: (document) => textHash(embeddingText(document)),
  });
  const { corpus, vectors } = library;
  const impressions = openImpressions(library, {
    writer: randomBytes(12).toString('hex'),
    now,
  });
  const changes = createChanges(library);
  const queryVectors = createQueryVectors({
    embedder,
    vectors,
    onLate: () => {
      changes.announce();
    },
  });
  const firstCommits: FirstCommits = new Map();
  let openedWords: Words | undefined;
  const words = (): Words =>
    (openedWords ??= openWords({ folder: join(library.folder, 'derived'), corpus }));
  const config = (): Config => loadConfig(options.folder, { flags: configFlags }).config;
  /** The library with what other processes wrote meanwhile. */
  const current = (): Library => {
    library.refresh();
    return library;
  };

  return {
    extract: (extraction, watch = {}) =>
      runExtraction(
        {
          library: current(),
          gate,
          assetsDir,
          embedder: () => embedder,
          words,
          configFlags,
          firstCommits,
          now,
          clockMs,
        },
        extraction,
        watch,
      ),
    history: (report, watch = {}) => runReport(assetsDir, report, watch),
    search: async (query, watch = {}) => {
      library.refresh();
      const { search } = config();
      const { text, ownId } = await readQuery(query, { assetsDir, folder: options.folder ?? '' });
      const hits = await createSearch({ corpus, words: words(), vectors, embedder }).search(
        {
          text,
          ownId,
          filter: query,
          limit: query.limit ?? search.defaultLimit,
          minRelevance: query.minRelevance ?? search.minRelevance,
        },
        watch.signal,
      );
      impressions.add(hits.map(({ pattern }) => pattern.id));
      return hits;
    },
    list: (filter, limit) => Promise.resolve(current().list(filter, limit)),
    show: (id) => Promise.resolve(current().pattern(id)),
    browse: (query, watch = {}) =>
      browsePatterns({ library: current(), words, queryVectors, person }, query, watch.signal),
    detail: (id) => Promise.resolve(patternDetail(current(), id, person)),
    recordUse: (id, use) => recordUse(current(), id, { use, by: person }),
    locate: (id, folders) =>
      locateOccurrences({ library: current(), gate, assetsDir, firstCommits }, id, folders),
    addFragments: async (draft) => addTexts(current(), await readDraftFragments(assetsDir, draft)),
    add: async (draft) => addPattern(current(), await readDraft(assetsDir, draft), draft),
    edit: async (id, edit) => {
      const language = current().pattern(id)?.language ?? undefined;
      const code =
        edit.code === undefined
          ? undefined
          : await readDraft(assetsDir, { code: edit.code, ...(language && { language }) });
      return editPattern(library, id, { edit, code });
    },
    rate: (id, rating, context) => ratePattern(current(), id, { ...context, rating, by: person }),
    forget: async (target, purge) => {
      const ids = await forgetPatterns(current(), target, purge);
      if (purge && library.compact().purgePending) {
        throw new AppError('purge-pending', told`another process still holds some of the text`);
      }
      return ids;
    },
    restore: (target) => restorePatterns(current(), target),
    accept: (target) => acceptPatterns(current(), target),
    export: (asked, file, watch = {}) => {
      const target = file === undefined ? undefined : resolve(options.folder ?? '', file);
      return exportPatterns(current(), { options: asked, file: target }, watch);
    },
    import: (source, pack, watch = {}) => importPatterns(current(), { source, pack }, watch),
    settings: (folder, settings) =>
      Promise.resolve(loadConfig(folder, { settings, flags: configFlags }).config),
    stats: () => Promise.resolve(current().stats()),
    doctor: (rebuild) => {
      if (rebuild) {
        library.rebuild();
        words().rebuild();
        words().save();
      }
      return Promise.resolve(library.check());
    },
    compact: () => Promise.resolve(library.compact()),
    watch: (onChange) => changes.watch(onChange),
    close: async () => {
      changes.close();
      await embedder.close();
      await impressions.close();
      library.saveSnapshot();
      if (library.readOnlyReason === undefined) openedWords?.save();
      library.close();
    },
  };
}
