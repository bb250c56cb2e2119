import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { exportPatterns, importPatterns } from './exchange/exchange.ts';
import { openLibrary } from './library/library.ts';
import { libraryPlace } from './libraryPlace.ts';
import type { Config } from './model/config.ts';
import type { Engine } from './model/engine.ts';
import { AppError } from './model/errors.ts';
import type { EpochMs } from './model/event.ts';
import type { Library } from './model/ports.ts';
import {
  acceptPatterns,
  addPattern,
  editPattern,
  forgetPatterns,
  ratePattern,
  restorePatterns,
} from './pipeline/curate.ts';
import { readDraft } from './pipeline/draft.ts';
import { openImpressions } from './pipeline/impressions.ts';
import { readQuery } from './pipeline/readQuery.ts';
import { runExtraction, runReport } from './pipeline/runExtraction.ts';
import { openEmbedder } from './retrieval/embedder.ts';
import { embeddingText, textHash } from './retrieval/embeddingText.ts';
import { createSearch } from './retrieval/search.ts';
import { openWords, type Words } from './retrieval/words.ts';
import { createSecretGate } from './secrets/gate.ts';
import { loadConfig } from './sources/config.ts';
import type { ConfigOverrides } from './sources/configFile.ts';

export interface EngineOptions {
  /** Folder of the library; the place the environment or the platform names when absent. */
  readonly library: string | undefined;
  /** Where `npm run build` put grammars, queries, weights and WebAssembly. */
  readonly assetsDir: string;
  /** Settings that win over those of `.pattern-foundry.yaml`. */
  readonly configFlags?: ConfigOverrides;
  /** Folder whose settings searches follow and that relative paths start from. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: () => EpochMs;
  /** Milliseconds that only grow. */
  readonly clockMs: () => number;
}

/**
 * Opens the library and everything around it; grammars, word index and embedding process start when
 * they are first needed.
 *
 * @throws AppError `library-damaged`, `library-on-shared-drive`
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { assetsDir, configFlags = {}, now, clockMs } = options;
  const gate = createSecretGate();
  const embedder = openEmbedder({ assetsDir, entry: join(dirname(assetsDir), 'embedder.js') });
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
  let openedWords: Words | undefined;
  const words = (): Words =>
    (openedWords ??= openWords({ folder: join(library.folder, 'derived'), corpus }));
  const config = (): Config => loadConfig(options.folder, configFlags).config;
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
      const { text, ownId } = await readQuery(query, { assetsDir, folder: options.folder });
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
    add: async (draft) => addPattern(current(), await readDraft(assetsDir, draft), draft),
    edit: async (id, edit) => {
      const language = current().pattern(id)?.language ?? undefined;
      const code =
        edit.code === undefined
          ? undefined
          : await readDraft(assetsDir, { code: edit.code, ...(language && { language }) });
      return editPattern(library, id, { edit, code });
    },
    rate: (id, rating, context) => ratePattern(current(), id, { ...context, rating }),
    forget: async (target, purge) => {
      const ids = await forgetPatterns(current(), target, purge);
      if (purge && library.compact().purgePending) {
        throw new AppError('purge-pending', 'another process still holds some of the text');
      }
      return ids;
    },
    restore: (target) => restorePatterns(current(), target),
    accept: (target) => acceptPatterns(current(), target),
    export: async (asked, file) => {
      if (asked.format !== 'sqlite') return exportPatterns(current(), asked);
      current().exportSqlite(resolve(options.folder, file ?? 'patterns.sqlite'));
      return { text: '', count: library.list({}, 0).total };
    },
    import: (text, pack) => importPatterns(current(), text, pack),
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
    close: async () => {
      await embedder.close();
      await impressions.close();
      library.close();
    },
  };
}
