import type { OpenedChat } from '../chat/openChat.ts';
import type { Changes } from '../jobs/curate/changes.ts';
import type { Meaning } from '../jobs/extract/meaning.ts';
import type { CodeMeaning } from '../jobs/resolve/localizers/codeMeaning.ts';
import type { Showings } from '../jobs/outcomes/showings.ts';
import type { Config, ConfigOverrides } from '../model/config.ts';
import type { EpochMs } from '../model/epochMs.ts';
import type { Library } from '../model/ports/library.ts';
import type { ModelUse } from '../model/ports/chatModel.ts';
import type { SecretGate } from '../model/ports/secretGate.ts';
import type { TokenCounter } from '../prompts/tokens.ts';
import type { QueryVectors } from '../retrieval/embedder/queryVectors.ts';
import type { Weights } from '../retrieval/ranking/rank.ts';
import type { Words } from '../retrieval/words/words.ts';
import type { FirstCommits } from '../sources/project.ts';

/** What the areas of one engine share. */
export interface EngineParts {
  /** The library with what other processes wrote meanwhile. */
  readonly current: () => Library;
  readonly gate: SecretGate;
  readonly meaning: Meaning;
  readonly queryVectors: QueryVectors;
  /** Opened by the first call. */
  readonly codeMeaning: () => CodeMeaning;
  /** Opened by the first call. */
  readonly words: () => Words;
  /** What counts how much in the order of answers. */
  readonly weights: Weights;
  readonly showings: Showings;
  readonly changes: Changes;
  readonly countTokens: TokenCounter;
  /** The person's model, where it may be asked for this use; each call begins a run with a budget. */
  readonly chat: (use: ModelUse) => Promise<OpenedChat>;
  readonly firstCommits: FirstCommits;
  readonly assetsDir: string;
  /** See `EngineOptions.folder`. */
  readonly folder: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly configFlags: ConfigOverrides;
  /** See `JobsApi.settings`. */
  readonly settings: (folder: string | undefined, settings: ConfigOverrides) => Config;
  /** What the operating system calls whoever is here. */
  readonly person: string;
  readonly now: () => EpochMs;
  /** Milliseconds that only grow. */
  readonly clockMs: () => number;
}
