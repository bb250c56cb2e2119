import { ADAPTERS_CALLS, type AdaptersApi } from './api/adapters.ts';
import type { ApiTable } from './api/calls.ts';
import { CURATE_CALLS, type CurateApi } from './api/curate.ts';
import { EXPERIMENTS_CALLS, type ExperimentsApi } from './api/experiments.ts';
import { FIND_CALLS, type FindApi } from './api/find.ts';
import { JOBS_CALLS, type JobsApi } from './api/jobs.ts';
import { LIBRARY_CALLS, type LibraryApi } from './api/library.ts';
import { OUTCOMES_CALLS, type OutcomesApi } from './api/outcomes.ts';
import { LEARNING_CALLS, type LearningApi } from './api/learning.ts';
import { PACKS_CALLS, type PacksApi } from './api/packs.ts';
import { PATTERNS_CALLS, type PatternsApi } from './api/patterns.ts';
import { PROMPTS_CALLS, type PromptsApi } from './api/prompts.ts';
import { SESSIONS_CALLS, type SessionsApi } from './api/sessions.ts';
import { RESOLUTION_CALLS, type ResolutionApi } from './api/resolution.ts';
import { TEAM_CALLS, type TeamApi } from './api/team.ts';
import { SUGGEST_CALLS, type SuggestApi } from './api/suggest.ts';

/** What surfaces ask for, by area. Everything that crosses it can be cloned structurally. */
export interface EngineApi {
  readonly patterns: PatternsApi;
  readonly find: FindApi;
  readonly curate: CurateApi;
  readonly outcomes: OutcomesApi;
  readonly jobs: JobsApi;
  readonly library: LibraryApi;
  readonly adapters: AdaptersApi;
  readonly sessions: SessionsApi;
  readonly resolution: ResolutionApi;
  readonly experiments: ExperimentsApi;
  readonly prompts: PromptsApi;
  readonly suggest: SuggestApi;
  readonly learning: LearningApi;
  readonly team: TeamApi;
  readonly packs: PacksApi;
}

export const ENGINE_CALLS: ApiTable<EngineApi> = {
  patterns: PATTERNS_CALLS,
  find: FIND_CALLS,
  curate: CURATE_CALLS,
  outcomes: OUTCOMES_CALLS,
  jobs: JOBS_CALLS,
  library: LIBRARY_CALLS,
  adapters: ADAPTERS_CALLS,
  sessions: SESSIONS_CALLS,
  resolution: RESOLUTION_CALLS,
  experiments: EXPERIMENTS_CALLS,
  prompts: PROMPTS_CALLS,
  suggest: SUGGEST_CALLS,
  learning: LEARNING_CALLS,
  team: TEAM_CALLS,
  packs: PACKS_CALLS,
};

export interface CloseOptions {
  /** Somebody waits who asked to stop: what the next process can make anew is not made for it. */
  readonly hurried?: boolean;
}

export interface Engine extends EngineApi {
  /** Calls back within two seconds of any change of the library, whoever made it. */
  watch(onChange: () => void): { close(): void };
  close(options?: CloseOptions): Promise<void>;
}
